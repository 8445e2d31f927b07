"""Models kept without being asked, so that nothing a person trained is lost."""

from datetime import datetime
from pathlib import Path

from aedesk import paths
from aedesk.files import model_file
from aedesk.training.trained_model import TrainedModel

_MOST_KEPT = 20


def place_for(model: TrainedModel) -> Path:
    """Where a model is to be kept: in the user's data folder, named after the time and its recipe."""
    time = datetime.now().strftime("%Y-%m-%d %H.%M.%S")
    return _folder() / f"{time} {model.recipe.name}{model_file.SUFFIX}"


def keep(model: TrainedModel, path: Path) -> Path:
    """Save a model at its place; the oldest of more than twenty go. AedeskError where it cannot be written."""
    model_file.save(model, path)
    for old in kept()[_MOST_KEPT:]:
        old.unlink(missing_ok=True)
    return path


def kept() -> list[Path]:
    """The kept models, the newest first."""
    return sorted(_folder().glob(f"*{model_file.SUFFIX}"), reverse=True)


def _folder() -> Path:
    folder = paths.user_data() / "kept"
    folder.mkdir(exist_ok=True)
    return folder
