"""Explore shows everyday words in the language of the window and searches for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from imgsearch_desktop.application.ports import LabelCount
from imgsearch_desktop.domain.photo import PhotoId
from imgsearch_desktop.ui.panels.explore_row import ExploreRow
from imgsearch_desktop.ui.theme.theme import Theme


@pytest.mark.parametrize(("code", "word"), [("en", "dogs"), ("de", "Hunde")])
def test_a_tile_shows_and_searches_the_word_of_the_language(
    qtbot: QtBot, theme: Theme, language: Callable[[str], str], code: str, word: str
) -> None:
    language(code)
    row = ExploreRow(theme)
    qtbot.addWidget(row)
    row.set_labels([LabelCount("dogs", 1412, PhotoId(1)), LabelCount("my own class", 2, PhotoId(2))])
    dogs, unknown = row.tiles
    photos = {"dogs": "photos", "Hunde": "Fotos"}[word]
    assert dogs.accessibleName() == f"{word}, {QLocale().toString(1412)} {photos}"
    assert unknown.word == "my own class"
    with qtbot.waitSignal(row.chosen) as chosen:
        dogs.click()
    assert chosen.args == [word]
