"""Which networks can learn one layer at a time."""

import pytest
from small import recipe

from aedesk.models.layerwise import pretraining_misfit


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("model.encoder.layers=[]",),
        ("model.encoder.layers=[{width=16}, {width=8}]",),
        (
            "model.encoder.layers=[{width=16}, {width=8}]",
            "model.mirror=false",
            "model.decoder={kind='dense', layers=[{width=8, activation='tanh'}, {width=16}]}",
        ),
    ],
)
def test_dense_mirrored_networks_can(options: tuple[str, ...]) -> None:
    assert pretraining_misfit(recipe("image", *options).model) is None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("model.bottleneck.kind=variational",), "plain code"),
        (("model.bottleneck.kind=spatial",), "plain code"),
        (("model.mirror=false", "model.decoder={kind='dense', layers=[{width=15}]}"), "in reverse"),
        (("model.mirror=false", "model.decoder={kind='dense', layers=[]}"), "in reverse"),
        (
            (
                "model.encoder.layers=[{width=16}, {width=8}]",
                "model.mirror=false",
                "model.decoder={kind='dense', layers=[{width=16}, {width=8}]}",
            ),
            "in reverse",
        ),
    ],
)
def test_others_are_told_why_not(options: tuple[str, ...], words: str) -> None:
    misfit = pretraining_misfit(recipe("image", *options).model)
    assert misfit and words in misfit and misfit.endswith(".")
