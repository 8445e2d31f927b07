"""A classifier of digits whose features measure how alike two sets of digits are.

``python -m tests.benchmarks.digit_classifier`` trains it anew on the 60 000 training digits (about
four minutes on two cores), prints its accuracy on the 10 000 test digits, and writes
``digit_classifier.safetensors`` beside this file.
"""

from math import cos, pi
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional

from aedesk.data.sources.digits import Digits

FILE = Path(__file__).with_name("digit_classifier.safetensors")
_EPOCHS, _BATCH, _RATE = 8, 128, 3e-3


class DigitClassifier(nn.Module):
    """Two convolutions and a dense layer of 64 features; takes digits ``[n, 1, 28, 28]`` in 0…1."""

    def __init__(self) -> None:
        super().__init__()
        self.maps = nn.Sequential(
            nn.Conv2d(1, 16, 5, padding=2), nn.BatchNorm2d(16), nn.SiLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.SiLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Dropout(0.2), nn.Linear(32 * 49, 64), nn.BatchNorm1d(64), nn.SiLU(),
        )  # fmt: skip
        self.labels = nn.Linear(64, 10)

    def forward(self, x: Tensor) -> Tensor:
        """Logits ``[n, 10]``."""
        return self.labels(self.maps(x))


def trained_classifier() -> DigitClassifier:
    """The classifier with its committed weights."""
    network = DigitClassifier()
    network.load_state_dict(load_file(FILE))
    return network.eval()


@torch.no_grad()
def features(network: DigitClassifier, x: np.ndarray) -> np.ndarray:
    """Features ``[n, 64]`` of digits ``[n, 1, 28, 28]`` in 0…1."""
    parts = torch.from_numpy(np.ascontiguousarray(x, np.float32)).split(1000)
    return np.concatenate([network.maps(part).numpy() for part in parts]).astype(np.float64)


@torch.no_grad()
def accuracy(network: DigitClassifier, x: Tensor, labels: Tensor) -> float:
    """The share of digits that are told right."""
    told = torch.cat([network(part).argmax(1) for part in x.split(1000)])
    return float((told == labels).float().mean())


def digits(test: bool) -> tuple[Tensor, Tensor]:
    """Digits in 0…1 and their labels: the source's own test part or the rest."""
    raw = Digits().read()
    chosen = np.zeros(len(raw.values), bool)
    chosen[raw.test] = True
    rows = np.flatnonzero(chosen == test)
    return torch.from_numpy(raw.values[rows]).float() / 255, torch.from_numpy(raw.labels[rows]).long()


def _shifted(x: Tensor, generator: torch.Generator) -> Tensor:
    """Every digit moved by up to one and a half pixels, turned and stretched a little."""
    angle, stretch = torch.empty(2, len(x)).uniform_(-1, 1, generator=generator)
    angle, stretch = angle * 0.15, 1 + stretch * 0.1
    shift = torch.empty(len(x), 2).uniform_(-0.1, 0.1, generator=generator)
    turn = torch.stack([angle.cos(), -angle.sin(), shift[:, 0], angle.sin(), angle.cos(), shift[:, 1]], 1)
    grid = functional.affine_grid((turn.view(-1, 2, 3) * stretch[:, None, None]), list(x.shape), False)
    return functional.grid_sample(x, grid, align_corners=False)


def train() -> DigitClassifier:
    """Learn from the training digits."""
    torch.manual_seed(0)
    generator = torch.Generator().manual_seed(0)
    network, (x, labels) = DigitClassifier(), digits(test=False)
    optimiser = torch.optim.AdamW(network.parameters(), weight_decay=0.01)
    steps, step = _EPOCHS * -(-len(x) // _BATCH), 0
    for epoch in range(_EPOCHS):
        for rows in torch.randperm(len(x), generator=generator).split(_BATCH):
            optimiser.param_groups[0]["lr"] = _RATE * (1 + cos(pi * step / steps)) / 2
            loss = functional.cross_entropy(network(_shifted(x[rows], generator)), labels[rows])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            step += 1
        print(f"epoch {epoch + 1}: loss {float(loss):.4f}", flush=True)
    return network.eval()


def main() -> None:
    network = train()
    print(f"accuracy on the test digits: {accuracy(network, *digits(test=True)):.4f}")
    save_file(network.state_dict(), FILE)


if __name__ == "__main__":
    main()
