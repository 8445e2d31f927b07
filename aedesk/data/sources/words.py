"""Words, letter by letter: the shipped English ones, or a list of one's own."""

import gzip
from pathlib import Path
from string import ascii_lowercase
from typing import ClassVar, Literal

from aedesk import paths
from aedesk.data.source import Beside, Form, Raw, Source, file_stamp
from aedesk.data.words import BLANK, alphabet_of, encode_words, read_words
from aedesk.errors import DataError
from aedesk.options import option

_ENGLISH = BLANK + ascii_lowercase
_MOST_LETTERS = 500
_MOST_VALUES = 500_000_000  # 2 GB once they are scaled


class Words(Source):
    """Words as one-hot letters, filled up with blanks; the commonest of the shipped ones come first."""

    title: ClassVar[str] = "Words"
    summary: ClassVar[str] = "61 266 English words, or a list of your own, learned letter by letter."
    brings: ClassVar[tuple[Beside, ...]] = ()
    kind: Literal["words"] = "words"
    file: str = option(
        "", "File", "A text file with a word on each line. Left empty, the English words that are shipped."
    )
    longest: int = option(
        16, "Longest word", "Words with more letters than this are left out.", unit="letters", ge=2, le=256
    )

    @property
    def form(self) -> Form:
        return "words"

    def shape(self) -> tuple[int, ...] | None:
        return None if self.file else (self.longest, len(_ENGLISH))

    def stamp(self) -> object:
        return file_stamp(self._path())

    def read(self) -> Raw:
        every = self._listed()
        words = [word for word in every if len(word) <= self.longest]
        name = self._path().name
        if len(words) < 2:
            raise DataError(
                f"{name} has {_count(len(words))} of at most {self.longest} letters; at least 2 are "
                "needed. Choose another file, or allow longer words."
            )
        alphabet = alphabet_of(words) if self.file else _ENGLISH
        if len(alphabet) > _MOST_LETTERS:
            raise DataError(
                f"{name} has words of {len(alphabet) - 1} different letters; at most {_MOST_LETTERS - 1} "
                "can be learned. Choose a list of words of one alphabet."
            )
        if len(words) * self.longest * len(alphabet) > _MOST_VALUES:
            raise DataError(
                f"{name} has {_count(len(words))}, which would take more than 2 GB of memory. "
                "Choose a shorter longest word, or a shorter list."
            )
        left_out = len(every) - len(words)
        note = f"Left out: {_count(left_out)} of more than {self.longest} letters." if left_out else ""
        values = encode_words(words, alphabet, self.longest)
        return Raw(values, feature_names=tuple(alphabet), note=note)

    def _listed(self) -> list[str]:
        """The words of the list in their order, each once."""
        path = self._path()
        if not self.file:
            return gzip.decompress(path.read_bytes()).decode().split()
        return list(dict.fromkeys(read_words(path)))

    def _path(self) -> Path:
        return Path(self.file).expanduser() if self.file else paths.resource("words", "english.txt.gz")


def _count(number: int) -> str:
    return f"{number} word" if number == 1 else f"{number} words"
