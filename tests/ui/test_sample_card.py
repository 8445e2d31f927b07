"""The card that floats over a map says what a sample is."""

import numpy as np
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from aedesk.data.words import encode_words
from aedesk.ui.views.latent_card import SampleCard


def said(card: SampleCard) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel) if label.isVisibleTo(card) and label.text()]


def test_a_word_is_shown_as_a_word(qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    card = SampleCard(room)
    alphabet = tuple(" abcdefghijklmnopqrstuvwxyz")
    shares = 0.5 * encode_words(["typewriter"], alphabet, 12)[0].astype(np.float32)
    card.show_sample(shares, "words", (0.0, 1.0), alphabet, footer="Sample 3")
    assert said(card) == ["typewriter", "Sample 3"]
    blank = encode_words([""], alphabet, 12)[0]
    card.show_sample(blank, "words", (0.0, 1.0), alphabet)
    assert said(card) == ["–"], "a word without letters"
