"""What holds for every kind of code, those of files added later included."""

from pathlib import Path

import pytest
import torch
from small import events_of, finished, recipe, same_weights

from aedesk.files.model_file import load, save
from aedesk.models.autoencoder import Autoencoder
from aedesk.models.bottleneck import Bottleneck
from aedesk.models.model_options import ModelOptions, plan
from aedesk.training.events import EpochEnded

KINDS = Bottleneck.kinds()  # all files of the family were imported with ModelOptions
every_kind = pytest.mark.parametrize("kind", sorted(KINDS))
every_encoder = pytest.mark.parametrize(
    "encoder", [{"kind": "dense", "layers": [{"width": 9}]}, {"kind": "convolutional"}], ids=["dense", "convolutional"]
)

SHAPE = (1, 8, 8)


def network(kind: str, encoder: dict[str, object]) -> tuple[ModelOptions, Autoencoder]:
    options = ModelOptions.model_validate({"encoder": encoder, "bottleneck": {"kind": kind}, "code_size": 5})
    return options, Autoencoder(options, SHAPE)


@every_kind
@every_encoder
def test_the_plan_is_what_is_built(kind: str, encoder: dict[str, object]) -> None:
    options, built = network(kind, encoder)
    layers = plan(options, SHAPE)
    assert sum(layer.parameters for layer in layers) == built.parameter_count()
    (code,) = [layer for layer in layers if layer.part == "code"]
    assert code.shape == built.code_shape == options.code_shape(SHAPE)
    assert options.code_width(SHAPE) == built.code_size


@every_kind
@every_encoder
def test_codes_are_flat_and_decode_to_samples(kind: str, encoder: dict[str, object]) -> None:
    _, built = network(kind, encoder)
    x = torch.rand(7, *SHAPE)
    posterior = built.posterior(x)
    code = built.bottleneck.draw(posterior, torch.Generator().manual_seed(0))
    assert posterior.mean.shape == code.shape == (7, built.code_size)
    assert posterior.log_variance is None or posterior.log_variance.shape == posterior.mean.shape
    assert torch.equal(built.encode(x), posterior.mean)
    assert built.decode(code).shape == built(x).shape == x.shape


@every_kind
def test_only_drawn_codes_are_random(kind: str) -> None:
    _, built = network(kind, {"kind": "dense"})
    posterior = built.posterior(torch.rand(7, *SHAPE))
    draws = [built.bottleneck.draw(posterior, torch.Generator().manual_seed(seed)) for seed in (0, 0, 1)]
    assert torch.equal(draws[0], draws[1])
    assert torch.equal(draws[0], draws[2]) != built.bottleneck.draws
    assert torch.equal(draws[0], posterior.mean) != built.bottleneck.draws


@every_kind
def test_it_learns_and_is_kept(kind: str, tmp_path: Path) -> None:
    chosen = recipe("image", f"model.bottleneck.kind={kind}", "training.epochs=8")
    events = events_of(chosen)
    losses = [event.validation["mse"] for event in events if isinstance(event, EpochEnded)]
    assert losses[-1] < losses[0]
    model = events[-1].model
    save(model, tmp_path / "m.aedesk")
    assert same_weights(load(tmp_path / "m.aedesk"), model)
    assert same_weights(finished(chosen).model, model), "by the same seed"
