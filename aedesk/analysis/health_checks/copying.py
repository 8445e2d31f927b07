"""A code wide enough to copy the data, and a network that does."""

from collections.abc import Iterator
from math import prod

from aedesk.analysis.health_checks.examination import Examination
from aedesk.analysis.health_checks.finding import Finding

_GUARDS = {
    "corruption": "the corruption",
    "blind spot": "the network's blind spot",
    "code": "the noise of the code",
    "penalty": "the penalty",
    "reference": "the clean signal that it is to give back",
}
_COPIED = 0.01  # of the data's variance is missing at most


def check(examination: Examination) -> Iterator[Finding]:
    """Whether a code as wide as the data comes with anything that makes more of it than a copy."""
    measured, model = examination.measured, examination.model
    recipe, values = model.recipe, prod(model.shape)
    width = recipe.model.code_width(model.shape)
    if measured is None or width < values:
        return
    if guard := recipe.kept_from_copying_by:
        sentence = f"The code is as wide as the data, and {_GUARDS[guard]} keeps the network from just copying them."
        yield Finding("copying", "fine", sentence)
        return
    variance = float(measured.clean.var(0, correction=0).sum())
    error = float((measured.output - measured.clean).square().mean(0).sum())
    if error > _COPIED * variance:
        return
    share = "all" if error < 5e-4 * variance else f"{100 * (1 - error / variance):.1f}\u202f%"
    sentence = (
        f"The network copies its input: the code has {width} numbers for {values} values, "
        f"and {share} of what differs between samples comes back."
    )
    advice = "It has to find what matters if part of the input is hidden, or the code is narrower or penalised."
    kind = "masking" if model.form == "image" else "gaussian"
    yield Finding("copying", "problem", sentence, advice, {"corruption": {"kind": kind}})
