"""The Recipe: every choice that decides a run."""

from typing import Any, Literal, Self

from pydantic import ValidationError

from aedesk.data.augmentation import Augmentation
from aedesk.data.augmentations.none import NoAugmentation
from aedesk.data.corruption import Corruption
from aedesk.data.corruptions.none import NoCorruption
from aedesk.data.loading import DataOptions
from aedesk.errors import RecipeError
from aedesk.models.model_options import ModelOptions
from aedesk.models.objective import ObjectiveOptions
from aedesk.options import Options, one_of, option
from aedesk.recipe_checks import check
from aedesk.recipe_problems import Problem, explain
from aedesk.training_options import TrainingOptions

SECTIONS = ("data", "augmentation", "corruption", "model", "objective", "training")


class Recipe(Options):
    """Data, augmentation, corruption, model, objective and training: all that a run depends on."""

    format: Literal[1] = 1
    name: str = option("untitled", "Name", "A short name without spaces.", pattern=r"^[\w.-]+$", max_length=80)
    title: str = option("", "Title", "What the gallery calls it.", max_length=200)
    summary: str = option("", "Summary", "One sentence on what it shows.", max_length=1000)
    data: DataOptions = option(DataOptions(), "Data", "What to learn from.")
    augmentation: one_of(Augmentation, "aedesk.data.augmentations") = option(
        NoAugmentation(),
        "Augmentation",
        "Variations of the samples themselves, so that the network meets more than the data have. "
        "It must give back the varied sample.",
    )
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

    @property
    def kept_from_copying_by(self) -> Literal["reference", "corruption", "blind spot", "code", "penalty", ""]:
        """What makes a code that is as wide as the data more than a copy of them, if anything does."""
        if self.data.source.has_reference:
            return "reference"
        if self.corruption.changes:
            return "corruption"
        if self.model.blind:
            return "blind spot"
        if self.model.bottleneck.prevents_copying:
            return "code"
        penalties = self.objective.penalties
        return "penalty" if any(one.prevents_copying and one.weight for one in penalties) else ""

    @property
    def blind(self) -> bool:
        """Whether nothing tells the network the values it is judged by, so that the data may be noisy."""
        if self.data.source.has_reference:
            return False
        corruption = self.corruption
        return corruption.blind or (self.model.blind and (corruption.keeps_blind or not corruption.changes))

    @property
    def nearest_seen(self) -> int:
        """How far the nearest value lies that one is foretold from, where that is done blindly; else 1."""
        return max(getattr(self.model.encoder, "nearest", 1), getattr(self.corruption, "width", 1)) if self.blind else 1

    @property
    def hides_neighbours(self) -> bool:
        """Whether what is foretold blindly is not foretold from its next neighbours either, whose noise may be alike."""
        return self.nearest_seen > 1

    def problems(self) -> list[Problem]:
        """What is impossible or unwise in the combination of choices, worst first."""
        return check(self)
