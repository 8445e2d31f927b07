"""Typos: letters of a word swapped, left out, put in or mistaken."""

from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.corruption import Corruption
from aedesk.data.source import Form
from aedesk.errors import DataError
from aedesk.options import option

if TYPE_CHECKING:
    import torch
    from torch import Tensor


_ONLY_WORDS = "Only words can have typos. Choose words, or another corruption."
_SWAP, _DROP, _INSERT, _REPLACE = range(4)


class Typos(Corruption):
    """Each typo swaps two neighbours, drops a letter, inserts one or replaces one, equally often.

    These are the four slips that make up most misspellings (Damerau 1964). A typo always changes
    the word: where letters cannot be swapped, dropped or inserted, one is replaced.
    """

    title: ClassVar[str] = "Typos"
    summary: ClassVar[str] = "Letters are swapped, left out, put in or mistaken; the network learns to spell."
    kind: Literal["typos"] = "typos"
    strength: ClassVar[str] = "count"
    count: int = option(1, "Typos", "How many typos are put into each word.", unit="per word", ge=0, le=16)
    least: int | None = option(
        None,
        "Least typos",
        "Every word draws a number of its own between this and the one above; 0 leaves some words "
        "right. Off, all have as many.",
        unit="per word",
        ge=0,
        le=16,
    )

    def misfit(self, form: Form) -> str | None:
        return None if form == "words" else _ONLY_WORDS

    def apply(self, x: "torch.Tensor", generator: "torch.Generator", spread: float) -> "torch.Tensor":
        from torch.nn.functional import one_hot

        if x.dim() != 3:
            raise DataError(_ONLY_WORDS)
        letters = x.shape[2]
        places = x.argmax(2)
        wanted = self._wanted(x, generator)
        for number in range(max(self.count, self.least or 0)):
            places = places.where(wanted <= number, _with_typo(places, letters, generator))
        low, high = x.amin(), x.amax()  # 0 and 1, unless they were scaled
        return low + (high - low) * one_hot(places, letters)

    def _wanted(self, x: "Tensor", generator: "torch.Generator") -> "Tensor":
        """How many typos each word gets: ``[n, 1]``."""
        if self.least is None:
            return x.new_full((len(x), 1), self.count)
        low, high = sorted((self.least, self.count))
        drawn = x.new_empty(len(x), 1).uniform_(generator=generator)
        return low + (drawn * (high - low + 1)).floor()


def _with_typo(places: "Tensor", letters: int, generator: "torch.Generator") -> "Tensor":
    """Every word of ``places`` ``[n, length]`` with one typo.

    Places are those of letters in an alphabet of so many, whose first is the blank that fills words
    up at their end. A typo takes each letter from where it stood, and perhaps puts in a new one.
    """
    import torch
    from torch.nn.functional import pad

    drawn = torch.rand(3, len(places), 1, generator=generator, device=places.device)
    size = (places > 0).sum(1, keepdim=True)
    slip = _possible((drawn[0] * 4).long(), places, size, drawn[1])
    spots = size - (slip == _SWAP).long() + (slip == _INSERT).long()
    spot = (drawn[1] * spots).long()
    here = torch.arange(places.shape[1], device=places.device)
    source = (
        here
        + ((slip == _SWAP) & (here == spot)).long()
        - ((slip == _SWAP) & (here == spot + 1)).long()
        + ((slip == _DROP) & (here >= spot)).long()
        - ((slip == _INSERT) & (here > spot)).long()
    )
    padded = pad(places, (0, 1))
    moved = padded.gather(1, source)
    any_letter = (drawn[2] * (letters - 1)).long()
    another = (padded.gather(1, spot) + (drawn[2] * (letters - 2)).long()) % max(1, letters - 1)
    letter = 1 + any_letter.where(slip == _INSERT, another)
    return letter.where((slip >= _INSERT) & (here == spot), moved)


def _possible(slip: "Tensor", places: "Tensor", size: "Tensor", drawn: "Tensor") -> "Tensor":
    """The slips ``[n, 1]``, with a replacement where one could not be made or would change nothing."""
    spot = (drawn * (size - 1)).long()
    alike = places.gather(1, spot) == places.gather(1, (spot + 1).clamp_max(places.shape[1] - 1))
    impossible = (
        ((slip == _SWAP) & alike)
        | ((slip <= _DROP) & (size < 2))
        | ((slip == _INSERT) & (size == places.shape[1]))
    )
    return slip.masked_fill(impossible, _REPLACE)
