"""A server that goes while the window is open: what is shown, what goes on, what comes back by itself."""

from __future__ import annotations

import pytest

from tests.support.elasticsearch import faults
from tests.support.pictures import write_picture
from tests.ui.window.elasticsearch.conftest import fed, use
from tests.ui.window.test_main_job import type_words

LONG_MS = 60_000


@pytest.fixture
def server(real_server):
    """A server of the test's own, which is hurt."""
    return real_server().start()


@pytest.fixture
def way(elasticsearch_proxy, server):
    """What stands between the window and that server, and sees what is asked."""
    return elasticsearch_proxy(server.url)


@pytest.fixture
def on_own_server(library, way, photos, open_window, qtbot):
    """The window over a library that is held by a server of the test's own."""
    use(library, way.url)
    library.run(photos)
    qtbot.waitUntil(lambda: fed(library), timeout=LONG_MS)
    made = open_window(library)
    qtbot.waitUntil(lambda: len(made.names) == 12)
    return made


def test_a_server_killed_in_the_middle_of_a_search(qtbot, on_own_server, server, way, photos):
    opened = on_own_server
    status, notice = opened.window.status.engine, opened.window.notice
    server.freeze()
    asked = len(way.asked)
    type_words(opened, '"sail 3"')
    qtbot.waitUntil(lambda: len(way.asked) > asked, timeout=LONG_MS)
    server.kill()
    qtbot.waitUntil(lambda: opened.names == ["sail 3.png"], timeout=LONG_MS)
    assert notice.label.text().endswith("The embedded engine answers meanwhile.")
    qtbot.waitUntil(lambda: status.text() == "Elasticsearch is away", timeout=LONG_MS)
    assert status.toolTip()

    write_picture(photos / "boats" / "sail 33.png", seed=900, width=60, height=80)
    opened.presenter.library.rescan()
    qtbot.waitUntil(lambda: status.text() == "Elasticsearch is away: 1 change waiting", timeout=LONG_MS)

    server.start()
    qtbot.waitUntil(lambda: status.text() == "Elasticsearch", timeout=LONG_MS)
    opened.presenter.navigator.search_words('"sail 33"')
    qtbot.waitUntil(lambda: opened.names == ["sail 33.png"], timeout=LONG_MS)
    assert not notice.isVisible()


def test_a_server_with_trouble_is_stood_in_for_and_comes_back_by_itself(qtbot, opened_window, proxy):
    opened = opened_window
    status, notice = opened.window.status.engine, opened.window.notice
    proxy.add(faults.not_ready)
    type_words(opened, '"rex 1"')
    qtbot.waitUntil(lambda: opened.names == ["rex 1.jpg"], timeout=LONG_MS)
    assert notice.isVisible()
    qtbot.waitUntil(lambda: status.text() == "Elasticsearch is away", timeout=LONG_MS)
    proxy.mend()
    qtbot.waitUntil(lambda: status.text() == "Elasticsearch", timeout=LONG_MS)


def test_the_window_closes_while_the_server_keeps_silent(qtbot, opened_window, proxy, photos):
    opened = opened_window
    proxy.add(faults.stall)
    asked = len(proxy.asked)
    write_picture(photos / "late.jpg", seed=901, width=60, height=80)
    opened.presenter.library.rescan()
    qtbot.waitUntil(lambda: len(proxy.asked) > asked, timeout=LONG_MS)
    opened.window.close()
    assert opened.presenter.finish()
    proxy.mend()


def test_what_waited_while_the_program_did_not_run_is_fed_at_its_start(
    qtbot, library, photos, open_window, proxy
):
    library.run(photos)
    qtbot.waitUntil(lambda: fed(library), timeout=LONG_MS)
    use(library, "http://127.0.0.1:9")
    write_picture(photos / "boats" / "sail 44.png", seed=902, width=60, height=80)
    library.run(photos)
    use(library, proxy.url)  # as a new program begins: nobody has asked the server yet
    opened = open_window(library)
    qtbot.waitUntil(lambda: fed(library), timeout=LONG_MS)
    assert opened.window.status.engine.text() in ("Elasticsearch", "Elasticsearch: 1 change waiting")
    qtbot.waitUntil(lambda: opened.window.status.engine.text() == "Elasticsearch", timeout=LONG_MS)
