"""The engine page: what is typed counts only after it was tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from imgsearch_desktop.application.cluster_text import TextsState
from imgsearch_desktop.application.manage_engine import EngineOverview
from imgsearch_desktop.application.ports import Examination, Finding, FindingKind, IndexFacts
from imgsearch_desktop.application.server_feed import ServerState
from imgsearch_desktop.application.settings import EngineSettings, Settings
from imgsearch_desktop.application.tasks import Progress
from imgsearch_desktop.application.upload_model import RECIPE_MODEL, UploadedModel
from imgsearch_desktop.domain.errors import EngineError, KnownError
from imgsearch_desktop.ui.dialogs.engine_page import EnginePage
from imgsearch_desktop.ui.presenters.engine_presenter import EnginePagePresenter

USABLE = Examination((Finding("address", FindingKind.GOOD, "It answers."),))
REFUSED = Examination((Finding("sign-in", FindingKind.PROBLEM, "It does not know this key."),))
URL = "http://localhost:9200"


class ScriptedEngine:
    """Stands for `ManageEngine`: answers as it is told and notes what it is asked."""

    def __init__(self) -> None:
        self.examination = USABLE
        self.keyring = True
        self.tested: list[tuple[EngineSettings, str | None]] = []
        self.kept: list[tuple[str, str]] = []
        self.found: EngineOverview | None = None
        self.trouble: EngineError | None = None
        self.watchers: list[object] = []

    def watch(self, told):
        self.watchers.append(told)
        return lambda: self.watchers.remove(told) if told in self.watchers else None

    def test(self, settings, secret=None):
        self.tested.append((settings, secret))
        if self.trouble is not None:
            raise self.trouble
        return self.examination

    def keep_secret(self, settings, secret):
        self.kept.append((settings.secret_name, secret))
        return self.keyring

    def overview(self):
        return self.found

    def rebuild(self, control, report):
        if self.trouble is not None:
            raise self.trouble


class ScriptedUpload:
    """Stands for `UploadModel`."""

    def __init__(self) -> None:
        self.trouble: KnownError | None = None
        self.texts = TextsState("words")
        self.sources: list[str] = []

    def run(self, source, model_id, control, report):
        self.sources.append(source)
        report(Progress("uploading", 1 << 20, 3 << 20))
        if self.trouble is not None:
            raise self.trouble
        return UploadedModel(EngineSettings("elasticsearch", URL, text_model="words"), self.texts)


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()


@pytest.fixture
def upload() -> ScriptedUpload:
    return ScriptedUpload()


@pytest.fixture
def page(qtbot, theme, engine, upload) -> Iterator[EnginePage]:
    page = EnginePage(theme)
    qtbot.addWidget(page)
    EnginePagePresenter(page, engine, upload)
    page.show_settings(Settings())
    yield page
    page.close()


def chosen(page: EnginePage) -> EngineSettings:
    return page.applied_to(Settings()).engine


def type_server(page: EnginePage, url: str = URL) -> None:
    page.engine.setCurrentIndex(page.engine.findData("elasticsearch"))
    page.engine.activated.emit(page.engine.currentIndex())
    page.form.url.setText(url)
    page.form.url.textEdited.emit(url)


def sign_in(page: EnginePage, way: str, user: str, secret: str) -> None:
    box = page.form.sign_in
    box.setCurrentIndex(box.findData(way))
    box.activated.emit(box.currentIndex())
    page.form.user.setText(user)
    page.form.secret.setText(secret)


def test_the_embedded_engine_shows_no_server(page):
    assert not page.form.url.isVisibleTo(page)
    assert not page.rebuild.isVisibleTo(page)
    assert chosen(page) == EngineSettings()


def test_what_is_only_typed_changes_nothing(page):
    type_server(page)
    assert page.form.url.isVisibleTo(page)
    assert page.test.isEnabled()
    assert chosen(page) == EngineSettings()


def test_without_an_address_nothing_can_be_asked(page):
    type_server(page, "")
    assert not page.test.isEnabled()
    assert not page.use.isEnabled()


def test_a_connection_is_tried_and_told_in_words(page, engine, qtbot):
    engine.examination = REFUSED
    type_server(page)
    sign_in(page, "api-key", "", "s3cret")
    page.test.click()
    qtbot.waitUntil(lambda: "It does not know this key." in page.said.text())
    settings, secret = engine.tested[0]
    assert (settings.elasticsearch_url, settings.user, secret) == (URL, None, "s3cret")
    assert engine.kept == []


def test_a_server_is_used_after_it_was_tried(page, engine, qtbot):
    type_server(page)
    sign_in(page, "password", "ann", "s3cret")
    with qtbot.waitSignal(page.changed):
        page.use.click()
    assert chosen(page) == EngineSettings(engine="elasticsearch", elasticsearch_url=URL, user="ann")
    assert engine.kept == [("password of ann at http://localhost:9200", "s3cret")]
    assert page.form.secret.text() == ""
    qtbot.waitUntil(page.rebuild.isEnabled)


def test_a_server_that_cannot_be_used_is_not(page, engine, qtbot):
    engine.examination = REFUSED
    type_server(page)
    sign_in(page, "api-key", "", "s3cret")
    page.use.click()
    qtbot.waitUntil(lambda: "It does not know this key." in page.said.text())
    assert (chosen(page), engine.kept) == (EngineSettings(), [])


def test_without_a_keyring_that_is_said(page, engine, qtbot):
    engine.keyring = False
    type_server(page)
    sign_in(page, "api-key", "", "s3cret")
    page.use.click()
    qtbot.waitUntil(lambda: "no keyring" in page.said.text())
    assert chosen(page).on_server


def test_going_back_to_the_embedded_engine_is_told_at_once_and_keeps_the_address(page, qtbot):
    used = EngineSettings(engine="elasticsearch", elasticsearch_url=URL)
    page.show_settings(replace(Settings(), engine=used))
    page.engine.setCurrentIndex(page.engine.findData("embedded"))
    with qtbot.waitSignal(page.changed):
        page.engine.activated.emit(page.engine.currentIndex())
    assert chosen(page) == replace(used, engine="embedded")


def test_the_index_is_told_and_built_anew(page, engine, qtbot):
    state = ServerState("elasticsearch", None, 7, 1, "It is too odd.")
    engine.found = EngineOverview(state, IndexFacts("imgsearch-1", 1234, 5 << 20, None))
    page.show_settings(replace(Settings(), engine=EngineSettings("elasticsearch", URL)))
    page.rebuild.click()
    qtbot.waitUntil(lambda: "built anew" in page.said.text())
    words = page.index.text()
    assert "imgsearch-1" in words
    assert "1,234" in words or "1234" in words
    assert "7 changes waiting" in words
    assert "It is too odd." in words


def test_a_rebuild_that_fails_says_why(page, engine, qtbot):
    engine.trouble = EngineError("It cannot be reached.")
    page.show_settings(replace(Settings(), engine=EngineSettings("elasticsearch", URL)))
    page.rebuild.click()
    qtbot.waitUntil(lambda: page.said.text() == "It cannot be reached.")
    qtbot.waitUntil(page.rebuild.isEnabled)


def test_the_end_of_the_page_is_the_end_of_the_news(qtbot, theme, engine, upload):
    page = EnginePage(theme)
    EnginePagePresenter(page, engine, upload)
    assert len(engine.watchers) == 1
    with qtbot.waitSignal(page.destroyed):
        page.deleteLater()
    assert engine.watchers == []


def test_everything_about_a_server_can_be_said(page, engine, qtbot):
    type_server(page)
    form = page.form
    form.more.click()
    form.certificate.setText("/etc/ca.pem")
    form.fingerprint.setText("ab:cd")
    form.cloud_id.setText("home:abc")
    form.shards.setText("12")
    form.replicas.setText("99")
    page.use.click()
    qtbot.waitUntil(lambda: chosen(page).on_server)
    assert chosen(page) == EngineSettings(
        engine="elasticsearch",
        elasticsearch_url=URL,
        cloud_id="home:abc",
        ca_certificate="/etc/ca.pem",
        fingerprint="ab:cd",
        shards=12,
        replicas=0,
    )


def test_the_server_can_be_let_encode_searches(qtbot, page, upload):
    assert page.upload.isHidden()
    page.show_settings(Settings(engine=EngineSettings("elasticsearch", URL)))
    assert not page.upload.isHidden()
    with qtbot.waitSignal(page.changed):
        page.upload.click()
    qtbot.waitUntil(lambda: page.said.text() == "Elasticsearch encodes searches now.")
    assert upload.sources == [RECIPE_MODEL]
    assert page.applied_to(Settings()).engine.text_model == "words"


def test_a_model_that_runs_and_does_not_fit_is_told(qtbot, page, upload):
    upload.texts = TextsState("words", "It is another model.")
    page.show_settings(Settings(engine=EngineSettings("elasticsearch", URL)))
    page.upload.click()
    qtbot.waitUntil(lambda: page.said.text() == "It is another model.")


def test_why_the_server_cannot_encode_is_told_and_nothing_changes(qtbot, page, upload):
    upload.trouble = EngineError("It has no licence.")
    page.show_settings(Settings(engine=EngineSettings("elasticsearch", URL)))
    page.upload.click()
    qtbot.waitUntil(lambda: page.said.text() == "It has no licence.")
    qtbot.waitUntil(page.upload.isEnabled)
    assert page.applied_to(Settings()).engine.text_model is None
