"""Writing files so that a reader sees the old one or the new one, never half of either."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from aedesk.errors import AedeskError


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` in one step: see ``written_whole``."""
    with written_whole(path) as out:
        out.write(content)


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file beside ``path`` to write into; at the end it is flushed to the disk and put in place in one step.

    A link is followed. AedeskError where the folder is missing, not writable or full, or where the
    name belongs to something that is no file; what was there then stays, as it does after any other error.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise AedeskError(f"{path} is not a file that can be written. Choose another name.")
    try:
        handle, part = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
        try:
            with os.fdopen(handle, "w+b") as out:
                yield out
                out.flush()
                os.fsync(out.fileno())
            os.chmod(part, 0o666 & ~_umask())
            os.replace(part, target)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise AedeskError(
            f"{path} cannot be written: {error.strerror or error}. "
            "Choose another folder, or free some space on this one."
        ) from error


def _umask() -> int:
    """The permissions that new files are not given; asking for it means setting it for a moment."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
