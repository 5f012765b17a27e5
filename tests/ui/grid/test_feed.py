"""The feed: facts and thumbnails reach the grid, visible ones first, whatever goes wrong."""

from __future__ import annotations

import threading

import pytest

from imgsearch_desktop.ui.grid.feed import GridFeed
from imgsearch_desktop.workers import threads
from tests.ui.grid.conftest import contents, facts_of, jpeg


class Library:
    """Plays the use cases."""

    def __init__(self) -> None:
        self.facts_asked: list[list[int]] = []
        self.thumbnails_asked: list[int] = []
        self.without: set[int] = set()
        self.gone: set[int] = set()
        self.threads: set[int] = set()

    def facts(self, photo_ids):
        self.threads.add(threading.get_ident())
        self.facts_asked.append(list(photo_ids))
        return [facts_of(photo_id) for photo_id in photo_ids if photo_id not in self.gone]

    def thumbnail(self, photo_id):
        self.threads.add(threading.get_ident())
        self.thumbnails_asked.append(photo_id)
        return None if photo_id in self.without else jpeg()


@pytest.fixture
def library():
    return Library()


@pytest.fixture
def feed(grid, library):
    feed = GridFeed(grid, library.facts, library.thumbnail)
    yield feed
    feed.close()
    assert threads.wait()


def loaded(grid) -> bool:
    rows = grid.visible_rows()
    return bool(rows) and all(grid.pixmap_of(row) and grid.photos.facts(row) for row in rows)


def test_what_is_in_view_gets_facts_and_thumbnails_off_the_gui_thread(qtbot, grid, feed, library):
    grid.show_contents(contents(2000))
    qtbot.waitUntil(lambda: loaded(grid))
    assert threading.get_ident() not in library.threads
    visible = [int(grid.photos.ids[row]) for row in grid.visible_rows()]
    assert sorted(library.thumbnails_asked[: len(visible)]) == visible


def test_far_away_photos_are_never_loaded(qtbot, grid, feed, library):
    grid.show_contents(contents(100_000))
    for value in (100_000, 200_000, 400_000):
        grid.verticalScrollBar().setValue(value)
    qtbot.waitUntil(lambda: loaded(grid))
    assert len(library.thumbnails_asked) < 200
    assert sum(len(ids) for ids in library.facts_asked) < 200


def test_a_photo_that_is_gone_is_asked_for_once(qtbot, grid, feed, library):
    library.gone = {2}
    grid.show_contents(contents(4))
    qtbot.waitUntil(lambda: grid.photos.facts(3) is not None)
    qtbot.waitUntil(lambda: not feed._facts.busy)
    grid.ask()
    qtbot.waitUntil(lambda: not feed._facts.busy)
    assert library.facts_asked == [[1, 2, 3, 4], [2]]


def test_a_thumbnail_made_later_appears_after_a_refresh(qtbot, grid, feed, library):
    library.without = {2}
    grid.show_contents(contents(3))
    qtbot.waitUntil(lambda: grid.pixmap_of(2) is not None and 2 in library.thumbnails_asked)
    qtbot.waitUntil(lambda: grid.cache.get(2) is not None)
    assert grid.pixmap_of(1) is None
    library.without = set()
    feed.refresh()
    qtbot.waitUntil(lambda: grid.pixmap_of(1) is not None)


def test_another_tile_size_asks_for_sharper_thumbnails(qtbot, grid, feed, library):
    grid.show_contents(contents(3))
    qtbot.waitUntil(lambda: loaded(grid))
    library.thumbnails_asked.clear()
    grid.set_tile_size(300)
    assert grid.pixmap_of(0) is not None
    qtbot.waitUntil(lambda: len(library.thumbnails_asked) == 3)


def test_a_failing_library_leaves_placeholders_and_a_line_in_the_log(qtbot, grid, expect_log):
    expect_log("Background work failed")

    def broken(_photo_ids):
        raise OSError("the disk is gone")

    feed = GridFeed(grid, broken, lambda _photo_id: jpeg())
    with qtbot.waitSignal(feed._facts.failed):
        grid.show_contents(contents(3))
    qtbot.waitUntil(lambda: grid.pixmap_of(0) is not None)
    assert grid.photos.facts(0) is None
    feed.close()
    assert threads.wait()
