"""A table: the rows of a CSV file."""

import csv
from collections.abc import Iterator, Sequence
from functools import partial
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from aedesk.data.csv_time import counts_rows, counts_time
from aedesk.data.source import Beside, Form, Raw, Source, file_stamp
from aedesk.errors import DataError
from aedesk.options import option

if TYPE_CHECKING:
    from aedesk.data.csv_table import CsvTable

_MOST_TEXTS = 20
_MOST_LABELS = 100


class Table(Source):
    """The rows of a CSV file: columns of numbers as they are, columns of few texts as a 1 among 0s."""

    title: ClassVar[str] = "Table (a CSV file)"
    summary: ClassVar[str] = "A CSV file with a header; each row is a sample and each column a feature."
    kind: Literal["table"] = "table"
    file: str = option("", "File", "The CSV file to read. Its first line names the columns.")
    label: str = option(
        "",
        "Label column",
        "The column that says of what kind a row is. It colours the map and is what a classifier "
        "learns; the network does not see it.",
    )
    target: str = option(
        "",
        "Target column",
        "The column of numbers that a regressor learns to tell; the network does not see it.",
    )
    ignore: str = option(
        "", "Ignore", "Columns to leave out, with commas between them: names, numbers of rows, remarks."
    )

    @property
    def form(self) -> Form:
        return "table"

    def shape(self) -> tuple[int, ...] | None:
        return None

    def has(self, what: Beside) -> bool:
        return bool((self.label if what == "labels" else self.target).strip())

    def missing(self) -> tuple[str, str] | None:
        return None if self.file else ("file", "Choose the CSV file to learn from.")

    def stamp(self) -> object:
        return file_stamp(self._path())

    def read(self) -> Raw:
        from aedesk.data.csv_table import read_csv
        from aedesk.data.usable import usable

        table = read_csv(self._path())
        where = table.path.name
        wanted, notes = self._wanted(table)
        features = {name: part for column in wanted for name, part in feature_columns(table, column)}
        if not features:
            raise DataError(f"{where} has no column to learn from. Ignore fewer, or choose another file.")
        targets = table.column(_tidy(self.target)) if self.target.strip() else None
        labels = np.array(table.texts(_tidy(self.label))) if self.label.strip() else None

        gaps = {name: np.isnan(part) for name, part in features.items()}
        if targets is not None:
            gaps[self.target] = np.isnan(targets)
        if labels is not None:
            gaps[self.label] = labels == ""
        whole = _whole_rows(gaps, where)
        values = np.column_stack(list(features.values()))[whole]
        usable(values, where)
        if targets is not None:
            usable(targets[whole], f"Column “{_tidy(self.target)}” of {where}")
        if np.abs(values).max() > np.finfo(np.float32).max:
            raise DataError(f"{where} has values beyond ±3e38, which are too large. Use another unit.")
        if table.left_out:
            notes.append(table.left_out)
        if not whole.all():
            notes.append(f"Of {len(whole)} rows {(~whole).sum()} with missing values were left out.")
        classes, names = _classes(labels[whole], self.label) if labels is not None else (None, ())
        return Raw(
            values.astype(np.float32),
            labels=classes,
            label_names=names,
            feature_names=tuple(features),
            targets=None if targets is None else targets[whole],
            target_name=self.target if targets is not None else "",
            note=" ".join(notes),
        )

    def _wanted(self, table: "CsvTable") -> tuple[list[str], list[str]]:
        """The columns that are features, and sentences on those that nobody would learn from."""
        ignored = [_tidy(name) for name in next(csv.reader([self.ignore], skipinitialspace=True), [])]
        apart = {name for name in (*ignored, _tidy(self.label), _tidy(self.target)) if name}
        for name in apart:
            table.texts(name)  # which says where there is no such column
        wanted, notes = [], []
        for name in table.names:
            if name in apart:
                continue
            if name in table.numeric_names():
                if counts_rows(name, partial(table.values, name)) and counts_time(table.column(name)):
                    notes.append(f"Column “{name}” counts the rows and was left out.")
                    continue
            elif not any(table.texts(name)):
                notes.append(f"Column “{name}” is empty and was left out.")
                continue
            wanted.append(name)
        return wanted, notes

    def _path(self) -> Path:
        return Path(self.file).expanduser()


def feature_columns(table: "CsvTable", column: str) -> Iterator[tuple[str, np.ndarray]]:
    """A column as features ``[rows]`` by name, NaN where a cell is blank: itself, or one for each text.

    DataError where a text column has too many texts.
    """
    if column in table.numeric_names():
        yield column, table.column(column)
        return
    cells = np.array(table.texts(column))
    texts = sorted(set(cells) - {""})
    if len(texts) > _MOST_TEXTS:
        raise DataError(
            f"{table.path.name}, column “{column}” holds {len(texts)} different texts, such as "
            f"“{texts[0][:40]}”. Ignore it, or use it as the label; up to {_MOST_TEXTS} become features."
        )
    for text in texts:
        yield f"{column}={text}", np.where(cells == "", np.nan, cells == text)


def listed_features(table: "CsvTable", names: Sequence[str]) -> np.ndarray | None:
    """The features of these names ``[rows, features]``, NaN where a cell is blank.

    None where the table lacks one of them. A text that has no feature of its own has none set.
    """
    parts = []
    for name in names:
        column, _, text = name.rpartition("=")
        if name in table.numeric_names():
            parts.append(table.column(name))
        elif column in table.names:
            cells = np.array(table.texts(column))
            parts.append(np.where(cells == "", np.nan, cells == text))
        else:
            return None
    return np.column_stack(parts) if parts else None


def _whole_rows(gaps: dict[str, np.ndarray], where: str) -> np.ndarray:
    """Which rows have no gap: bool ``[rows]``. DataError, naming the emptiest column, where too few are left."""
    whole = ~np.any(list(gaps.values()), axis=0)
    if whole.sum() < 2:
        worst = max(gaps, key=lambda name: gaps[name].sum())
        raise DataError(
            f"{where} has {whole.sum()} {'row' if whole.sum() == 1 else 'rows'} without a gap; at least 2 "
            f"are needed. Column “{worst}” is "
            f"empty in {gaps[worst].sum()} of {len(whole)} rows: fill it in, or ignore it."
        )
    return whole


def _classes(texts: np.ndarray, column: str) -> tuple[np.ndarray, tuple[str, ...]]:
    """Labels ``[rows]`` and their names, numbers by size and texts by alphabet."""
    names = sorted(set(texts.tolist()), key=_in_order)
    if len(names) > _MOST_LABELS:
        raise DataError(
            f"Column “{column}” holds {len(names)} different labels; up to {_MOST_LABELS} can be told "
            "apart. Choose another label column, or use it as the target if it holds numbers."
        )
    places = {name: place for place, name in enumerate(names)}
    return np.array([places[text] for text in texts.tolist()]), tuple(names)


def _in_order(text: str) -> tuple[float, str]:
    try:
        return float(text), text
    except ValueError:
        return inf, text


def _tidy(name: str) -> str:
    """A column's name as it is when it is read."""
    return " ".join(name.split())
