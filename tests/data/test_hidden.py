"""Hidden values: nothing tells the network of them, and it is judged by them alone."""

import pytest
import torch

from aedesk.data.corruptions.hidden import Hidden
from aedesk.models.autoencoder import Autoencoder
from aedesk.models.batch_pass import BatchPass
from aedesk.models.model_options import ModelOptions
from aedesk.models.objective import Objective, ObjectiveOptions
from aedesk.recipe import Recipe
from tests import small

SHAPES = [(64,), (1, 12, 12), (3, 9, 7), (200,)]


def random(shape: tuple[int, ...], count: int = 300) -> torch.Tensor:
    return torch.rand(count, *shape, generator=torch.Generator().manual_seed(4))


def hide(corruption: Hidden, x: torch.Tensor, seed: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    seen, hidden = corruption.corrupt(x, torch.Generator().manual_seed(seed), 1.0)
    assert hidden is not None and hidden.dtype == torch.bool and hidden.shape == x.shape
    return seen, hidden


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("width", [1, 3])
def test_what_is_seen_does_not_depend_on_what_is_hidden(shape: tuple[int, ...], width: int) -> None:
    x = random(shape)
    seen, hidden = hide(Hidden(share=0.3, width=width), x)
    other = torch.where(hidden, x + 100, x)
    assert torch.equal(hide(Hidden(share=0.3, width=width), other)[0], seen)
    assert torch.equal(seen[~hidden], x[~hidden])
    assert not (seen == x)[hidden].any()


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("width", [1, 2, 5])
@pytest.mark.parametrize("share", [0.05, 0.3])
def test_the_share_holds_whatever_is_hidden_at_once(shape: tuple[int, ...], width: int, share: float) -> None:
    hidden = hide(Hidden(share=share, width=width), random(shape))[1].float()
    inner = hidden[:, ..., width:] if len(shape) == 1 else hidden[..., width:, width:]
    assert float(inner.mean()) == pytest.approx(share, rel=0.15)


def test_neighbours_are_hidden_together() -> None:
    hidden = hide(Hidden(share=0.1, width=4), random((400,)))[1]
    begins = hidden[:, 1:-3] & ~hidden[:, :-4]
    assert begins.any() and (hidden[:, 2:-2] & hidden[:, 3:-1] & hidden[:, 4:])[begins].all()


def test_a_hidden_value_is_replaced_by_the_nearest_seen_on_either_side() -> None:
    x = torch.arange(12.0)[None].repeat(400, 1)
    hidden = torch.zeros(400, 12, dtype=torch.bool)
    hidden[:, [0, 4, 5, 11]] = True
    seen = Hidden().covered(x, hidden, torch.Generator().manual_seed(0))
    assert set(seen[:, 4].tolist()) == set(seen[:, 5].tolist()) == {3.0, 6.0}
    assert 0.4 < float((seen[:, 4] == 3).float().mean()) < 0.6
    assert (seen[:, 0] == 1).all() and (seen[:, 11] == 10).all(), "at the ends there is one side only"


def test_where_nothing_is_seen_there_is_nothing() -> None:
    x = random((3,))
    assert not Hidden().covered(x, torch.ones_like(x, dtype=torch.bool), torch.Generator()).any()


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("corruption", [Hidden(share=0.1), Hidden(share=0.25, width=3), Hidden(share=0.5)])
def test_in_turn_every_value_is_hidden_once(shape: tuple[int, ...], corruption: Hidden) -> None:
    x = random(shape, 2)
    turns = list(corruption.in_turn(x, torch.Generator()))
    assert (torch.stack([hidden for _, hidden in turns]).sum(0) == 1).all()
    assert all(torch.equal(seen[~hidden], x[~hidden]) for seen, hidden in turns)


@pytest.mark.parametrize("loss", ["mse", "mae", "huber"])
def test_the_loss_is_that_of_the_hidden_values(loss: str) -> None:
    options, model = ObjectiveOptions(reconstruction=loss), ModelOptions()
    network = Autoencoder(model, (8,))
    x, output = random((8,), 6), random((8,), 6) * 3
    _, hidden = hide(Hidden(share=0.3), x)
    posterior = network.posterior(x)

    def term(clean: torch.Tensor, output: torch.Tensor, judged: torch.Tensor | None) -> float:
        passed = BatchPass(
            network, clean, clean, posterior, posterior.mean, output, torch.Generator(), judged=judged,
            scale=1 / 8,
        )  # fmt: skip
        return float(Objective(options, model, (8,)).terms(passed)[loss])

    alone = Objective(options, model, (1,)).terms
    picked = BatchPass(
        network, x[hidden][:, None], x, posterior, posterior.mean, output[hidden][:, None], torch.Generator()
    )
    assert term(x, output, hidden) == pytest.approx(float(alone(picked)[loss]), rel=1e-5)
    assert term(x, torch.where(hidden, output, 99.0), hidden) == pytest.approx(term(x, output, hidden), rel=1e-5)
    assert term(x, output, torch.zeros_like(hidden)) == 0, "where nothing is hidden nothing is judged"


def test_what_does_not_suit_it_is_explained() -> None:
    def paths(**sections: object) -> set[tuple[str, ...]]:
        document = small.document("signal") | {"corruption": {"kind": "hidden"}} | sections
        return {problem.path for problem in Recipe.problems_of(document) if problem.fatal}

    assert not paths()
    assert paths(objective={"reconstruction": "bce"}) >= {("objective", "reconstruction")}
    assert paths(training={"pretraining": {}}) >= {("training", "pretraining")}
    assert Hidden().misfit("table") and Hidden().misfit("words") and not Hidden().misfit("image")
