"""Words as tensors, for tests."""

import torch

from aedesk.data.words import BLANK, decode_words, encode_words

# On a busy machine the threads of small tensors wait for each other most of the time.
torch.set_num_threads(1)

ALPHABET = BLANK + "abcdefghijklmnopqrstuvwxyz"
WORDS = ["hello", "a", "on", "typewriter", "autoencode", "banana"]
LENGTH = 12


def words(*chosen: str, times: int = 200) -> torch.Tensor:
    """Some words, each many times, one-hot ``[n, 12, 27]``."""
    return torch.from_numpy(encode_words([*(chosen or WORDS)] * times, ALPHABET, LENGTH)).float()


def read(x: torch.Tensor) -> list[str]:
    return decode_words(x.numpy(), ALPHABET)
