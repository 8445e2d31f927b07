"""The gallery: every shipped recipe on a card, with a picture of its own."""

from html import escape

import pytest
from pytestqt.qtbot import QtBot

from aedesk.files.recipe_file import read_shipped, shipped
from aedesk.ui.builder.builder import Builder
from aedesk.ui.builder.gallery import Gallery


@pytest.fixture
def builder(qtbot: QtBot) -> Builder:
    made = Builder(read_shipped("digits-map"))
    qtbot.addWidget(made)
    made.resize(340, 700)
    made.show()
    return made


def test_the_gallery_shows_every_recipe_and_opens_one(builder: Builder, qtbot: QtBot) -> None:
    builder.gallery_button.click()
    gallery = builder.findChild(Gallery)
    assert [card.recipe.name for card in gallery.cards] == shipped()
    assert [card.recipe.name for card in gallery.cards if card.chosen] == ["digits-map"]
    with qtbot.waitSignal(builder.recipe_chosen) as heard:
        next(card for card in gallery.cards if card.recipe.name == "iris-map").click()
    assert heard.args == ["iris-map"]
    assert builder.document() == read_shipped("iris-map").document()
    qtbot.waitUntil(lambda: builder.findChild(Gallery) is None)
    assert escape(read_shipped("iris-map").summary, quote=False) in builder.gallery_button.toolTip()


def test_a_gallery_that_is_closed_changes_nothing(builder: Builder, qtbot: QtBot) -> None:
    builder.gallery_button.click()
    builder.findChild(Gallery).reject()
    qtbot.waitUntil(lambda: builder.findChild(Gallery) is None)
    assert builder.undo_stack().count() == 0


def test_every_shipped_recipe_paints_a_picture_of_its_own(qtbot: QtBot) -> None:
    from aedesk.ui.builder.gallery_picture import RecipePicture

    pictures = {}
    for name in shipped():
        picture = RecipePicture(read_shipped(name))
        qtbot.addWidget(picture)
        picture.resize(200, 60)
        pictures[name] = bytes(picture.grab().toImage().constBits())
        assert len(set(pictures[name])) > 8, f"{name} has an empty picture"
    assert len(set(pictures.values())) == len(pictures)
