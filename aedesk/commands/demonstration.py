"""What happens without a screen: the default recipe in the terminal."""

from pathlib import Path

from aedesk.commands.train import chosen_recipe, free_name, run_recipe, sentences
from aedesk.errors import AedeskError, TrainingError
from aedesk.files.model_file import SUFFIX
from aedesk.files.recipe_file import DEFAULT_RECIPE
from aedesk.training.devices import choose


def demonstrate() -> int:
    """Train the default recipe and leave the model and its pictures in a new folder."""
    recipe = chosen_recipe(DEFAULT_RECIPE, [])
    folder = free_name(Path.cwd() / f"aedesk-{recipe.name}")
    print("There is no screen, so AEDesk trains its default recipe here instead of opening its window.")
    print("See aedesk --help for all that the terminal can do.\n")
    print(f"{recipe.name}: {recipe.summary}", flush=True)
    try:
        folder.mkdir()
    except OSError as error:
        raise AedeskError(f"{folder} cannot be made: {error.strerror}. Start AEDesk in another folder.") from error
    finished, figures = run_recipe(recipe, choose(), folder / f"{recipe.name}{SUFFIX}", folder)
    print("\n".join(sentences(figures)))
    print(f"The model and its pictures are in {folder}")
    if finished.reason == "failed":
        raise TrainingError(finished.message)
    return 130 if finished.reason == "stopped" else 0
