"""Words held against the words they should be, letter by letter."""

from dataclasses import dataclass

MISSING = "·"
"""Stands where a letter should be and none is."""


@dataclass(frozen=True)
class Letter:
    """One letter as it is shown, and whether another, or none, should be there."""

    text: str
    wrong: bool


def marked(word: str, wanted: str) -> list[Letter]:
    """The letters of a word beside those of the wanted one, in whose places they are compared."""
    places = range(max(len(word), len(wanted)))
    given = [word[place] if place < len(word) else "" for place in places]
    right = [wanted[place] if place < len(wanted) else "" for place in places]
    return [
        Letter(letter if letter.strip() else MISSING, letter != other)
        for letter, other in zip(given, right, strict=True)
    ]


def share_of_letters(words: list[str], wanted: list[str]) -> float:
    """The share of the wanted letters that are in their places, 0…1; not a number where none are wanted."""
    count = sum(map(len, wanted))
    pairs = zip(words, wanted, strict=True)
    right = sum(one == other for word, want in pairs for one, other in zip(word, want, strict=False))
    return right / count if count else float("nan")


def count_of_words(words: list[str], wanted: list[str]) -> int:
    """How many words are right as a whole."""
    return sum(word == other for word, other in zip(words, wanted, strict=True))
