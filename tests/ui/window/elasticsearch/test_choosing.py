"""The engine is changed in the preferences while the window is open."""

from __future__ import annotations

import pytest

from imgsearch_desktop.ui.dialogs.engine_page import EnginePage
from tests.ui.window.elasticsearch.conftest import fed
from tests.ui.window.test_main_job import type_words

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # windows without a screen

LONG_MS = 60_000


def choose(page: EnginePage, engine: str) -> None:
    page.engine.setCurrentIndex(page.engine.findData(engine))
    page.engine.activated.emit(page.engine.currentIndex())


def test_from_the_embedded_engine_to_a_server_and_back(qtbot, library, photos, open_window, proxy):
    library.engine.switch(type(library.engine.settings)())
    library.run(photos)
    encoded = library.model.encoded
    opened = open_window(library)
    qtbot.waitUntil(lambda: len(opened.names) == 12)
    status = opened.window.status.engine
    assert status.text() == "Embedded"

    page = opened.presenter.dialogs.preferences.open(opened.window).findChild(EnginePage)
    choose(page, "elasticsearch")
    page.form.url.setText(proxy.url)
    page.form.url.textEdited.emit(proxy.url)
    page.use.click()
    qtbot.waitUntil(lambda: status.text() == "Elasticsearch" and fed(library), timeout=LONG_MS)
    qtbot.waitUntil(lambda: "12 photo" in page.index.text(), timeout=LONG_MS)
    qtbot.waitUntil(lambda: opened.outside.saved[-1].engine.elasticsearch_url == proxy.url)
    type_words(opened, '"sail 3"')
    qtbot.waitUntil(lambda: opened.names == ["sail 3.png"], timeout=LONG_MS)
    assert any("_msearch" in line for line in proxy.asked)

    choose(page, "embedded")
    qtbot.waitUntil(lambda: status.text() == "Embedded", timeout=LONG_MS)
    searches = sum("_msearch" in line for line in proxy.asked)
    opened.presenter.navigator.search_words('"rex 1"')
    qtbot.waitUntil(lambda: opened.names == ["rex 1.jpg"], timeout=LONG_MS)
    assert sum("_msearch" in line for line in proxy.asked) == searches
    qtbot.waitUntil(lambda: library.catalogue.projections() == {"embedded"}, timeout=LONG_MS)
    assert library.model.encoded == encoded
