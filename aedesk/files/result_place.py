"""Where what was made of a file may be written: not over that file, nor under a model's name."""

from pathlib import Path

from aedesk.errors import AedeskError
from aedesk.files import model_file


def check_place(source: Path, out: Path, ending: str = "") -> None:
    """AedeskError where writing ``out`` would replace its ``source``, or what is named like a model.

    ``ending`` is the one that it should have, that of the source where none is given.
    """
    if out.exists() and source.exists() and out.samefile(source):
        raise AedeskError(f"{source.name} itself would be replaced. Choose another name, so that it stays as it is.")
    if out.suffix.lower() == model_file.SUFFIX:
        raise AedeskError(f"{out.name} is named like a model. Give it the ending {ending or source.suffix or '.csv'}.")
