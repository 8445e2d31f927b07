"""The bar in the terminal while a recipe is trained."""

import io
from contextlib import redirect_stderr

from small import CPU, recipe

from aedesk.commands.train import run_recipe


class Terminal(io.StringIO):
    """A place to write to that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def shown(*options: str) -> list[str]:
    """What stood in the line while a small recipe was trained, one after the other."""
    terminal = Terminal()
    with redirect_stderr(terminal):
        run_recipe(recipe("image", *options), CPU, None, None)
    return [line for line in terminal.getvalue().split("\r") if line.strip()]


def shares(lines: list[str]) -> list[int]:
    return [int(line.partition("%")[0]) for line in lines]


def test_the_bar_follows_the_epochs() -> None:
    lines = shown("training.batch_size=1", "training.epochs=4")
    assert any("epoch " in line and "/4 [" in line and "mse 0." in line for line in lines)
    assert shares(lines) == sorted(shares(lines)) and shares(lines)[-1] > 60


def test_the_bar_names_layers_that_learn_alone() -> None:
    options = ("training.batch_size=1", "training.pretraining.epochs=4", "training.pretraining.compare=true")
    lines = shown("training.epochs=4", *options)
    for words in ("without pretraining: epoch ", "layer 1 of 2 alone: epoch ", "layer 2 of 2 alone: epoch "):
        assert any(words in line and " of 4 [" in line for line in lines), lines
    assert any("/4 [" in line and "mse 0." in line for line in lines)
    assert shares(lines) == sorted(shares(lines))
