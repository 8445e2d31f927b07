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
            "Signal to noise 6.0 → 14.6 dB · AE 0.00042, PCA-8 0.00110: 62 % better",
            True,
        ),
        (
            {"test_mse": 0.03, "pca_mse": 0.02, "code_size": 8, "psnr_before_db": 9.0, "psnr_db": 15.2},
            "Peak signal to noise 9.0 → 15.2 dB · AE 0.0300, PCA-8 0.0200: 50 % worse",
            None,
        ),
        (
            {"test_mse": 0.5, "pca_mse": 0.1, "code_size": 2, "head_accuracy": 0.9667, "accuracy": 0.9},
            "Labels told right: 96.7 % · AE 0.5000, PCA-2 0.1000: 5.0 times PCA's error",
            None,
        ),
        (
            {"test_mse": 0.05, "pca_mse": 0.1, "code_size": 2, "head_accuracy": 0.31},
            "Labels told right: 31.0 % · AE 0.0500, PCA-2 0.1000: 50 % better",
            None,
        ),
        (
            {"test_mse": 0.1, "pca_mse": 0.1, "code_size": 2, "r2": 0.673, "number_error": 2.5},
            "Number told with R² 0.67 · AE 0.1000, PCA-2 0.1000: the same",
            None,
        ),
        (
            {"test_mse": 0.1, "pca_mse": 0.02, "code_size": 32, "words": 0.815, "characters": 0.97, "repaired": None},
            "Whole words right: 81.5 % · Letters right: 97.0 %",
            None,
        ),
        (
            {"test_mse": 0.1, "pca_mse": 0.02, "words": 0.815, "characters": 0.97, "repaired": 0.6},
            "Corrupted words repaired: 60.0 % · Whole words right: 81.5 % · Letters right: 97.0 %",
            None,
        ),
        (
            {"test_mse": 0.04, "pca_mse": 0.02, "code_size": 8, "bound": 101.27},
            "Evidence bound 101.3 nats per sample · AE 0.0400, PCA-8 0.0200: 100 % worse",
            None,
        ),
        (
            {"test_mse": 0.02, "pca_mse": 0.01, "code_size": 100, "pca_components": 64},
            "AE 0.0200, PCA-64 0.0100: 100 % worse",
            False,
        ),
        (
            {"test_mse": 0.02, "pca_mse": 0.01, "code_size": 8, "head_accuracy": None, "bound": None, "r2": None},
            "AE 0.0200, PCA-8 0.0100: 100 % worse",
            False,
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
        (
            {"test_mse": 0.02, "pca_mse": 0.01, "code_size": 8, "near_zero": 0.43},
            "Code values near 0: 43.0 % · AE 0.0200, PCA-8 0.0100: 100 % worse",
            None,
        ),
        (
            {"test_mse": 0.02, "pca_mse": 0.01, "code_size": 8, "told_apart": 0.5694},
            "Codes told from the prior: AUC 0.57 · AE 0.0200, PCA-8 0.0100: 100 % worse",
            None,
        ),
        (
            {"test_mse": 0.0068, "pca_mse": None, "psnr_before_db": 7.96, "psnr_db": 21.7},
            "Peak signal to noise 8.0 → 21.7 dB · Mean squared error 0.0068",
            None,
        ),
        ({"test_mse": 0.1, "pca_mse": None, "words": 0.5}, "Whole words right: 50.0 %", None),
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
