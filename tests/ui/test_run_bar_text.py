"""The numbers of a run in words."""

import pytest

from aedesk.ui.counts import grouped
from aedesk.ui.panels.run_bar_text import duration, epochs_in_words, result_sentence


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("metrics", "sentence", "better"),
    [
        (
            {"test_mse": 0.0067, "pca_mse": 0.0117, "code_size": 49},
            "AE 0.0067, PCA-49 0.0117: 43 % better",
            True,
        ),
        (
            {"test_mse": 0.013, "pca_mse": 0.01, "code_size": 2, "accuracy": 0.9712},
            "AE 0.0130, PCA-2 0.0100: 30 % worse · 10 nearest codes vote right for 97 %",
            False,
        ),
        (
            {"test_mse": 0.00042, "pca_mse": 0.0011, "code_size": 8, "snr_before_db": 6.01, "snr_after_db": 14.62},
            "AE 0.00042, PCA-8 0.00110: 62 % better · signal to noise 6.0 → 14.6 dB",
            True,
        ),
        ({"test_mse": 0.01, "pca_mse": 0.01, "code_size": 2}, "AE 0.0100, PCA-2 0.0100: the same", None),
        (
            {"test_mse": 0.01, "pca_mse": 0.0, "code_size": 4},
            "AE 0.0100, PCA-4 0.0000: PCA loses nothing here",
            False,
        ),
        (
            {"test_mse": 0.01, "pca_mse": 3e-15, "code_size": 4},
            "AE 0.0100, PCA-4 0.0000: PCA loses nothing here",
            False,
        ),
        ({"test_mse": 0.0, "pca_mse": 0.0, "code_size": 4}, "AE 0.0000, PCA-4 0.0000: both lose nothing", None),
        ({"test_mse": 5.0, "pca_mse": 0.1, "code_size": 4}, "AE 5.0000, PCA-4 0.1000: 50 times PCA's error", False),
        (
            {"test_mse": 0.0528, "pca_mse": 0.01, "code_size": 2},
            "AE 0.0528, PCA-2 0.0100: 5.3 times PCA's error",
            False,
        ),
        ({"test_mse": 0.02, "pca_mse": 0.01, "code_size": 2}, "AE 0.0200, PCA-2 0.0100: 100 % worse", False),
        (
            {"test_mse": 30.0, "pca_mse": 0.01, "code_size": 2},
            "AE 30.0000, PCA-2 0.0100: 3 000 times PCA's error",
            False,
        ),
        ({"test_mse": None, "pca_mse": 0.0117}, "", None),
        ({"test_mse": float("nan"), "pca_mse": 0.0117, "code_size": 4}, "", None),
        ({}, "", None),
    ],
)
def test_the_result_in_one_sentence(metrics, sentence, better):
    text, verdict = result_sentence(metrics)
    assert (plain(text), verdict) == (sentence, better)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.2, "less than 1 s"),
        (12.4, "12 s"),
        (59.7, "1 min 0 s"),
        (130.2, "2 min 10 s"),
        (3900, "1 h 5 min"),
        (100_000, "1 d 3 h"),
        (float("inf"), ""),
        (float("nan"), ""),
    ],
)
def test_a_time_in_words(seconds, text):
    assert plain(duration(seconds)) == text


def test_epochs_are_counted_in_words():
    assert [plain(epochs_in_words(count)) for count in (1, 2, 1200)] == ["1 epoch", "2 epochs", "1 200 epochs"]


def test_numbers_come_in_groups_of_three():
    assert [plain(grouped(number)) for number in (7, 18076.4, 1234567)] == ["7", "18 076", "1 234 567"]
