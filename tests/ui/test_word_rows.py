"""Words in the reconstructions: letters, marks, shares and room."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from aedesk.data.dataset import Dataset
from aedesk.data.loading import DataOptions, load
from aedesk.data.sources.words import Words
from aedesk.data.words import decode_words, encode_words
from aedesk.ui import theme
from aedesk.ui.views.reconstructions import ReconstructionsView
from aedesk.ui.views.word_rows import WordRows
from aedesk.ui.views.word_rows_letters import count_of_words, marked, share_of_letters
from tests import small
from tests.ui.driving import show_recipe, train
from tests.ui.maps import LEFT, move
from tests.ui.reconstructed import shown, snapshot

LISTED = ("house", "kitchen", "window", "door", "garden", "roof", "wall", "floor")


@pytest.fixture
def words(tmp_path: Path) -> Dataset:
    path = tmp_path / "words.txt"
    path.write_text("\n".join(LISTED))
    return load(DataOptions(source=Words(file=str(path), longest=8), scaling="unit"))


@pytest.fixture
def view(qtbot) -> ReconstructionsView:
    made = ReconstructionsView()
    qtbot.addWidget(made)
    made.resize(446, 320)
    made.show()
    return made


def said(data: Dataset, *given: str) -> np.ndarray:
    return data.scaler.scaled(encode_words(given, data.feature_names, 8))


def text(view: ReconstructionsView, row: int, place: int) -> str:
    return "".join(letter.text for letter in view.words.blocks.rows()[row].words[place])


def wrong(view: ReconstructionsView, row: int, place: int) -> list[bool]:
    return [letter.wrong for letter in view.words.blocks.rows()[row].words[place]]


def test_letters_are_compared_in_their_places():
    assert [letter.wrong for letter in marked("hause", "house")] == [False, True, False, False, False]
    short = marked("hous", "house")
    assert short[4].wrong and short[4].text == "·" and not any(letter.wrong for letter in short[:4])
    assert [letter.wrong for letter in marked("houses", "house")] == [False] * 5 + [True]
    assert marked("a b", "aab")[1].text == "·"
    assert marked("", "") == []


def test_shares_count_the_wanted_letters():
    assert share_of_letters(["house", "doors"], ["hause", "door"]) == pytest.approx(8 / 9)
    assert share_of_letters(["", ""], ["ab", "cd"]) == 0 and np.isnan(share_of_letters([], []))
    assert count_of_words(["house", "doors"], ["house", "door"]) == 1


def test_words_stand_below_each_other_with_what_was_wrong(view, words):
    rows = np.arange(3)
    shown(view, words, snapshot(words, rows, reconstructed=said(words, "house", "kitcken", "windo")))
    assert view.words.isVisible()
    assert [row.caption for row in view.words.blocks.rows()] == ["Original", "Came back"]
    assert [text(view, 0, place) for place in rows] == ["house", "kitchen", "window"]
    assert [text(view, 1, place) for place in rows] == ["house", "kitcken", "windo·"]
    assert not any(wrong(view, 0, 1)) and wrong(view, 1, 1) == [False] * 4 + [True, False, False]
    assert view.words.words.text() == "Came back right: 89\u202f% of letters, 1 of 3 words."


def test_what_the_network_saw_and_pca_are_told(view, words):
    rows = np.arange(2)
    seen, back = said(words, "huose", "kitchen"), said(words, "house", "kitchen")
    shown(view, words, snapshot(words, rows, corrupted=seen, reconstructed=back), twin=said(words, "hoooo", "kitchen"))
    assert [row.caption for row in view.words.blocks.rows()] == ["Original", "Seen", "Came back"]
    assert text(view, 1, 0) == "huose" and wrong(view, 1, 0) == [False, True, True, False, False]
    assert view.words.words.text() == (
        "Came back right: 100\u202f% of letters, 2 of 2 words. PCA with 5: 75\u202f%, 1 of 2."
    )


@pytest.mark.parametrize("look", ["light", "dark"])
def test_wrong_letters_are_underlined_not_only_coloured(view, words, both_looks, look):
    both_looks(look)
    shown(view, words, snapshot(words, np.arange(2), reconstructed=said(words, "htuse", "kitchen")))
    QApplication.processEvents()
    blocks = view.words.blocks
    picture, ratio = blocks.grab().toImage(), blocks.devicePixelRatioF()
    error = QColor(theme.current().error)

    def longest_line(place: int) -> int:
        """The longest stretch of the colour of errors in one line of pixels of a block."""
        room = blocks.block_rect(place)
        best = 0
        for y in range(round(room.top() * ratio), round(room.bottom() * ratio)):
            run = 0
            for x in range(round(room.left() * ratio), round(room.right() * ratio)):
                colour = picture.pixelColor(x, y)
                near = all(abs(a - b) < 60 for a, b in zip(colour.getRgb()[:3], error.getRgb()[:3], strict=True))
                run = run + 1 if near else 0
                best = max(best, run)
        return best

    assert longest_line(0) >= 0.6 * blocks._pitch() * ratio
    assert longest_line(1) == 0


def test_there_are_as_many_words_as_have_room(qtbot, view, words):
    shown(view, words, snapshot(words, np.arange(4)))
    before = view.column_count()
    assert before == view.words.blocks.count() >= 6
    with qtbot.waitSignal(view.count_changed):
        view.resize(900, 700)
    assert view.column_count() > 1.5 * before
    shown(view, words, snapshot(words, np.arange(8)))
    blocks = view.words.blocks
    rects = [blocks.block_rect(place) for place in range(8)]
    assert all(blocks.rect().contains(rect.toAlignedRect()) for rect in rects)
    assert not any(one.intersects(other) for one in rects for other in rects if one is not other)


def test_a_network_that_diverged_gives_back_something_to_see(view, words):
    nothing = np.full((2, 8, len(words.feature_names)), np.nan, np.float32)
    shown(view, words, snapshot(words, np.arange(2), reconstructed=nothing))
    QApplication.processEvents()
    assert view.words.isVisible() and "0\u202f% of letters" in view.words.words.text()


def test_the_window_lives_with_words(window, qtbot):
    chosen = small.recipe("image", "data.source.kind=words", "model.code_size=2")
    show_recipe(window, chosen, "corruption.kind=typos")
    train(qtbot, window)
    rows = window.panels.reconstructions.words
    assert isinstance(rows, WordRows) and rows.isVisible() and len(rows.blocks.rows()) == 3
    window.panels.pad.input_drawn.emit(np.ones((28, 28), np.float32))
    view = window.panels.latent_map
    move(qtbot, view.map, *view.map.place(0))
    labels = [label.text() for label in view._card.findChildren(type(view._card._values)) if label.isVisible()]
    data = window.desk.dataset
    row = window.desk.snapshot.points[0]
    assert decode_words(data.inputs[row : row + 1].numpy(), data.feature_names)[0] in labels
    QTest.mouseClick(view.controls.plane, LEFT)
    qtbot.waitUntil(lambda: view.layers.decoding.backdrop.picture() is not None, timeout=5000)
