"""Tables: which columns become features, labels and targets, and what is said of what cannot."""

from pathlib import Path

import numpy as np
import pytest

from aedesk.data.csv_table import read_csv
from aedesk.data.loading import DataOptions, load
from aedesk.data.sources.diabetes import Diabetes
from aedesk.data.sources.table import Table, listed_features
from aedesk.errors import DataError

PENGUINS = [
    "island,bill,flipper,species,mass",
    "Biscoe,39.1,181,Adelie,3750",
    "Dream,39.5,186,Adelie,3800",
    "Biscoe,46.1,211,Gentoo,4500",
    "Biscoe,50.0,230,Gentoo,5700",
]


def table(folder: Path, *lines: str, **options: str) -> Table:
    file = folder / "table.csv"
    file.write_text("\n".join(lines or PENGUINS) + "\n", "utf-8")
    return Table(file=str(file), **options)


def test_every_column_is_a_feature(tmp_path: Path) -> None:
    source = table(tmp_path, ignore="species")
    raw = source.read()
    assert source.form == "table" and source.shape() is None
    assert raw.feature_names == ("island=Biscoe", "island=Dream", "bill", "flipper", "mass")
    assert raw.values.dtype == np.float32
    np.testing.assert_allclose(raw.values[:2], [[1, 0, 39.1, 181, 3750], [0, 1, 39.5, 186, 3800]], rtol=1e-6)
    assert raw.labels is None and raw.targets is None and raw.note == ""


def test_label_and_target_are_no_features(tmp_path: Path) -> None:
    raw = table(tmp_path, label="species", target="mass", ignore="island, flipper").read()
    assert raw.feature_names == ("bill",)
    assert raw.label_names == ("Adelie", "Gentoo")
    assert raw.labels is not None and raw.labels.tolist() == [0, 0, 1, 1]
    assert raw.targets is not None and raw.targets.tolist() == [3750, 3800, 4500, 5700]
    assert raw.target_name == "mass"


def test_a_table_brings_what_its_columns_are_named_for() -> None:
    assert not Table().has("labels") and not Table(label=" ").has("labels")
    assert Table(label="species").has("labels") and not Table(label="species").has("targets")
    assert Table(target="mass").has("targets")


def test_a_table_becomes_a_data_set(tmp_path: Path) -> None:
    data = load(DataOptions(source=table(tmp_path, label="species", target="mass"), scaling="standard"))
    assert data.form == "table" and data.shape == (4,) and data.classes == 2
    assert data.targets is not None and data.target_scaler is not None
    back = data.target_scaler.unscaled(data.targets.numpy())
    assert back.tolist() == pytest.approx([3750, 3800, 4500, 5700])


def test_labels_that_are_numbers_are_in_the_order_of_numbers(tmp_path: Path) -> None:
    raw = table(tmp_path, "x,grade", "1,10", "2,9", "3,10", "4,2", label="grade").read()
    assert raw.label_names == ("2", "9", "10")
    assert raw.labels is not None and raw.labels.tolist() == [2, 1, 2, 0]


def test_a_label_column_of_numbers_with_gaps_keeps_its_whole_numbers(tmp_path: Path) -> None:
    raw = table(tmp_path, "x,grade", "1,1", "2,", "3,2", "4,1", label="grade").read()
    assert raw.label_names == ("1", "2") and len(raw.values) == 3


def test_names_are_found_however_they_are_spaced_or_quoted(tmp_path: Path) -> None:
    lines = ['"a, b",bill  length,c', "1,2,3", "4,5,6", "7,8,10"]
    raw = table(tmp_path, *lines, ignore=' "a, b" , ', target=" bill length ").read()
    assert raw.feature_names == ("c",)
    assert raw.targets is not None and raw.targets.tolist() == [2, 5, 8]


def test_decimal_commas_and_other_delimiters(tmp_path: Path) -> None:
    raw = table(tmp_path, "a;b;c", "1,5;2;x", "2,5;3;y", "3,5;4;x").read()
    assert raw.feature_names == ("a", "b", "c=x", "c=y")
    assert raw.values[:, 0].tolist() == [1.5, 2.5, 3.5]


def test_rows_with_gaps_are_left_out_and_counted(tmp_path: Path) -> None:
    lines = ["a,b,kind,goal", "1,1,x,1", ",2,x,2", "3,n/a,y,3", "4,4,,4", "5,5,y,", "6,6,y,6"]
    raw = table(tmp_path, *lines, label="kind", target="goal").read()
    assert raw.values.tolist() == [[1, 1], [6, 6]]
    assert raw.labels is not None and raw.labels.tolist() == [0, 1]
    assert raw.note == "Of 6 rows 4 with missing values were left out."


def test_a_sum_below_the_rows_is_left_out_with_a_note(tmp_path: Path) -> None:
    raw = table(tmp_path, "a,b", "1,3", "2,2", "3,5", "Sum,10").read()
    assert raw.values.tolist() == [[1, 3], [2, 2], [3, 5]]
    assert raw.note == "Line 5, “Sum,10”, is no row of the table and was left out."


def test_a_gap_in_a_text_is_a_gap(tmp_path: Path) -> None:
    raw = table(tmp_path, "a,colour", "1,red", "2,", "3,blue").read()
    assert raw.values.tolist() == [[1, 0, 1], [3, 1, 0]]


def test_columns_that_nobody_would_learn_from_are_left_out_with_a_note(tmp_path: Path) -> None:
    raw = table(tmp_path, "id,a,remark", "1,3,", "2,2,", "3,5,").read()
    assert raw.feature_names == ("a",)
    assert raw.note == (
        "Column “id” counts the rows and was left out. Column “remark” is empty and was left out."
    )


def test_an_index_may_still_be_the_target(tmp_path: Path) -> None:
    raw = table(tmp_path, "id,a", "1,3", "2,2", "3,5", target="id").read()
    assert raw.targets is not None and raw.targets.tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("lines", "options", "words"),
    [
        (["a,b", "1,2", "3,4"], {"label": "kind"}, r"table\.csv has no column “kind”. Choose one of: a, b"),
        (["a,b", "1,2", "3,4"], {"target": "goal"}, "no column “goal”"),
        (["a,b", "1,2", "3,4"], {"ignore": "a, c"}, "no column “c”"),
        (["a,b", "1,2", "3,4"], {"ignore": "a,b"}, "has no column to learn from. Ignore fewer"),
        (["a,b", "1,2", "3,4", "5,5"], {"target": "b", "ignore": "a"}, "has no column to learn from"),
        (["a,b", "1,x", "3,y"], {"target": "b"}, "column “b” holds text"),
        (["a,b", "1,2", "3,2"], {"target": "b"}, "Column “b” of table.csv never changes"),
        (["a,b", "1,", "3,4", ",5"], {}, "has 1 row without a gap; .*Column “a” is empty in 1 of 3 rows"),
        (["a,b", "1,2"], {}, "has 1 row without a gap"),
        (["a,b", "1,2", "1,2", "1,2"], {}, "never changes"),
        (["a,b", "1,2", "2,1e300", "3,2"], {}, "values beyond ±3e38"),
        (["a,b", "1,2", "2,3", "3,ten", "4,1"], {}, r"column “b”: “ten” in line 4 is not a number"),
        (["a,b"], {}, "no rows below it"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_table_that_cannot_be_learned_from(
    lines: list[str], options: dict[str, str], words: str, tmp_path: Path
) -> None:
    with pytest.raises(DataError, match=words):
        table(tmp_path, *lines, **options).read()


def test_a_column_of_many_texts_is_named(tmp_path: Path) -> None:
    lines = ["a,name", *(f"{row},person {row}" for row in range(21))]
    with pytest.raises(DataError, match="column “name” holds 21 different texts, such as “person 0”. Ignore it"):
        table(tmp_path, *lines).read()
    assert len(table(tmp_path, *lines[:21]).read().feature_names) == 21, "20 texts are few enough"
    assert len(table(tmp_path, *lines, label="name").read().label_names) == 21


def test_too_many_labels_are_an_error(tmp_path: Path) -> None:
    lines = ["a,name", *(f"{row % 7},person {row}" for row in range(101))]
    with pytest.raises(DataError, match="Column “name” holds 101 different labels; up to 100"):
        table(tmp_path, *lines, label="name").read()


def test_a_table_without_a_file(tmp_path: Path) -> None:
    assert Table().missing() is not None and Table(file="a.csv").missing() is None
    with pytest.raises(DataError, match=r"gone\.csv does not exist"):
        Table(file=str(tmp_path / "gone.csv")).read()


def test_other_rows_become_the_same_features(tmp_path: Path) -> None:
    names = table(tmp_path, ignore="species").read().feature_names
    other = tmp_path / "other.csv"
    other.write_text("mass,island,bill,flipper\n4000,Dream,40,200\n4100,Torgersen,41,\n")
    values = listed_features(read_csv(other), names)
    assert values is not None
    np.testing.assert_allclose(values[0], [0, 1, 40, 200, 4000])
    np.testing.assert_allclose(values[1], [0, 0, 41, np.nan, 4100])
    assert listed_features(read_csv(other), (*names, "age")) is None


def test_diabetes_brings_a_number_to_tell() -> None:
    source = Diabetes()
    raw = source.read()
    assert raw.values.shape == (442, *(source.shape() or ())) and raw.labels is None
    assert raw.feature_names[:4] == ("age", "sex", "bmi", "bp") and raw.values[0, 0] == 59
    assert raw.targets is not None and raw.targets.shape == (442,)
    assert (raw.targets.min(), raw.targets.max()) == (25, 346)
    assert raw.target_name == "disease progression"
