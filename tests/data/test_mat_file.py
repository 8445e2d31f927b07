"""MATLAB files as signals: what is read of them, and that the rest stays as it is."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.io import loadmat, savemat

from aedesk.data.mat_file import read_mat
from aedesk.data.recording_file import read_recording
from aedesk.errors import DataError

TIME = np.arange(500) / 250
VARIABLES: dict[str, Any] = {
    "ecg": np.sin(9 * TIME),
    "val": np.random.default_rng(0).normal(size=(3, 500)),
    "t": TIME,
    "fs": 250,
    "template": np.arange(20.0),
}
MORE = {"info": {"who": "me", "age": 7}, "cells": np.array([1, "a"], object), "waves": np.ones(500) * 1j, "on": TIME > 1}
FORMS = [("5", False), ("5", True), ("4", False)]


def saved(path: Path, variables: dict[str, Any], form: str = "5", packed: bool = False) -> Path:
    savemat(path, variables, format=form, do_compression=packed, oned_as="row")
    return path


@pytest.mark.parametrize(("form", "packed"), FORMS)
def test_the_longest_variables_are_channels_and_come_back_with_clean_ones(
    form: str, packed: bool, tmp_path: Path
) -> None:
    path = saved(tmp_path / "a.mat", VARIABLES | (MORE if form == "5" else {}), form, packed)
    read = read_recording(path)
    assert read.signal_names() == ("ecg", "val 1", "val 2", "val 3") == read.names_to_clean()
    assert len(read) == 500 and read.time_step() == 1 / 250
    assert "a.mat also holds template" in read.sampling().note
    assert np.array_equal(read.column("val 2"), VARIABLES["val"][1])
    out = tmp_path / "out.mat"
    out.write_bytes(read.cleaned({"ecg": read.column("ecg") / 2, "val 2": np.zeros(500)}, out))
    assert out.read_bytes().startswith(path.read_bytes()), "what was there is there byte for byte"
    found = loadmat(out)
    assert np.array_equal(found["ecg_clean"], VARIABLES["ecg"][None] / 2)
    clean = VARIABLES["val"].copy()
    clean[1] = 0
    assert np.array_equal(found["val_clean"], clean)
    assert "t_clean" not in found
    assert read_mat(out).signal_names()[-4:] == ("ecg_clean", "val_clean 1", "val_clean 2", "val_clean 3")
    again = read_mat(out).cleaned({"ecg": read.column("ecg")}, out)
    out.write_bytes(again)
    assert "ecg_clean2" in loadmat(out)


def test_numbers_keep_their_kind(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.mat", {"short": TIME.astype(np.float32), "counts": np.arange(500, dtype=np.int16)})
    read = read_mat(path)
    path.write_bytes(read.cleaned({name: read.column(name) + 0.5 for name in read.names}, path))
    found = loadmat(path)
    assert found["short_clean"].dtype == np.float32 and found["counts_clean"].dtype == np.float64
    assert found["counts_clean"][0, 7] == 7.5


def test_samples_lie_along_the_longer_side(tmp_path: Path) -> None:
    tall = np.arange(40.0).reshape(20, 2)
    read = read_mat(saved(tmp_path / "a.mat", {"tall": tall}))
    assert read.names == ("tall 1", "tall 2") and np.array_equal(read.values, tall)
    read = read_mat(saved(tmp_path / "b.mat", {"wide": tall.T}))
    assert np.array_equal(read.values, tall)


def test_times_tell_where_rows_are_missing_and_a_rate_how_long_they_take(tmp_path: Path) -> None:
    time = np.delete(TIME, np.s_[100:150])
    variables = {"ecg": np.sin(time), "time": time}
    lying = read_mat(saved(tmp_path / "a.mat", variables)).sampling()
    assert lying.step == pytest.approx(1 / 250) and lying.breaks.tolist() == [100] and lying.times is None
    lying = read_mat(saved(tmp_path / "a.mat", variables | {"Sample_Rate": 500.0})).sampling()
    assert lying.step == 1 / 500 and lying.breaks.tolist() == [100]
    assert lying.seconds(100) == pytest.approx(0.3), "150 rows of 2 ms, of which 50 are missing"
    for useless in (0.0, -1.0, np.nan):
        assert read_mat(saved(tmp_path / "a.mat", {"ecg": time, "fs": useless})).time_step() is None


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"info": {"ecg": TIME}}, "no vector or matrix of real numbers.*not inside a struct"),
        ({"ecg": TIME * 1j}, "no vector or matrix of real numbers"),
        ({"text": "abc"}, "no vector or matrix of real numbers"),
        ({"picture": np.zeros((4, 5, 6))}, "no vector or matrix of real numbers"),
        ({"fs": 5.0}, "no vector or matrix of real numbers"),
        ({}, "no vector or matrix of real numbers"),
    ],
)
def test_what_holds_no_signal_is_said(variables: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=f"^a.mat holds {said}"):
        read_mat(saved(tmp_path / "a.mat", variables))


def test_complex_numbers_of_version_4_are_not_taken_for_real_ones(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no vector or matrix of real numbers"):
        read_mat(saved(tmp_path / "a.mat", {"ecg": TIME * 1j}, "4"))


def test_other_kinds_of_files_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.mat"
    path.write_bytes(b"MATLAB 7.3 MAT-file, Platform: GLNXA64".ljust(128) + b"\x89HDF\r\n\x1a\n")
    with pytest.raises(DataError, match=r"MATLAB 7\.3.*HDF5.*-v7"):
        read_mat(path)
    for content in (b"", b"time,value\n1,2\n" * 20, b"MATLAB 5.0"):
        path.write_bytes(content)
        with pytest.raises(DataError, match=r"a\.mat cannot be read as a MATLAB file"):
            read_mat(path)
    for missing in (tmp_path, tmp_path / "gone.mat"):
        with pytest.raises(DataError, match="does not exist or is no file"):
            read_mat(missing)


def test_mistakes_of_use_are_said(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.mat", VARIABLES)
    read = read_mat(path)
    with pytest.raises(DataError, match=r"Give out\.csv the ending \.mat"):
        read.cleaned({}, tmp_path / "out.csv")
    saved(path, {"other": TIME})
    with pytest.raises(DataError, match="has changed since it was opened"):
        read.cleaned({"ecg": TIME}, path)
    path.unlink()
    with pytest.raises(DataError, match="has changed since it was opened"):
        read.cleaned({"ecg": TIME}, path)


@pytest.mark.parametrize(("form", "packed"), FORMS)
def test_a_damaged_file_is_said_and_never_ends_the_program(form: str, packed: bool, tmp_path: Path) -> None:
    """scipy alone reaches beyond its memory for some of these."""
    whole = saved(tmp_path / "a.mat", VARIABLES, form, packed).read_bytes()
    path, chance = tmp_path / "damaged.mat", np.random.default_rng(1)
    for _ in range(150):
        content = bytearray(whole[: chance.integers(1, len(whole)) if chance.random() < 0.2 else None])
        for _ in range(chance.integers(1, 3)):
            content[chance.integers(min(len(content), 400))] = chance.choice([0, 1, 255])
        path.write_bytes(content)
        try:
            assert len(read_mat(path)) > 1
        except DataError as error:
            assert str(error).startswith("damaged.mat ") and str(error).endswith(".")


def test_a_type_of_number_that_there_is_not_is_said(tmp_path: Path) -> None:
    content = bytearray(saved(tmp_path / "a.mat", {"ecg": TIME}).read_bytes())
    content[177] = 0xFF
    (tmp_path / "a.mat").write_bytes(content)
    with pytest.raises(DataError, match="damaged or none"):
        read_mat(tmp_path / "a.mat")


def test_cleaned_variables_do_not_take_the_place_of_the_old(tmp_path: Path) -> None:
    read = read_recording(saved(tmp_path / "a.mat", VARIABLES, "5", False))
    with pytest.raises(DataError, match="cannot replace the old ones"):
        read.cleaned({"ecg": np.zeros(500)}, tmp_path / "out.mat", replace=True)
