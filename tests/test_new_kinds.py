"""A new penalty, bottleneck or architecture is one new file: everything else finds it by itself."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]

FILES = {
    "penalties/centred.py": '''
from typing import ClassVar, Literal

from aedesk.models.penalty import Penalty
from aedesk.options import option


class Centred(Penalty):
    title: ClassVar[str] = "Centred code"
    summary: ClassVar[str] = "Keeps the codes around 0."
    kind: Literal["centred-code"] = "centred-code"
    weight: float = option(0.01, "Weight", "How much it counts.", ge=0)

    def value(self, batch):
        return batch.code.square().mean() + 0.001 * batch.output.square().mean()
''',
    "bottlenecks/shrunk.py": '''
from typing import ClassVar, Literal

from aedesk.models.bottleneck import Bottleneck, Posterior
from aedesk.options import option


class Shrunk(Bottleneck):
    title: ClassVar[str] = "Shrunk"
    summary: ClassVar[str] = "The code is taken a few times smaller."
    kind: Literal["shrunk"] = "shrunk"
    times: float = option(2.0, "Times", "How many times smaller.", gt=0)

    def posterior(self, raw):
        return Posterior(raw.flatten(1) / self.times)
''',
    "bottlenecks/hazy.py": '''
from typing import ClassVar, Literal

from aedesk.models.bottleneck import Bottleneck, Posterior
from aedesk.models.priors.gaussian import GaussianPrior
from aedesk.options import option


class Hazy(Bottleneck):
    title: ClassVar[str] = "Hazy"
    summary: ClassVar[str] = "The code is drawn from a cloud."
    kind: Literal["hazy"] = "hazy"
    draws: ClassVar[bool] = True
    linear_code: ClassVar[bool] = True
    pressure: float = option(0.01, "Pressure", "How strongly the clouds are pressed together.", ge=0)

    def numbers(self, code_size):
        return 2 * code_size

    def code_prior(self):
        return GaussianPrior()

    def posterior(self, raw):
        mean, log_variance = raw.chunk(2, dim=1)
        return Posterior(mean, log_variance.clamp(-9, 9))

    def draw(self, posterior, generator):
        noise = posterior.mean.new_empty(posterior.mean.shape).normal_(generator=generator)
        return posterior.mean + (posterior.log_variance / 2).exp() * noise

    def terms(self, batch):
        mean, log_variance = batch.posterior
        kept = mean.square() + log_variance.exp() - log_variance
        return {"haze": self.pressure * kept.mean()}
''',
    "architectures/single.py": '''
from math import prod
from typing import ClassVar, Literal

from aedesk.models.architecture import Architecture, LayerPlan
from aedesk.options import option


class Single(Architecture):
    title: ClassVar[str] = "A single layer"
    summary: ClassVar[str] = "One dense layer with a tanh."
    kind: Literal["single"] = "single"
    units: int = option(7, "Units", "How many units it has.", ge=1)

    def plan_encoder(self, shape):
        return [LayerPlan("dense", "encoder", (self.units,), (prod(shape) + 1) * self.units, "tanh")]

    def plan_decoder(self, code_shape, shape):
        return [LayerPlan("dense", "output", shape, (prod(code_shape) + 1) * prod(shape))]

    def build_encoder(self, shape, generator):
        from torch import nn

        from aedesk.models.linear import linear

        return nn.Sequential(nn.Flatten(), linear(prod(shape), self.units, generator), nn.Tanh())

    def build_decoder(self, code_shape, shape, generator):
        from torch import nn

        from aedesk.models.linear import linear

        layer = linear(prod(code_shape), prod(shape), generator)
        return nn.Sequential(nn.Flatten(), layer, nn.Unflatten(1, shape))

    def mirrored(self):
        return self
''',
    # The new files lie elsewhere than the family's others; this is all that tells Python so.
    "where_they_lie.py": '''
import importlib
from pathlib import Path

for family in ("penalties", "bottlenecks", "architectures"):
    package = importlib.import_module(f"aedesk.models.{family}")
    package.__path__.append(str(Path(__file__).parent / family))
''',
}

RECIPE = """
name = "new-kinds"
[data]
scaling = "standard"
source = { kind = "iris" }
[model]
code_size = 2
encoder = { kind = "single", units = 6 }
bottleneck = { kind = "shrunk", times = 3.0 }
[objective]
penalties = [{ kind = "centred-code", weight = 0.02 }]
[training]
epochs = 2
"""

IN_THE_BUILDER = """
import sys

import where_they_lie
from PySide6.QtWidgets import QApplication, QComboBox

application = QApplication([])
from pathlib import Path

from aedesk.files.recipe_file import read_recipe
from aedesk.ui.builder.builder import Builder

recipe = read_recipe(Path(sys.argv[1]))
builder = Builder(recipe)
assert builder.recipe() == recipe and not [one for one in builder.problems() if one.fatal]
offered = {box.itemText(row) for box in builder.findChildren(QComboBox) for row in range(box.count())}
assert {"Centred code", "Shrunk", "A single layer"} <= offered, offered
assert builder.editor(("model", "encoder", "units")).widget.value() == 6
assert builder.editor(("model", "bottleneck", "times")).widget.toolTip()
"""

OF_A_DRAWN_CODE = """
import where_they_lie

from aedesk.analysis.evaluation import evaluate
from aedesk.analysis.health import findings
from aedesk.analysis.sampling import sampler_for
from aedesk.data.loading import load
from aedesk.recipe import Recipe
from aedesk.training.devices import Device
from aedesk.training.run import train

recipe = Recipe.from_document({
    "data": {"source": {"kind": "digits8"}, "limit": 200},
    "model": {
        "encoder": {"kind": "dense", "layers": [{"width": 8, "activation": "silu"}]},
        "code_size": 3,
        "bottleneck": {"kind": "hazy", "pressure": 1000.0}, "output_activation": "sigmoid",
    },
    "objective": {"reconstruction": "bce"},
    "training": {"epochs": 30, "learning_rate": 0.02},
})
data = load(recipe.data)
model = list(train(recipe, data, Device("cpu", "CPU")))[-1].model
sampler = sampler_for(model)
assert sampler.prior and "standard normal" in sampler.title, sampler.title
figures = evaluate(model, data)
assert figures["bound"] > figures["bound_kl"] >= 0, figures
said = {one.key: one for one in findings(model, data)}
assert said["collapsed-latents"].severity == "problem" and not said["collapsed-latents"].changes, said
"""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs Python with the files above in place."""
    folder = tmp_path_factory.mktemp("new")
    for name, content in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content)
    (folder / "recipe.toml").write_text(RECIPE)
    found = os.pathsep.join([str(folder), str(CHECKOUT)])
    environment = os.environ | {"PYTHONPATH": found, "QT_QPA_PLATFORM": "offscreen"}

    def python(*words: str, within: Path = folder) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [sys.executable, *words], cwd=within, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    return python


def test_the_command_line_trains_them(run: Run) -> None:
    command = "import sys, where_they_lie; from aedesk.cli import main; sys.exit(main(sys.argv[1:]))"
    done = run("-c", command, "train", "recipe.toml", "--json", "--out", "m.aedesk", "--device", "cpu")
    figures = json.loads(done.stdout)
    # Into 6 units, into 2 numbers, back into 4 columns.
    assert figures["parameters"] == (4 + 1) * 6 + (6 + 1) * 2 + (2 + 1) * 4
    assert json.loads(run("-c", command, "info", "m.aedesk", "--json").stdout)


def test_the_builder_offers_them(run: Run) -> None:
    run("-c", IN_THE_BUILDER, "recipe.toml")


def test_a_new_kind_of_drawn_code_has_its_prior_its_bound_and_its_check(run: Run) -> None:
    run("-c", OF_A_DRAWN_CODE)


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("models/test_every_penalty.py", "centred-code"),
        ("models/test_every_bottleneck.py", "shrunk"),
        ("models/test_every_architecture.py", "single"),
    ],
)
def test_the_tests_of_their_family_try_them(run: Run, file: str, kind: str) -> None:
    done = run(
        "-m", "pytest", "-p", "where_they_lie", f"tests/{file}", "-q", "-k", kind, "-p", "no:cacheprovider",
        within=CHECKOUT,
    )  # fmt: skip
    assert " passed" in done.stdout and " failed" not in done.stdout
