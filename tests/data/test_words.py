"""Words: the shipped ones, lists of one's own, and words as numbers and back."""

from pathlib import Path

import numpy as np
import pytest

from aedesk import paths
from aedesk.data.loading import DataOptions, load
from aedesk.data.source import Raw
from aedesk.data.sources.words import Words
from aedesk.data.splitting import SplitOptions
from aedesk.data.words import alphabet_of, decode_words, encode_words
from aedesk.errors import DataError


def listed(folder: Path, text: str | bytes, **options: int) -> Words:
    """A source of words in a file of one's own."""
    file = folder / "words.txt"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return Words(file=str(file), **options)


def words_of(raw: Raw) -> list[str]:
    return decode_words(raw.values, raw.feature_names)


def test_the_shipped_words() -> None:
    source = Words()
    raw = source.read()
    assert source.form == "words" and source.missing() is None
    assert raw.values.shape[1:] == source.shape() == (16, 27)
    assert raw.values.dtype == np.uint8 and (raw.values.sum(2) == 1).all()
    words = words_of(raw)
    assert 40_000 < len(words) < 70_000 and len(set(words)) == len(words)
    assert all(word.isascii() and word.islower() and 2 <= len(word) <= 16 for word in words)
    assert {"the", "house", "autumn", "encyclopedia"} <= set(words)
    assert words.index("house") < words.index("zygote"), "the commoner ones come first"
    assert raw.note == "" and raw.labels is None


def test_the_shipped_words_carry_their_notice() -> None:
    notice = paths.resource("words", "COPYRIGHT.txt").read_text("utf-8")
    assert "Copyright 2000-2018 by Kevin Atkinson" in notice and "WordNet 1.6" in notice
    assert "Kevin Atkinson" in paths.resource("NOTICES.md").read_text("utf-8")


@pytest.mark.parametrize("longest", [2, 8])
def test_longer_words_are_left_out_and_counted(longest: int) -> None:
    raw = Words(longest=longest).read()
    assert raw.values.shape[1:] == (longest, 27) == Words(longest=longest).shape()
    assert max(map(len, words_of(raw))) == longest
    left_out = 61_266 - len(raw.values)
    assert raw.note == f"Left out: {left_out} words of more than {longest} letters."


@pytest.mark.parametrize("scaling", ["unit", "none"])
def test_scaled_words_are_still_one_hot(scaling: str) -> None:
    data = load(DataOptions(source=Words(), limit=2000, scaling=scaling, split=SplitOptions(test=0.1)))
    assert data.form == "words" and data.shape == (16, 27)
    assert set(data.inputs.unique().tolist()) == {0.0, 1.0}
    assert (len(data.test), len(data.validation), len(data.train)) == (200, 180, 1620)
    words = decode_words(data.inputs.numpy(), data.feature_names)
    assert "" not in words and len(set(words)) == 2000


def test_a_list_of_ones_own_has_its_own_alphabet(tmp_path: Path) -> None:
    source = listed(tmp_path, "Grün\nŽluťoučký\nкит\n\n  Grün \nco-op\n", longest=9)
    raw = source.read()
    assert source.shape() is None, "only reading can tell"
    assert words_of(raw) == ["Grün", "Žluťoučký", "кит", "co-op"], "each once"
    assert raw.feature_names[0] == " " and set("Grünžкит-Ž") - set(raw.feature_names) == {"ž"}
    assert raw.values.shape == (4, 9, len(raw.feature_names))


def test_a_note_of_a_list_reaches_the_data(tmp_path: Path) -> None:
    data = load(DataOptions(source=listed(tmp_path, "a bb ccc dddd eeeee", longest=4)))
    assert data.note == "Left out: 1 word of more than 4 letters."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_list_in_any_usual_encoding(encoding: str, tmp_path: Path) -> None:
    raw = listed(tmp_path, "Käse\nBrötchen\nMüsli\n".encode(encoding)).read()
    assert words_of(raw) == ["Käse", "Brötchen", "Müsli"]


def test_letters_composed_in_two_ways_are_one_letter(tmp_path: Path) -> None:
    assert words_of(listed(tmp_path, "cafe\u0301\ncaf\u00e9\nthe\u0301\n").read()) == ["café", "thé"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", r"words\.txt has 0 words of at most 16 letters; at least 2 are needed"),
        ("  \n\n ", "has 0 words"),
        ("alone\n", "has 1 word of"),
        ("a" * 17 + "\n" + "b" * 18, "has 0 words of at most 16 letters.*allow longer words"),
        (b"PK\x03\x04zip", r"words\.txt is no plain text. Choose a text file"),
        (b"a\0b", "no plain text"),
        ("\n".join(chr(0x4E00 + place) for place in range(600)), "600 different letters; at most 499"),
    ],
    ids=["empty", "blank", "one word", "too long", "an archive", "zero byte", "too many letters"],
)
def test_a_list_that_cannot_be_learned_from(text: str | bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=words):
        listed(tmp_path, text).read()


def test_a_list_too_large_for_memory(tmp_path: Path) -> None:
    text = "\n".join(f"w{place}" for place in range(200_000))
    with pytest.raises(DataError, match="200000 words, which would take more than 2 GB"):
        listed(tmp_path, text, longest=256).read()


def test_a_missing_file_or_a_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"gone\.txt cannot be read: No such file"):
        Words(file=str(tmp_path / "gone.txt")).read()
    with pytest.raises(DataError, match="cannot be read: .*Choose a text file"):
        Words(file=str(tmp_path)).read()


def test_words_become_numbers_and_words_again() -> None:
    words = ["hello", "a", "", "worlds"]
    alphabet = alphabet_of(words)
    assert alphabet == " adehlorsw"
    values = encode_words(words, alphabet, 6)
    assert values.shape == (4, 6, 10) and (values.sum(2) == 1).all()
    assert decode_words(values, alphabet) == words
    assert encode_words([], alphabet, 6).shape == (0, 6, 10)


def test_shares_are_read_as_the_likeliest_letters() -> None:
    values = encode_words(["ab"], " ab", 3).astype(np.float32)
    assert decode_words(0.4 * values + 0.2, " ab") == ["ab"]
    inside = encode_words(["a b"], " ab", 3)
    assert decode_words(inside, " ab") == ["a b"], "a blank within stays"


def test_what_does_not_fit_the_alphabet_is_named() -> None:
    with pytest.raises(DataError, match="The letter “z” is not in the alphabet: ab"):
        encode_words(["az"], " ab", 4)
    with pytest.raises(DataError, match="“ababa” has 5 letters, and words of at most 4 fit"):
        encode_words(["ababa"], " ab", 4)
