"""The Recipe: every choice that decides a run."""

from typing import Any, Literal, Self

from pydantic import ValidationError

from aedesk.data.corruption import Corruption
from aedesk.data.corruptions.none import NoCorruption
from aedesk.data.loading import DataOptions
from aedesk.errors import RecipeError
from aedesk.models.model_options import ModelOptions
from aedesk.models.objective import ObjectiveOptions
from aedesk.options import Options, one_of, option
from aedesk.recipe_checks import check
from aedesk.recipe_problems import Problem, explain

SECTIONS = ("data", "corruption", "model", "objective", "training")


class TrainingOptions(Options):
    """How the network learns."""

    epochs: int = option(
        20, "Epochs", "How many times the network sees all training data.", unit="epochs", ge=1, le=1_000_000
    )
    batch_size: int = option(
        128,
        "Batch",
        "How many samples are looked at before the weights move once. "
        "Small batches learn more per epoch, large ones run faster.",
        unit="samples",
        ge=1,
        le=1_000_000,
    )
    optimiser: Literal["adam", "adamw", "sgd"] = option(
        "adam",
        "Optimiser",
        "How the weights are moved. Adam finds its own step for every weight and is a good start.",
    )
    learning_rate: float = option(
        1e-3,
        "Learning rate",
        "How far the weights move at each step. Too large and the loss jumps or explodes, "
        "too small and it crawls.",
        gt=0,
        le=100,
    )
    schedule: Literal["constant", "one-cycle"] = option(
        "constant",
        "Schedule",
        "Constant keeps the learning rate. One-cycle raises it, then lets it fall to almost "
        "nothing at the last epoch, which often ends lower (Smith and Topin 2018).",
    )
    momentum: float = option(
        0.9, "Momentum", "How much of the last step SGD keeps for the next; Adam has its own.", ge=0, lt=1
    )
    weight_decay: float = option(
        0.0, "Weight decay", "Pulls weights towards zero at every step, which can prevent overfitting.", ge=0, le=10
    )
    patience: int = option(
        0,
        "Patience",
        "Stop early when the validation loss has not improved for this many epochs, and go back "
        "to the best weights. 0 never stops early.",
        unit="epochs",
        ge=0,
        le=1_000_000,
    )
    seed: int = option(
        0,
        "Seed",
        "Decides every random choice. The same recipe, seed and device give the same numbers.",
        ge=0,
        le=2**31 - 1,
    )


class Recipe(Options):
    """Data, corruption, model, objective and training: all that a run depends on."""

    format: Literal[1] = 1
    name: str = option("untitled", "Name", "A short name without spaces.", pattern=r"^[\w.-]+$", max_length=80)
    title: str = option("", "Title", "What the gallery calls it.", max_length=200)
    summary: str = option("", "Summary", "One sentence on what it shows.", max_length=1000)
    data: DataOptions = option(DataOptions(), "Data", "What to learn from.")
    corruption: one_of(Corruption, "aedesk.data.corruptions") = option(
        NoCorruption(),
        "Corruption",
        "What is done to an input before the network sees it. It must give back the clean input.",
    )
    model: ModelOptions = option(ModelOptions(), "Model", "The network.")
    objective: ObjectiveOptions = option(ObjectiveOptions(), "Objective", "What the network makes small.")
    training: TrainingOptions = option(TrainingOptions(), "Training", "How it learns.")

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> Self:
        """A recipe from plain values, as TOML or JSON gives them. RecipeError names the first problem."""
        try:
            return cls.model_validate(document)
        except ValidationError as error:
            raise RecipeError(str(explain(error)[0])) from error

    def document(self) -> dict[str, Any]:
        """The recipe as plain values; ``from_document`` gives it back."""
        return self.model_dump(mode="json", exclude_none=True)

    @classmethod
    def problems_of(cls, document: dict[str, Any]) -> list[Problem]:
        """Everything that is impossible or unwise in plain values, worst first."""
        try:
            recipe = cls.model_validate(document)
        except ValidationError as error:
            return explain(error)
        return recipe.problems()

    def problems(self) -> list[Problem]:
        """What is impossible or unwise in the combination of choices, worst first."""
        return check(self)
