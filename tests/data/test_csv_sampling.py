"""Dates and times tell when rows were taken; jumps, falls and unevenness are noticed and said."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from aedesk.data.csv_reading import CsvReading
from aedesk.data.csv_table import CsvTable, read_csv
from aedesk.data.sampling import Sampling
from aedesk.paths import resource

Row = Callable[[int], str]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.csv"


def table_of(path: Path, names: str, row: Row, count: int = 24, **reading: object) -> CsvTable:
    path.write_text("\n".join([names, *(row(place) for place in range(count))]), "utf-8")
    return read_csv(path, CsvReading.model_validate(reading))


def sampling_of(path: Path, row: Row, count: int = 24) -> Sampling:
    return table_of(path, "t,v", lambda place: f"{row(place)},{place % 3}", count).sampling()


# The names, a row, and the seconds from one to the next.
DATED: dict[str, tuple[str, Row, float]] = {
    "ISO": ("time,v", lambda i: f"2026-12-31T23:59:{i / 2 + 40:06.3f}Z,{i % 3}", 0.5),
    "ISO with decimal commas": ("time;v", lambda i: f"2026-12-31 23:59:{i + 20:02d},25;{i % 3},5", 1),
    "ISO with slashes": ("time;v", lambda i: f"2026/1/1 0:{i:02d};{i % 3}", 60),
    "German": ("Zeit;v", lambda i: f"31.12.2026 23:59:{i + 30:02d},5;{i % 3}", 1),
    "American": ("when,v", lambda i: f"12/31/2026 11:{i + 30:02d} PM,{i % 3}", 60),
    "a month by name": ("when,v", lambda i: f"23-Jan-2018 10:{i:02d},{i % 3}", 60),
    "days first": ("day,v", lambda i: f"{i + 1:02d}/01/2020,{i % 3}", 86400),
    "months first": ("day,v", lambda i: f"01/{i + 1:02d}/2020,{i % 3}", 86400),
    "one column of dates and one of times": (
        "date;clock;v",
        lambda i: f"{'31.12.2026' if i < 10 else '01.01.2027'};{0 if i > 9 else 23:02d}:{(i + 50) % 60:02d}:00;{i % 3}",
        60,
    ),
    "times with points": ("Date;Time;v", lambda i: f"{10 + i // 24}/03/2004;{i % 24:02d}.00.00;{i % 5}", 3600),
    "times of day past midnight": ("t,v", lambda i: f"{0 if i > 9 else 23:02d}:{(i + 50) % 60:02d}:00,{i % 3}", 60),
    "minutes and seconds": ("t,v", lambda i: f"{i // 60:02d}:{i % 60:02d}.5,{i % 3}", 1),
    "seconds since 1970": ("timestamp,v", lambda i: f"{1_700_000_000 + i},{i % 3}", 1),
    "milliseconds since 1970": ("x,v", lambda i: f"{1_700_000_000_000 + 20 * i},{i % 3}", 0.02),
    "zones": ("d,v", lambda i: f"2026-03-29T0{3 - i % 2}:00:{i:02d}+0{2 - i % 2}:00,{i % 3}", 1),
}


@pytest.mark.parametrize("case", DATED)
def test_dates_tell_the_step(case: str, path: Path) -> None:
    names, row, step = DATED[case]
    table = table_of(path, names, row)
    sampling = table.sampling()
    assert table.time_step() == sampling.step == pytest.approx(step)
    assert not len(sampling.breaks) and sampling.times is None and not sampling.note
    assert table.signal_names() == ("v",)


def test_a_person_says_which_comes_first_of_day_and_month(path: Path) -> None:
    steps = {
        first: table_of(path, "d,v", lambda i: f"0{i + 1}/03/2020,{i}", 5, day_first=first).time_step()
        for first in ("yes", "no")
    }
    assert steps["yes"] == 86400 and 28 * 86400 <= steps["no"] <= 31 * 86400


def test_a_row_of_units_says_what_times_are_in(path: Path) -> None:
    assert table_of(path, "Zeit;v\nms;V", lambda i: f"{2 * i};{i % 3}").time_step() == pytest.approx(0.002)


def test_a_person_says_which_column_tells_the_time(path: Path) -> None:
    def row(place: int) -> str:
        return f"{place / 5},{place / 10},{place % 3}"

    assert table_of(path, "a,t,v", row).time_step() == pytest.approx(0.1)
    given = table_of(path, "a,t,v", row, time="a")
    assert given.time_step() == pytest.approx(0.2) and given.signal_names() == ("t", "v")
    none = table_of(path, "a,t,v", row, time="-")
    assert none.time_step() is None and none.signal_names() == ("a", "t", "v")


def test_a_given_rate_goes_before_the_times(path: Path) -> None:
    found = table_of(path, "t,v", lambda i: f"{(i + 9 * (i > 11)) / 10},{i % 3}", rate=360).sampling()
    assert found.step == pytest.approx(1 / 360) and found.breaks.tolist() == [12]
    assert table_of(path, "a,v", lambda i: f"{i % 4},{i % 3}", rate=50).time_step() == 0.02


def test_missing_rows_are_breaks(path: Path) -> None:
    found = sampling_of(path, lambda i: f"{(i + 5 * (i > 9) + (i > 15)) / 100:.2f}")
    assert found.step == pytest.approx(0.01) and found.breaks.tolist() == [10, 16]
    assert found.breaks.dtype == np.int64


def test_rows_that_are_counted_tell_breaks_but_no_step(path: Path) -> None:
    found = sampling_of(path, lambda i: str(i + 7 * (i > 9)))
    assert found.step is None and found.breaks.tolist() == [10]


@pytest.mark.parametrize("digits", [2, 3])
def test_rounding_is_no_break_and_no_unevenness(digits: int, path: Path) -> None:
    found = sampling_of(path, lambda i: f"{i / 360:.{digits}f}", 2000)
    assert found.step == pytest.approx(1 / 360, rel=2e-3) and not len(found.breaks) and found.unevenness == 0


def test_uneven_rows_are_measured_and_their_times_told(path: Path) -> None:
    times = np.cumsum(np.random.default_rng(0).uniform(0.5, 1.5, 400)) / 100
    found = sampling_of(path, lambda i: f"{times[i]:.6f}", 400)
    assert found.unevenness == pytest.approx(0.5, rel=0.2) and "not evenly spaced" in found.note
    np.testing.assert_allclose(found.times, times - times[0], atol=1e-5)
    assert not len(found.breaks)
    assert found.note == "Rows are not evenly spaced: most steps are between 5.59 ms and 14.6 ms, half of them above 10.5 ms."


@pytest.mark.parametrize("seed", range(4))
def test_long_steps_of_random_times_are_no_gaps_and_a_real_one_is(seed: int, path: Path) -> None:
    times = np.cumsum(np.random.default_rng(seed).exponential(0.01, 3000))
    found = sampling_of(path, lambda i: f"{times[i]:.6f}", 3000)
    assert found.unevenness and not len(found.breaks)
    gap = sampling_of(path, lambda i: f"{times[i] + (i >= 1500):.6f}", 3000)
    assert gap.breaks.tolist() == [1500]


def test_times_that_stand_still_or_fall_are_said(path: Path) -> None:
    still = sampling_of(path, lambda i: f"{(i - (i == 7)) / 100:.2f}")
    assert still.step == pytest.approx(0.01) and "of the row before, first in line 9" in still.note
    falls = sampling_of(path, lambda i: f"{(i - 50 * (i > 59)) / 100:.2f}", 100)
    assert falls.step == pytest.approx(0.01) and falls.breaks.tolist() == [60]
    assert "falls once, first in line 62" in falls.note
    back = sampling_of(path, lambda i: f"{(50 - i) / 100:.2f}")
    assert back.step == pytest.approx(0.01) and "backwards" in back.note
    mess = sampling_of(path, lambda i: str((i * 7) % 5))
    assert mess.step is None and "No sampling rate" in mess.note


def test_a_missing_time_is_said_and_no_break(path: Path) -> None:
    found = sampling_of(path, lambda i: "" if i == 5 else f"{i / 10}")
    assert found.step == pytest.approx(0.1) and not len(found.breaks)
    assert "The time of one row is missing, first in line 7." in found.note


def test_columns_of_codes_and_versions_are_no_times(path: Path) -> None:
    assert table_of(path, "who,v", lambda i: f"1.{i}.3,{i % 3}").times is None
    assert table_of(path, "id,v", lambda i: f"{2 * i},{i % 3}").times is None
    assert table_of(path, "v", lambda i: f"{i / 3:.3f}").times is None


def packets(rows: int, length: float, count: int = 3000, first: int = 0) -> Row:
    """Times of packets of so many rows, that come so many seconds one after another."""
    return lambda place: f"{(place + first) // rows * length:.3f}"


@pytest.mark.parametrize(
    ("row", "rate"),
    [
        (packets(25, 0.1), 250),
        (packets(25, 0.1, first=13), 250),
        (packets(26, 0.104), 250),
        (packets(50, 1, first=31), 50),
        (packets(4, 0.016), 250),
        (lambda i: f"{int(i * 0.0271 * 10) / 10:.1f}", 1 / 0.0271),
        (lambda i: f"{int(i * 0.55)}", 1 / 0.55),
        (lambda i: f"{int(i * 0.7)}", 1 / 0.7),
    ],
)
def test_times_in_packets_tell_the_rate(row: Row, rate: float, path: Path) -> None:
    sampling = table_of(path, "time [s],v", lambda i: f"{row(i)},{i % 7}", 3000).sampling()
    assert 1 / sampling.step == pytest.approx(rate, rel=0.002)
    assert not len(sampling.breaks) and not sampling.note


@pytest.mark.parametrize(("rows", "count", "said"), [(2, 1000, "for 2 rows"), (2, 999, "for 2 rows"), (25, 3000, "for 25 rows")])
def test_rows_that_share_a_time_are_said(rows: int, count: int, said: str, path: Path) -> None:
    table = table_of(path, "time [s],v", lambda i: f"{i // rows / 50:.2f},{i % 7}", count)
    sampling = table.sampling()
    assert 1 / sampling.step == pytest.approx(50 * rows, rel=0.01) and not len(sampling.breaks)
    assert sampling.sharing == pytest.approx(rows, rel=0.01) and f"each time {said}" in table.explanation()


def test_dates_in_whole_seconds_tell_the_rate(path: Path) -> None:
    sampling = sampling_of(path, lambda i: f"2024-03-12 10:{i // 3000:02d}:{i // 50 % 60:02d}", 3020)
    assert 1 / sampling.step == pytest.approx(50, rel=0.001)


def test_a_packet_that_is_missing_is_a_jump(path: Path) -> None:
    row = packets(26, 0.104)
    sampling = sampling_of(path, lambda i: row(i + 26 * (i >= 520)), 2600)
    assert 1 / sampling.step == pytest.approx(250, rel=0.002)
    assert sampling.breaks.tolist() == [520]
    assert sampling.jumps == pytest.approx([0.104])


HEAD = "%OpenBCI\n%Sample Rate = 250 Hz\nSample Index, EXG Channel 0, Timestamp (Formatted)"


def test_the_rate_above_goes_before_times_that_stand_still(path: Path) -> None:
    whole = table_of(path, HEAD, lambda i: f"{i % 256}.0, {i % 7}.5, 2024-01-01 00:00:{i // 247:02d}", 3000)
    assert whole.goes_by_settings() and whole.time_step() == 1 / 250
    assert "by “Sample Rate” above them" in whole.explanation()
    assert whole.signal_names() == ("EXG Channel 0",)
    other = table_of(path, HEAD, lambda i: f"{i % 256}.0, {i % 7}.5, 2024-01-01 00:00:{i // 100:02d}", 3000)
    assert not other.goes_by_settings() and other.time_step() == pytest.approx(0.01)
    exact = table_of(path, HEAD, lambda i: f"{i % 256}.0, {i % 7}.5, 2024-01-01 00:00:{i / 248:09.6f}", 3000)
    assert not exact.goes_by_settings() and exact.time_step() == pytest.approx(1 / 248, rel=1e-4)


@pytest.mark.parametrize(
    ("count", "is_index"),
    [
        (lambda i: i % 256, True),
        (lambda i: (i + 77) % 256, True),
        (lambda i: (i + (i > 100)) % 100, True),
        (lambda i: i % 2, False),
        (lambda i: i * i % 256, False),
        (lambda i: 100 - i % 100, False),
        (lambda i: i % 256 + 0.5, False),
    ],
)
def test_counters_that_begin_anew_are_no_signals(count: Callable[[int], float], is_index: bool, path: Path) -> None:
    table = table_of(path, "sample,v,w", lambda i: f"{count(i)},{i % 7},{i % 5}", 600)
    assert table.default_name() == ("v" if is_index else "sample")


@pytest.mark.parametrize("digits", [4, 6])
@pytest.mark.parametrize("count", [3000, 60_000])
def test_so_many_digits_in_all_are_no_unevenness(digits: int, count: int, path: Path) -> None:
    found = sampling_of(path, lambda i: f"{i / 360:.{digits}g}", count)
    assert found.step == pytest.approx(1 / 360, rel=2e-3)
    assert not len(found.breaks) and found.unevenness == 0 and not found.note


def test_the_shipped_heartbeat_is_even() -> None:
    sampling = read_csv(resource("examples", "ecg.csv")).sampling()
    assert sampling.step == pytest.approx(1 / 360, rel=1e-5) and sampling.times is None and not sampling.note
