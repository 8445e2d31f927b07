"""Sounds whose header lies: what there is is read, or a sentence says why not."""

import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from aedesk.data.sound_file import Sound, read_sound
from aedesk.errors import DataError

COUNT = 900


def content(path: Path, form: str = "WAV", channels: int = 2) -> bytes:
    values = 0.9 * np.sin(np.arange(COUNT)[:, None] / (7 + np.arange(channels)))
    soundfile.write(path, values, 8000, subtype="VORBIS" if form == "OGG" else "PCM_16", format=form)
    return path.read_bytes()


def patched(whole: bytes, place: int, form: str, value: int) -> bytes:
    return whole[:place] + struct.pack(form, value) + whole[place + struct.calcsize(form) :]


def header(whole: bytes) -> int:
    """Where the numbers of the header begin."""
    return whole.index(b"fmt ") + 8


def length(whole: bytes) -> int:
    """Where the length of the samples is said."""
    return whole.index(b"data") + 4


def read(folder: Path, whole: bytes, name: str = "lies.wav") -> Sound:
    (folder / name).write_bytes(whole)
    return read_sound(folder / name)


@pytest.mark.parametrize("left_open", [0, 0x7FFFFFFF, 0xFFFFFFFF])
def test_a_length_that_was_left_open_is_that_of_the_file(left_open: int, tmp_path: Path) -> None:
    whole = content(tmp_path / "a.wav")
    found = read(tmp_path, patched(whole, length(whole), "<I", left_open))
    assert np.array_equal(found.values, read_sound(tmp_path / "a.wav").values)
    assert found.sampling().note == ""


def test_a_length_beyond_the_end_is_read_as_far_as_it_goes_and_said(tmp_path: Path) -> None:
    whole = content(tmp_path / "a.wav")
    found = read(tmp_path, patched(whole, length(whole), "<I", 4_000_000))
    assert len(found) == COUNT
    assert found.sampling().note.startswith("lies.wav announces 1000000 samples and ends after 900:")
    cut = read(tmp_path, whole[:-1001])
    assert len(cut) == 649 and "announces 900 samples and ends after 649" in cut.sampling().note


def test_a_length_that_is_too_short_is_said(tmp_path: Path) -> None:
    whole = content(tmp_path / "a.wav")
    for said in (100, 101):
        found = read(tmp_path, patched(whole, length(whole), "<I", said))
        assert len(found) == 25
        assert found.sampling().note.startswith("lies.wav announces 25 samples, and what follows would be 8")


@pytest.mark.parametrize(
    "behind",
    [b"LIST" + struct.pack("<I", 2000) + b"INFO" * 500, bytes(4096), b"TAG" + b"x" * 125, b"id3 \x03\x00\x00\x00abc\x00LIST\x00\x00\x00\x00"],
)
def test_what_may_stand_behind_the_samples_is_not_said(behind: bytes, tmp_path: Path) -> None:
    whole = content(tmp_path / "a.wav")
    found = read(tmp_path, whole + behind)
    assert len(found) == COUNT and not found.sampling().note


def test_files_beyond_4_gb_say_their_length_elsewhere(tmp_path: Path) -> None:
    whole = content(tmp_path / "a.wav", "RF64")
    said = whole.index(b"ds64") + 16
    assert read(tmp_path, whole).sampling().note == ""
    huge = read(tmp_path, patched(whole, said, "<Q", 10**14))
    assert len(huge) == COUNT and "announces 25000000000000 samples" in huge.sampling().note
    left_open = read(tmp_path, patched(whole, said, "<Q", 0))
    assert np.array_equal(left_open.values, huge.values)
    assert (left_open.kind, left_open.rate) == ("RF64", 8000)


@pytest.mark.parametrize(
    ("place", "form", "value", "said"),
    [
        (2, "<H", 0, "0 channels"),
        (2, "<H", 3, "contradicts itself: its header says 3 channels of 16 bits, which are 6 bytes"),
        (2, "<H", 65_535, "contradicts itself"),
        (4, "<I", 0, "0 samples per second"),
        (4, "<I", 0xFFFFFFFF, "4294967295 samples per second"),
        (14, "<H", 32, "contradicts itself: its header says 2 channels of 32 bits"),
        (0, "<H", 0x9999, "cannot be read as a sound"),
    ],
)
@pytest.mark.parametrize("kind", ["WAV", "RF64"])
def test_a_header_that_cannot_be_true_is_said(
    kind: str, place: int, form: str, value: int, said: str, tmp_path: Path
) -> None:
    whole = content(tmp_path / "a.wav", kind)
    with pytest.raises(DataError, match=f"^lies.wav .*{said}.*\\.$"):
        read(tmp_path, patched(whole, header(whole) + place, form, value))


@pytest.mark.parametrize(("place", "form"), [(8, "<I"), (12, "<H")])
def test_one_number_that_nothing_hangs_on_may_be_wrong(place: int, form: str, tmp_path: Path) -> None:
    whole = content(tmp_path / "a.wav")
    found = read(tmp_path, patched(whole, header(whole) + place, form, 1))
    assert np.array_equal(found.values, read_sound(tmp_path / "a.wav").values)


@pytest.mark.parametrize(
    ("samples", "said"),
    [(2**36 - 1, "more than the memory can hold"), (10**6, "ends before it should"), (0, "how long it is")],
)
def test_a_flac_that_lies_about_its_length_is_said(samples: int, said: str, tmp_path: Path) -> None:
    whole = content(tmp_path / "a.flac", "FLAC")
    about = int.from_bytes(whole[18:26], "big") >> 36 << 36 | samples
    with pytest.raises(DataError, match=f"^a.flac .*{said}"):
        read(tmp_path, whole[:18] + about.to_bytes(8, "big") + whole[26:], "a.flac")


@pytest.mark.parametrize("kind", ["FLAC", "OGG"])
def test_packed_sounds_that_were_cut_short_are_said(kind: str, tmp_path: Path) -> None:
    name = f"a.{kind.lower()}"
    whole = content(tmp_path / name, kind)
    with pytest.raises(DataError, match=f"^{name} .*\\.$"):
        read(tmp_path, whole[: len(whole) // 2], name)


def test_any_byte_of_the_header_may_be_wrong(tmp_path: Path) -> None:
    whole = bytearray(content(tmp_path / "a.wav"))
    for place in range(length(bytes(whole)) + 4):
        for value in (0, 1, 0x7F, 0xFF):
            changed = bytes(whole[:place]) + bytes([value]) + bytes(whole[place + 1 :])
            try:
                found = read(tmp_path, changed)
            except DataError as error:
                assert str(error).startswith("lies.wav ") and str(error).endswith(".")
            else:
                assert found.values.shape[0] and found.rate
