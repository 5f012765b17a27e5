"""The page of the models: what each card shows and asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton

from imgsearch_desktop.adapters.models.store.model_list_file import read_model_list
from imgsearch_desktop.application.ports import ModelState, StoredModel
from imgsearch_desktop.application.tasks import Progress
from imgsearch_desktop.domain.self_check import SelfCheckReport
from imgsearch_desktop.runtime.resources import resource
from imgsearch_desktop.ui.dialogs.model_card import ShownModel, WorkUnderWay
from imgsearch_desktop.ui.dialogs.models_page import ModelsPage
from imgsearch_desktop.ui.language import speak
from imgsearch_desktop.ui.theme.tokens import SIZE
from imgsearch_desktop.ui.words.model_words import licence_of, name_of, summary_of
from tests.support.stored_models import BAD, CLIP, ENTRY, STARTER_ENTRY

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # windows without a screen

STARTER = StoredModel(STARTER_ENTRY, ModelState.READY, removable=False)


def clip(state=ModelState.ABSENT, **others):
    return StoredModel(ENTRY, state, **others)


@pytest.fixture
def page(qtbot, theme):
    made = ModelsPage()
    made.resize(480, 700)
    qtbot.addWidget(made)
    made.show()
    return made


def show(page, stored, **how):
    page.show_models([ShownModel(STARTER, active=not how.get("active", False)), ShownModel(stored, **how)])
    return page.cards[CLIP]


def offered(card):
    """Words of the buttons that are shown."""
    return [button.text() for button in card.findChildren(QPushButton) if not button.isHidden()]


@pytest.mark.parametrize(
    ("stored", "how", "buttons"),
    [
        (clip(), {}, ["Download…"]),
        (clip(ModelState.PARTIAL, bytes_here=1_000_000), {}, ["Go on…", "Remove…"]),
        (clip(ModelState.READY), {}, ["Use", "Verify", "Remove…"]),
        (clip(ModelState.READY), {"active": True}, ["Verify"]),
        (clip(ModelState.READY), {"chosen": True, "percent": 38}, ["Verify"]),
        (clip(ModelState.DAMAGED), {}, ["Download…", "Verify", "Remove…"]),
        (clip(ModelState.REFUSED, check=BAD), {}, ["Download…", "Verify", "Remove…"]),
    ],
)
def test_what_can_be_done_with_a_model_depends_on_where_it_stands(page, stored, how, buttons):
    assert offered(show(page, stored, **how)) == buttons


def test_a_faster_version_is_offered_where_there_is_anything_to_gain(page, qtbot):
    card = show(page, clip(ModelState.READY), can_be_faster=True)
    assert offered(card) == ["Use", "Make faster", "Verify", "Remove…"]
    with qtbot.waitSignal(page.faster_asked) as asked:
        card.faster.click()
    assert asked.args == [CLIP]


def test_what_a_model_that_searches_early_knows_is_said(page):
    card = show(page, clip(ModelState.READY), active=True, chosen=True, percent=38)
    assert card.state.text() == "In use, knows 38 % of your photos"


def test_what_is_part_of_the_program_offers_nothing_but_its_use(page):
    show(page, clip())
    starter = page.cards[STARTER.model_id]
    assert offered(starter) == []
    page.show_models([ShownModel(STARTER), ShownModel(clip(ModelState.READY), active=True)])
    assert offered(starter) == ["Use"]


def test_of_a_model_from_a_folder_the_licence_is_said_to_be_unknown(page):
    stored = StoredModel(replace(ENTRY, licence="unknown"), ModelState.READY)
    assert "licence unknown" in show(page, stored).facts.text()


def test_where_it_stands_is_said(page):
    assert show(page, clip(ModelState.READY), active=True).state.text() == "In use"
    assert show(page, clip(ModelState.READY), chosen=True, percent=38).state.text().endswith("38 %")
    refused = show(page, clip(ModelState.REFUSED, check=BAD))
    assert refused.reason.text() == (
        "Its pictures and words do not match each other (drawings recognised: de 1/12)."
    )
    broken = SelfCheckReport(problem="the model cannot be run (RuntimeError)")
    assert "cannot be run" in show(page, clip(ModelState.REFUSED, check=broken)).reason.text()
    assert show(page, clip(ModelState.READY)).reason.isHidden()


def test_nothing_is_fetched_before_the_licence_is_agreed_to(page, qtbot):
    card = show(page, clip())
    with qtbot.assertNotEmitted(page.download_asked):
        card.download.click()
    assert "MIT" in card.question.text()
    assert 'href="https://example.org/licence"' in card.question.text()
    assert offered(card) == ["Agree and download", "Not now"]
    with qtbot.waitSignal(page.download_asked) as asked:
        card.agree.click()
    assert asked.args == [CLIP]
    assert offered(card) == ["Download…"]


def test_a_licence_can_be_left(page, qtbot):
    card = show(page, clip())
    card.download.click()
    with qtbot.assertNotEmitted(page.download_asked):
        card.leave.click()
    assert offered(card) == ["Download…"]


def test_a_pair_that_lies_elsewhere_is_listed_and_loses_no_file(page):
    card = show(page, StoredModel(replace(ENTRY, towers=()), ModelState.READY, elsewhere=True))
    assert offered(card) == ["Use", "Verify", "Remove…"]
    card.remove.click()
    assert "Its files stay" in card.question.text()
    assert "Delete" not in card.question.text()


def test_a_question_stays_when_the_list_is_shown_anew(page):
    card = show(page, clip())
    card.download.click()
    show(page, clip())
    assert offered(card) == ["Agree and download", "Not now"]


def test_removing_is_asked_and_then_done(page, qtbot):
    card = show(page, clip(ModelState.READY, bytes_here=487_000_000))
    card.remove.click()
    assert "487 MB" in card.question.text()
    with qtbot.waitSignal(page.remove_asked) as asked:
        card.agree.click()
    assert asked.args == [CLIP]


def test_use_verify_and_the_work_s_buttons_are_told(page, qtbot):
    card = show(page, clip(ModelState.READY))
    for button, signal in ((card.use, page.use_asked), (card.verify, page.verify_asked)):
        with qtbot.waitSignal(signal) as asked:
            button.click()
        assert asked.args == [CLIP]
    page.show_work(CLIP, WorkUnderWay(pausable=True))
    for button, signal in ((card.pause, page.pause_asked), (card.cancel, page.cancel_asked)):
        with qtbot.waitSignal(signal):
            button.click()


def test_work_shows_its_progress_and_holds_other_work_back(page):
    card = show(page, clip())
    other = page.cards[STARTER.model_id]
    progress = Progress("downloading", 56_000_000, 224_000_000)
    page.show_work(CLIP, WorkUnderWay(progress, pausable=True))
    assert offered(card) == ["Pause", "Cancel"]
    assert card.bar.value() == card.bar.maximum() // 4
    assert card.progress.text() == "Downloading: 56.0 MB of 224.0 MB"
    assert other.bar.isHidden()
    assert not page.folder.isEnabled()
    page.show_work(CLIP, WorkUnderWay(progress, paused=True, pausable=True))
    assert (card.progress.text(), card.pause.text()) == ("Paused", "Resume")
    page.show_work(CLIP, WorkUnderWay(Progress("checking", 9, 9)))
    assert card.bar.maximum() == 0, "nobody knows how long that takes"
    page.show_work(None, None)
    assert offered(card) == ["Download…"]
    assert page.folder.isEnabled()


def test_models_come_and_go_without_others_being_made_anew(page):
    card = show(page, clip())
    page.show_models([ShownModel(STARTER)])
    assert list(page.cards) == [STARTER.model_id]
    assert show(page, clip()) is not card


def test_a_folder_is_chosen(page, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    with qtbot.assertNotEmitted(page.folder_chosen):
        page.folder.click()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/some/where")
    with qtbot.waitSignal(page.folder_chosen) as chosen:
        page.folder.click()
    assert chosen.args == ["/some/where"]


def test_every_control_is_named_after_its_model_and_large_enough(page):
    card = show(page, clip(ModelState.READY))
    card.remove.click()
    page.show_work(CLIP, WorkUnderWay(pausable=True))
    for button in card.findChildren(QPushButton):
        assert button.height() >= SIZE.target or button.isHidden()
    assert card.accessibleName() == "Clip"
    assert card.use.accessibleName() == "Use: Clip"
    assert page.folder.accessibleName()


def test_the_list_of_the_program_is_said_in_german(qapp):
    entries = read_model_list(resource("models.toml"))
    try:
        speak(qapp, "de")
        for entry in entries:
            assert summary_of(entry) != entry.summary
        assert name_of(entries[1]) == "CLIP, mehrsprachig"
        assert licence_of(entries[1]) == "MIT und Apache-2.0"
    finally:
        speak(qapp, "en")
