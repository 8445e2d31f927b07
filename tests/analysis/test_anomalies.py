"""Anomalies in time: what is unlike the normal is marked, and little else."""

from pathlib import Path

import numpy as np
import pytest
from small import CPU, trained

from aedesk.analysis.anomalies import (
    Marked,
    Threshold,
    marked,
    normal_scores,
    share_marked,
    scores,
    threshold_of_most,
    threshold_of_normal,
)
from aedesk.data.loading import load
from aedesk.data.sampling import Sampling
from aedesk.errors import DataError
from aedesk.models.autoencoder import Autoencoder
from aedesk.recipe import Recipe
from aedesk.training.run import train
from aedesk.training.trained_model import TrainedModel

PERIOD, WINDOW = 50, 64

PLAIN = {"model": {"code_size": 4, "encoder": {"kind": "dense", "layers": [{"width": 32}]}}}
BLIND = {
    "model": {"bottleneck": {"kind": "spatial"}, "encoder": {"kind": "two-sided", "channels": 8, "depth": 4}},
    "corruption": {"kind": "none"},
}


def beats(count: int, seed: int) -> np.ndarray:
    """A beat that repeats every ``PERIOD`` samples, with a little noise."""
    phase = np.arange(count) % PERIOD / PERIOD
    beat = 3 * np.exp(-(((phase - 0.3) / 0.05) ** 2)) + 0.5 * np.sin(2 * np.pi * phase)
    return beat + np.random.default_rng(seed).normal(0, 0.15, count)


def with_anomalies(count: int = 6000) -> tuple[np.ndarray, list[int]]:
    """Beats, a changed one, a flat line and a train of spikes among them, and where those are."""
    values = beats(count, 3)
    values[1000:1050] = values[1000:1050][::-1]
    values[2500:2600] = 0.0
    values[4000:4100:10] += 3
    return values, [1025, 2550, 4050]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, TrainedModel]:
    path = tmp_path_factory.mktemp("anomalies") / "normal.csv"
    path.write_text("x\n" + "\n".join(f"{value:.5g}" for value in beats(9000, 1)))
    return {"plain": learned(path, PLAIN, 16), "blind": learned(path, BLIND, 3)}


def learned(path: Path, changed: dict[str, object], epochs: int) -> TrainedModel:
    source = {"kind": "signal", "file": str(path), "window": WINDOW, "hop": 4}
    training = {"epochs": epochs, "batch_size": 64, "learning_rate": 0.005}
    data = {"source": source, "scaling": "standard"}
    recipe = Recipe.from_document({"name": "beats", "data": data, "training": training} | changed)
    *_, last = train(recipe, load(recipe.data), CPU)
    return last.model


@pytest.mark.parametrize("threshold_by", ["kept aside", "a normal recording", "most of itself"])
def test_planted_anomalies_are_found_and_nothing_else(threshold_by: str, models: dict[str, TrainedModel]) -> None:
    model = models["plain"]
    values, places = with_anomalies()
    found = scores(model, values)
    assert found.shape == values.shape and found.dtype == np.float64 and (found >= 0).all()
    normal = {"kept aside": lambda: normal_scores(model), "a normal recording": lambda: scores(model, beats(8000, 5))}
    if threshold_by in normal:
        threshold = threshold_of_normal(normal[threshold_by](), 1e-4, WINDOW)
    else:
        threshold = threshold_of_most(found, 1e-4)
    stretches = marked(found, threshold.threshold, WINDOW)
    assert [any(one.start <= place < one.stop for one in stretches) for place in places] == [True] * 3
    assert len(stretches) <= 8 and sum(one.stop - one.start for one in stretches) < 600, "little else"
    peaks = sorted(stretches, key=lambda one: one.peak)[-3:]
    assert all(any(abs(one.at - place) < WINDOW for one in peaks) for place in places)


def test_a_model_that_learned_blindly_finds_what_it_could_not_foretell(models: dict[str, TrainedModel]) -> None:
    values, places = with_anomalies()
    found = scores(models["blind"], values)
    threshold = threshold_of_normal(scores(models["blind"], beats(8000, 5)), 1e-3, WINDOW)
    stretches = marked(found, threshold.threshold, WINDOW)
    assert any(one.start <= places[2] < one.stop for one in stretches), "spikes"
    assert any(one.start <= places[1] < one.stop for one in stretches), "a flat line, which is foretold too well"
    assert sum(one.stop - one.start for one in stretches) < 0.06 * len(values)


def test_a_sensor_that_died_is_noticed_where_there_is_noise_and_however_long(models: dict[str, TrainedModel]) -> None:
    model = models["blind"]
    normal = scores(model, beats(8000, 5))
    values = beats(6000, 6)
    known = model.with_metrics({"noise": 0.15})  # as it was told of what the model learned from
    for judge, start, stop in ((model, 3000, 3200), (model, 3000, 6000), (known, 100, 5900)):
        dead = values.copy()
        dead[start:stop] = dead[start]
        found = scores(judge, dead)
        assert np.median(found[start + WINDOW : stop - WINDOW]) > 10 * np.median(normal)
        assert np.median(found[:100]) < 2 * np.median(normal)
    assert scores(model, values).max() < 10 * np.median(normal), "none is dead"
    quiet = np.sin(np.arange(3000) / 9)
    quiet[1000:1500] = quiet[1000]
    assert scores(model, quiet)[1200:1300].max() < np.median(normal), "without noise a flat line is as good as any"


def test_a_recording_that_is_dead_as_a_whole_is_noticed_by_what_the_model_learned(models: dict[str, TrainedModel]) -> None:
    model, flat = models["blind"], np.full(1000, 0.3)
    assert scores(model, flat).max() < 0.1
    assert np.median(scores(model.with_metrics({"noise": 0.15}), flat)) > 10 * np.median(scores(model, beats(8000, 5)))


def test_one_dead_channel_of_several_is_noticed(tmp_path: Path) -> None:
    normal = np.stack([beats(5000, seed) for seed in (1, 2, 3)], axis=1)
    path = tmp_path / "three.csv"
    path.write_text("a,b,c\n" + "\n".join(",".join(f"{value:.5g}" for value in row) for row in normal))
    source = {"kind": "signal", "file": str(path), "column": "*", "window": WINDOW, "hop": 4}
    model = learned(path, BLIND | {"data": {"source": source, "scaling": "standard"}}, 2)
    dead = np.stack([beats(5000, seed) for seed in (4, 5, 6)], axis=1)
    dead[2000:2300, 1] = 0.2
    found = scores(model, dead)
    assert np.median(found[2050:2250]) > 4 * np.median(found[:1900])


@pytest.mark.parametrize("rate", [0.05, 0.01, 0.001])
@pytest.mark.parametrize("name", ["plain", "blind"])
def test_false_alarms_on_other_normal_data_are_near_the_wanted_rate(
    rate: float, name: str, models: dict[str, TrainedModel]
) -> None:
    model = models[name]
    normal, other = scores(model, beats(20_000, 5)), scores(model, beats(40_000, 6))
    for threshold in (threshold_of_normal(normal, rate, WINDOW), threshold_of_most(normal, rate)):
        assert threshold.rate == rate
        # 40 000 samples hold too few windows to tell that one in a thousand is not rarer.
        least = rate / 6 if rate > 0.001 else -1
        assert least < float((other > threshold.threshold).mean()) < 3 * rate


def test_a_rarer_false_alarm_has_a_higher_threshold() -> None:
    found = np.random.default_rng(0).lognormal(size=3000)
    for judge in (lambda rate: threshold_of_normal(found, rate, 64), lambda rate: threshold_of_most(found, rate)):
        thresholds = [judge(rate).threshold for rate in (0.5, 0.1, 0.01, 1e-3, 1e-5)]
        assert thresholds == sorted(thresholds)


@pytest.mark.parametrize("judge", [lambda found: threshold_of_normal(found, 0.1, 4), lambda found: threshold_of_most(found, 0.1)])
def test_no_scores_are_an_error(judge) -> None:
    with pytest.raises(DataError, match="too few samples"):
        judge(np.full(5, np.nan))
    assert np.isfinite(judge(np.array([0.0, 0.0, 1.0])).threshold)


def test_gaps_have_no_score_and_short_stretches_none_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Autoencoder, "forward", lambda self, x: x + 2)
    values = np.linspace(0, 1, 100)
    values[[0, 40, 50]] = np.nan
    found = scores(trained("signal"), values, Sampling(breaks=np.array([80])))
    known = np.ones(100, bool)
    known[[0, *range(40, 51)]] = False
    assert np.array_equal(np.isfinite(found), known)
    np.testing.assert_allclose(found[known], 4, rtol=1e-5)


def test_what_a_model_cannot_take_is_an_error() -> None:
    with pytest.raises(DataError, match="several"):
        scores(trained("signal"), np.zeros((100, 2)))
    with pytest.raises(DataError, match="has 10 samples in a row, and the model needs 16"):
        scores(trained("signal"), np.zeros(10))
    with pytest.raises(DataError, match="not from signals"):
        scores(trained("table"), np.zeros(100))


def test_where_the_recording_is_gone_it_is_said(tmp_path: Path) -> None:
    path = tmp_path / "normal.csv"
    path.write_text("x\n" + "\n".join(f"{value:.5g}" for value in beats(2000, 1)))
    model = learned(path, PLAIN, 1)
    assert len(normal_scores(model)) > WINDOW
    path.unlink()
    with pytest.raises(DataError, match="does not exist"):
        normal_scores(model)


def test_marked_stretches_are_merged_and_short_ones_dropped() -> None:
    found = np.zeros(200)
    found[10:20], found[15] = 2, 5
    found[24:30] = 3  # close to the one before: they are one
    found[60:62] = 9  # too short
    found[150:200] = 2
    found[160] = np.nan
    assert marked(found, 1.0, 16) == [
        Marked(10, 30, 15, 5.0, pytest.approx((9 * 2 + 5 + 6 * 3) / 20)),
        Marked(150, 160, 150, 2.0, 2.0),
        Marked(161, 200, 161, 2.0, 2.0),
    ]
    assert share_marked(found, marked(found, 1.0, 16)) == pytest.approx((20 + 49) / 199)
    assert marked(found, 100.0, 16) == []
    assert marked(np.full(9, np.nan), 0.0, 16) == []


def test_a_stretch_ends_where_time_jumps_or_a_value_is_missing() -> None:
    found = np.full(100, 3.0)
    found[40:45] = np.nan
    stretches = marked(found, 1.0, 16, np.array([70]))
    assert [(one.start, one.stop) for one in stretches] == [(0, 40), (45, 70), (70, 100)]
    assert share_marked(found, stretches) == 1


def test_a_threshold_is_a_value() -> None:
    assert Threshold(0.1, 2.0) == Threshold(0.1, 2.0)
