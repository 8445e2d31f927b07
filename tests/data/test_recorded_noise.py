"""Noise from a file: stretches of it as they are, at the rate of the data, and sentences where it will not do."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch

from aedesk.data.corruptions.mixed import Mixed
from aedesk.data.corruptions.recorded import Recorded
from aedesk.errors import DataError


def added(kind: Recorded, count: int = 50, length: int = 64) -> np.ndarray:
    """What is added to nothing: ``[count, length]``."""
    return kind.apply(torch.zeros(count, length), torch.Generator().manual_seed(0), 1.0).numpy()


def saved(path: Path, values: np.ndarray) -> str:
    np.save(path, values)
    return str(path)


def test_stretches_are_those_of_the_file_at_many_places(tmp_path: Path) -> None:
    ramp = np.arange(1000.0)
    found = added(Recorded(file=saved(tmp_path / "noise.npy", ramp), snr_db=0))
    assert np.diff(found, axis=1) == pytest.approx(1 / ramp.std(), rel=1e-3)
    assert len(np.unique(found[:, 0])) > 40


def test_no_stretch_reaches_across_a_gap(tmp_path: Path) -> None:
    values = np.random.default_rng(0).normal(size=500)
    values[100::100] = np.nan
    kind = Recorded(file=saved(tmp_path / "noise.npy", values))
    assert np.isfinite(added(kind, count=500, length=99)).all()
    with pytest.raises(DataError, match=r"noise\.npy has no stretch of 101 samples without a gap"):
        added(kind, length=101)


def test_channels_come_one_after_the_other(tmp_path: Path) -> None:
    both = np.stack([np.arange(300.0), -2 * np.arange(300.0)], axis=1)
    found = added(Recorded(file=saved(tmp_path / "noise.npy", both), column="*", snr_db=0), count=200)
    steps = np.diff(found, axis=1)
    assert steps == pytest.approx(np.broadcast_to(steps[:, :1], steps.shape), rel=1e-3), "none is in both"
    assert {round(float(step / steps.max()), 2) for step in steps[:, 0]} == {1.0, -2.0}


@pytest.mark.parametrize(("of_the_file", "of_the_data"), [(8000, 4000), (4000, 8000), (44_100, 8000), (8000, 8000)])
def test_noise_comes_at_the_rate_of_the_data(tmp_path: Path, of_the_file: int, of_the_data: int) -> None:
    tone = 0.5 * np.sin(2 * np.pi * 500 * np.arange(4 * of_the_file) / of_the_file)
    soundfile.write(tmp_path / "noise.wav", tone, of_the_file, subtype="FLOAT")
    found = added(Recorded(file=str(tmp_path / "noise.wav"), rate=of_the_data), length=of_the_data // 10)
    power = np.square(np.abs(np.fft.rfft(found))).mean(0)
    assert power.argmax() == 50, "500 Hz in a tenth of a second"


def test_a_file_without_a_rate_is_not_brought_to_one(tmp_path: Path) -> None:
    file = saved(tmp_path / "noise.npy", np.random.default_rng(0).normal(size=500))
    with pytest.raises(DataError, match=r"does not tell its sampling rate.*Set the rate of the data to 0"):
        added(Recorded(file=file, rate=100))


def test_the_file_is_read_again_only_where_it_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from aedesk.data.corruptions import recorded

    reads = []
    read = recorded._read
    monkeypatch.setattr(recorded, "_read", lambda *given: reads.append(given) or read(*given))
    kind = Recorded(file=saved(tmp_path / "noise.npy", np.random.default_rng(0).normal(size=500)))
    added(kind), added(kind)
    assert len(reads) == 1
    saved(tmp_path / "noise.npy", np.random.default_rng(1).normal(size=700))
    added(kind)
    assert len(reads) == 2


def test_what_cannot_be_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="missing"):
        added(Recorded(file=str(tmp_path / "missing.wav")))
    with pytest.raises(DataError, match="never changes"):
        added(Recorded(file=saved(tmp_path / "silence.npy", np.ones(500))))
    assert Recorded().misfit("signal") == "Choose the file that the noise was recorded in."
    assert Mixed(noises=(Recorded(),)).misfit("signal") == Recorded().misfit("signal")
    assert "signals" in Recorded().misfit("image")
