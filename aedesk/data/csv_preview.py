"""What the first rows of a text table are taken for, before it is opened."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np

from aedesk.data.csv_reading import CsvReading
from aedesk.data.sampling import Sampling
from aedesk.errors import DataError

Role = Literal["time", "channel", "text", "empty"]

_HEAD = 1_000_000  # bytes that are read
_ROWS = 100  # rows that are shown


@dataclass(frozen=True, eq=False)
class Preview:
    """The first rows of a file and how they are read.

    ``reading`` says of every field what was found or given, and ``guessed`` names those that were
    found. ``values`` are those of the channels, float64 ``[rows read, channels]``. Where the file
    cannot be read so, ``problem`` says why, and ``rows`` are its first lines as they stand.
    """

    reading: CsvReading
    guessed: frozenset[str]
    explanation: str = ""
    names: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    roles: tuple[Role, ...] = ()
    values: np.ndarray = field(default_factory=lambda: np.empty((0, 0)))
    sampling: Sampling = field(default_factory=Sampling)
    problem: str = ""


def preview(path: Path | str, reading: CsvReading = CsvReading()) -> Preview:
    """Read the beginning of a file."""
    from aedesk.data.csv_layout import layout_of
    from aedesk.data.csv_table import table_of

    path = Path(path)
    guessed = frozenset(
        name for name, about in CsvReading.model_fields.items() if getattr(reading, name) == about.default
    )
    raw = b""
    try:
        with path.open("rb") as file:
            raw = file.read(_HEAD)
        raw = raw[: raw.rfind(b"\n") + 1] if len(raw) == _HEAD else raw
        layout = layout_of(raw, path.name, reading)
        table = table_of(path, layout, reading)
    except (DataError, OSError) as error:
        lines = raw.decode("latin-1").splitlines()[:_ROWS]
        return Preview(reading, guessed, rows=tuple((line,) for line in lines), problem=str(error))
    dialect = layout.dialect
    found = {"encoding": dialect.encoding, "delimiter": dialect.delimiter, "decimal": dialect.decimal}
    channels = [name for name in table.numeric_names() if not table._counts_rows(name)]
    roles = tuple(
        "channel" if name in channels else "time" if name in table.numeric_names() else "text" for name in table.names
    )
    return Preview(
        reading.model_copy(update={name: value for name, value in found.items() if name in guessed}),
        guessed,
        f"Decimal {'comma' if dialect.decimal == ',' else 'point'}.",
        table.names,
        ("",) * len(table.names),
        tuple(zip(*(table.texts(name)[:_ROWS] for name in table.names), strict=True)),
        roles,
        np.column_stack([table.column(name) for name in channels]) if channels else np.empty((len(table), 0)),
        Sampling(table.time_step()),
    )
