"""Typos: which slips there are, how many, and that they are made in words alone."""

from collections import Counter

import pytest
import torch
from rapidfuzz.distance import DamerauLevenshtein

from aedesk.data.corruptions.typos import Typos
from aedesk.errors import DataError
from tests.data.letters import ALPHABET, LENGTH, WORDS, read, words


def typed(typos: Typos, x: torch.Tensor, seed: int = 0) -> torch.Tensor:
    return typos.apply(x, torch.Generator().manual_seed(seed), 1.0)


def slip(wanted: str, given: str) -> str:
    """Which of the four slips made one word of the other."""
    if len(given) != len(wanted):
        return "insert" if len(given) > len(wanted) else "drop"
    return "swap" if sorted(given) == sorted(wanted) else "replace"


def test_a_typo_makes_another_word_one_slip_away() -> None:
    x = words()
    y = typed(Typos(), x)
    assert ((y == 0) | (y == 1)).all() and (y.sum(2) == 1).all(), "still one-hot"
    wanted, given = read(x), read(y)
    assert {DamerauLevenshtein.distance(*pair) for pair in zip(wanted, given, strict=True)} == {1}
    assert all(word and " " not in word for word in given)


def test_the_four_slips_are_equally_often() -> None:
    given = read(typed(Typos(), words("autoencode", times=4000)))
    counts = Counter(slip("autoencode", word) for word in given)
    assert set(counts) == {"swap", "drop", "insert", "replace"}
    assert all(count == pytest.approx(1000, abs=120) for count in counts.values())


def test_slips_happen_everywhere_in_a_word_and_with_every_letter() -> None:
    given = read(typed(Typos(), words("abcdef", times=4000)))
    inserted = [word for word in given if len(word) == 7]
    places = Counter(next((i for i in range(6) if word[i] != "abcdef"[i]), 6) for word in inserted)
    assert set(places) == set(range(7)), "also before the first letter and behind the last"
    replaced = [word for word in given if slip("abcdef", word) == "replace"]
    letters = Counter(next(letter for letter, was in zip(word, "abcdef", strict=True) if letter != was) for word in replaced)
    assert set(letters) == set(ALPHABET.strip())


def test_a_word_without_room_for_a_slip_gets_another() -> None:
    full = "abcdefghijkl"
    assert len(full) == LENGTH
    assert {slip(full, word) for word in read(typed(Typos(), words(full)))} == {"swap", "drop", "replace"}
    single = read(typed(Typos(), words("a")))
    assert {slip("a", word) for word in single} == {"insert", "replace"} and "a" not in single
    alike = read(typed(Typos(), words("ooo")))
    assert "ooo" not in alike


def test_as_many_typos_as_wanted() -> None:
    x = words("typewriter")
    assert torch.equal(typed(Typos(count=0), x), x)
    distances = Counter(DamerauLevenshtein.distance("typewriter", word) for word in read(typed(Typos(count=3), x)))
    assert max(distances) == 3 and distances[3] > 130, "one may undo another"


def test_a_range_of_typos_leaves_some_words_right() -> None:
    x = words("typewriter", times=3000)
    changed = [DamerauLevenshtein.distance("typewriter", word) for word in read(typed(Typos(count=2, least=0), x))]
    counts = Counter(changed)
    assert set(counts) == {0, 1, 2}
    assert counts[0] / 3000 == pytest.approx(1 / 3, abs=0.04)
    assert counts[1] / 3000 == pytest.approx(1 / 3, abs=0.06)


def test_scaled_words_keep_their_scale() -> None:
    x = words() - 0.5
    y = typed(Typos(), x)
    assert set(y.unique().tolist()) == {-0.5, 0.5}
    assert read(y) == read(typed(Typos(), words()))


def test_words_of_one_letter_pass() -> None:
    """An alphabet of a single letter has nothing to replace it by."""
    x = torch.tensor([[[0.0, 1.0], [0.0, 1.0], [1.0, 0.0]]] * 50)
    lengths = set(typed(Typos(), x)[:, :, 1].sum(1).tolist())
    assert lengths <= {1.0, 2.0, 3.0}


def test_what_is_no_word_has_no_typos() -> None:
    with pytest.raises(DataError, match="Only words can have typos"):
        typed(Typos(), torch.rand(5, 4))
    assert Typos().misfit("words") is None and Typos().misfit("image")
    assert WORDS
