"""A signal: one column of a CSV file, one channel of a sound or an array."""

from pathlib import Path
from typing import ClassVar, Literal

import numpy as np

from aedesk import paths
from aedesk.data.source import Form, Recording, file_stamp
from aedesk.data.windowed import WindowedSource
from aedesk.errors import DataError
from aedesk.options import option


class Signal(WindowedSource):
    """One column of a CSV file, or one channel of a sound or an array, as a signal in time."""

    title: ClassVar[str] = "Signal"
    summary: ClassVar[str] = "One column of a CSV file, or one channel of a sound or a NumPy array, read as a signal in time."
    kind: Literal["signal"] = "signal"
    file: str = option(
        "",
        "File",
        "The CSV file, sound (WAV, FLAC, OGG) or NumPy array to read. A name without a folder may also be one of the shipped examples.",
    )
    column: str = option(
        "",
        "Column",
        "The column or channel to learn from. Left empty, the first of numbers that is not a time.",
    )

    @property
    def form(self) -> Form:
        return "signal"

    def missing(self) -> tuple[str, str] | None:
        return None if self.file else ("file", "Choose the file to learn from.")

    def stamp(self) -> object:
        return file_stamp(self._path())

    def read(self) -> Recording:
        from aedesk.data.csv_table import usable
        from aedesk.data.recording_file import read_recording

        table = read_recording(self._path())
        name = self.column or table.default_name()
        values = table.column(name)
        usable(values, f"Column “{name}” of {table.path.name}")
        with np.errstate(over="ignore"):
            short = values.astype(np.float32)
        if np.isinf(short).any():
            raise DataError(
                f"Column “{name}” of {table.path.name} has values beyond ±3e38, which are too large. "
                "Give it in another unit."
            )
        return Recording(short, name, table.time_step())

    def _path(self) -> Path:
        given = Path(self.file).expanduser()
        example = paths.resource("examples", self.file)
        return example if given.name == self.file and not given.exists() and example.is_file() else given
