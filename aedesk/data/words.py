"""Words as numbers, and back: each place of a word is one letter of an alphabet, or the blank."""

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from aedesk.errors import DataError

BLANK = " "
"""What fills short words up at their end: the first letter of every alphabet."""


def alphabet_of(words: Iterable[str]) -> str:
    """All letters of the words, in order, after the blank."""
    return BLANK + "".join(sorted(set().union(*words) - {BLANK}))


def encode_words(words: Sequence[str], alphabet: Sequence[str], length: int) -> np.ndarray:
    """Words of at most ``length`` letters as one-hot uint8 ``[n, length, len(alphabet)]``.

    DataError where a word is longer or has a letter that the alphabet lacks.
    """
    places = {letter: place for place, letter in enumerate(alphabet)}
    longest = max(words, key=len, default="")
    if len(longest) > length:
        raise DataError(f"“{longest}” has {len(longest)} letters, and words of at most {length} fit.")
    try:
        found = [[places[letter] for letter in word.ljust(length, BLANK)] for word in words]
    except KeyError as error:
        raise DataError(
            f"The letter “{error.args[0]}” is not in the alphabet: {''.join(alphabet).strip()}."
        ) from error
    return np.eye(len(alphabet), dtype=np.uint8)[np.array(found, np.intp).reshape(-1, length)]


def decode_words(values: np.ndarray, alphabet: Sequence[str]) -> list[str]:
    """The likeliest words of ``[n, length, len(alphabet)]``: one-hot, shares, or any other scores.

    A blank within a word is kept as a blank.
    """
    letters = np.asarray(list(alphabet))[np.asarray(values).argmax(-1)]
    return ["".join(row).rstrip(BLANK) for row in letters]


def read_words(path: Path) -> list[str]:
    """The words of a text file in any usual encoding, in their order. DataError where it is none."""
    from aedesk.data.csv_encoding import decoded

    try:
        raw = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a zero character in the path
        reason = error.strerror if isinstance(error, OSError) else error
        raise DataError(f"{path} cannot be read: {reason}. Choose a text file.") from error
    try:
        text = decoded(raw, path.name)[0].decode()
    except DataError as error:
        raise DataError(f"{path.name} is no plain text. Choose a text file with a word on each line.") from error
    return unicodedata.normalize("NFC", text).split()
