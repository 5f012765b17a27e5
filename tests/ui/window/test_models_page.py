"""Models in the preferences of the real window: fetched, paused, used and removed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from imgsearch_desktop.application.ports import ModelState
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.model_list import Tower
from imgsearch_desktop.ui.dialogs.model_card import ModelCard
from imgsearch_desktop.ui.dialogs.models_page import ModelsPage
from tests.support.fake_models import entry_of
from tests.support.fakes import SPEC
from tests.support.real_library import RealLibrary
from tests.support.two_models import BETTER, WordlessModel
from tests.ui.window.conftest import Opened

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # windows without a screen


ENTRY = replace(entry_of(BETTER.model_id, "Better"), towers=(Tower("", "maker/better", None, ()),))


@pytest.fixture
def better(library: RealLibrary) -> WordlessModel:
    """A model that can be fetched; it is offered nowhere but here."""
    model = WordlessModel(BETTER)
    library.store.stored = {}
    library.store.add(entry_of(SPEC.model_id, "Fake model"), ModelState.READY)
    library.store.add(ENTRY, ModelState.ABSENT, model)
    return model


@pytest.fixture
def made(opened_window: Opened, better: WordlessModel) -> Opened:
    return opened_window


def open_page(made: Opened, qtbot) -> ModelsPage:
    made.presenter.dialogs.show_preferences()
    page = made.window.findChild(ModelsPage)
    assert page is not None
    qtbot.waitUntil(lambda: BETTER.model_id in page.cards)
    return page


def card_of(page: ModelsPage) -> ModelCard:
    return page.cards[BETTER.model_id]


def agree(card: ModelCard) -> None:
    card.download.click()
    card.agree.click()


def test_a_model_is_fetched_and_then_used_from_the_preferences(
    made: Opened, better: WordlessModel, qtbot
) -> None:
    page = open_page(made, qtbot)
    assert page.cards[SPEC.model_id].state.text() == "In use"
    agree(card_of(page))
    qtbot.waitUntil(lambda: page.said.text() == "Better is on this computer now.")
    qtbot.waitUntil(lambda: not card_of(page).use.isHidden())
    assert made.library.catalogue.model_choice().active in (None, SPEC.model_id)
    card_of(page).use.click()
    qtbot.waitUntil(lambda: card_of(page).state.text() == "In use", timeout=20_000)
    assert made.library.catalogue.model_choice().active == BETTER.model_id
    qtbot.waitUntil(lambda: page.cards[SPEC.model_id].state.text() == "On this computer")


def test_a_download_goes_on_when_the_preferences_are_closed(made: Opened, qtbot) -> None:
    made.library.store.go.clear()
    page = open_page(made, qtbot)
    agree(card_of(page))
    qtbot.waitUntil(lambda: "56" in card_of(page).progress.text() or "58" in card_of(page).progress.text())
    made.presenter.dialogs.preferences.open(made.window).close()
    qtbot.waitUntil(lambda: made.window.findChild(ModelsPage) is None)
    page = open_page(made, qtbot)
    qtbot.waitUntil(lambda: not card_of(page).cancel.isHidden())
    made.library.store.go.set()
    qtbot.waitUntil(lambda: page.said.text() == "Better is on this computer now.")


def test_a_download_is_paused_resumed_and_cancelled(made: Opened, qtbot) -> None:
    made.library.store.go.clear()
    page = open_page(made, qtbot)
    agree(card_of(page))
    qtbot.waitUntil(lambda: bool(card_of(page).progress.text()))
    card_of(page).pause.click()
    assert card_of(page).pause.text() == "Resume"
    card_of(page).pause.click()
    assert card_of(page).pause.text() == "Pause"
    card_of(page).cancel.click()
    qtbot.waitUntil(lambda: page.said.text() == "Stopped. What has come is kept.")
    assert not card_of(page).download.isHidden()
    assert made.library.store.model(BETTER.model_id).state is ModelState.ABSENT


def test_why_a_download_failed_is_said_where_it_was_asked_for(made: Opened, qtbot) -> None:
    made.library.store.trouble = ModelError("The hub cannot be reached. Try again later.")
    page = open_page(made, qtbot)
    agree(card_of(page))
    qtbot.waitUntil(lambda: page.said.text() == "The hub cannot be reached. Try again later.")
    assert page.said.property("tone") == "warn"
    assert not card_of(page).download.isHidden()


def test_closing_the_window_stops_a_download(made: Opened, qtbot) -> None:
    made.library.store.go.clear()
    page = open_page(made, qtbot)
    agree(card_of(page))
    qtbot.waitUntil(lambda: bool(card_of(page).progress.text()))
    made.window.close()
    assert made.presenter.finish()
    assert made.library.store.model(BETTER.model_id).state is ModelState.ABSENT


def test_a_faster_version_is_made_where_it_agrees_with_the_original(made: Opened, qtbot) -> None:
    store = made.library.store
    store.faster_cosine = 0.95
    store.stored[BETTER.model_id] = replace(store.stored[BETTER.model_id], state=ModelState.READY)
    page = open_page(made, qtbot)
    assert page.cards[SPEC.model_id].faster.isHidden() is False
    card_of(page).faster.click()
    qtbot.waitUntil(lambda: "finds too much differently: cosine 0.9500" in page.said.text())
    assert page.said.property("tone") == "warn"
    store.faster_cosine = 0.9981
    store.go.clear()
    card_of(page).faster.click()
    qtbot.waitUntil(lambda: not card_of(page).cancel.isHidden())
    card_of(page).cancel.click()
    qtbot.waitUntil(lambda: page.said.text() == "Stopped.")
    store.go.set()
    card_of(page).faster.click()
    qtbot.waitUntil(lambda: "is on this computer now: cosine 0.9981" in page.said.text())
    qtbot.waitUntil(lambda: len(page.cards) == 3)
    qtbot.waitUntil(card_of(page).faster.isHidden)


def test_a_folder_that_is_no_model_is_said(made: Opened, qtbot, monkeypatch, tmp_path: Path) -> None:
    def refuse(*_given: object, **_options: object) -> None:
        raise ModelError(f"The folder {tmp_path} is not a model's.")

    monkeypatch.setattr(made.library.store, "import_folder", refuse)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    page = open_page(made, qtbot)
    page.folder.click()
    qtbot.waitUntil(lambda: page.said.text() == f"The folder {tmp_path} is not a model's.")


def test_a_model_is_removed(made: Opened, qtbot) -> None:
    made.library.store.add(ENTRY, ModelState.READY)
    page = open_page(made, qtbot)
    card_of(page).remove.click()
    card_of(page).agree.click()
    qtbot.waitUntil(lambda: page.said.text() == "Better is removed.")
