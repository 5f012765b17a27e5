"""A server that is stopped, killed, frozen and started again while photos are indexed and searched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from imgsearch_desktop.application.tasks import Progress
from tests.end2end.elasticsearch.conftest import Served, wait_until
from tests.support.elasticsearch.server import RealServer
from tests.support.pictures import write_picture


@pytest.fixture
def server(real_server: Callable[..., RealServer]) -> Iterator[RealServer]:
    """A server of the test's own, which is hurt."""
    server = real_server().start()
    yield server


def add_photos(folder: Path, first: int, count: int) -> None:
    for number in range(first, first + count):
        write_picture(folder / f"added {number}.jpg", seed=number, width=60, height=40 + number % 7)


def once(done: int, act: Callable[[], object]) -> Callable[[Progress], None]:
    """Does something as soon as indexing has come so far."""
    pending = [act]

    def report(progress: Progress) -> None:
        if pending and progress.phase == "indexing" and progress.done >= done:
            pending.pop()()

    return report


@pytest.mark.parametrize("end", ["stop", "kill", "freeze"])
def test_a_server_that_goes_in_the_middle_of_indexing_and_comes_back(
    alone: Served, server: RealServer, photos: Path, end: str
) -> None:
    alone.use(server.url)
    library = alone.library
    add_photos(photos, 100, 30)
    with library.feeds.in_background():
        report = library.run(photos, report=once(8, getattr(server, end)))
        assert (report.added, report.failed, report.notes) == (40, (), ())
        wait_until(lambda: alone.state.away is not None)
        assert 0 < alone.state.waiting <= 40
        page = alone.search()
        assert (page.engine, len(page.hits)) == ("embedded", 40)
        add_photos(photos, 200, 5)
        assert library.run(photos).added == 5

        if end == "freeze":
            server.thaw()
        else:
            server.start()
        wait_until(lambda: alone.state.away is None and alone.state.waiting == 0)
    assert alone.held == sorted(alone.present)
    assert len(alone.present) == 45
    assert library.model.encoded == 45


def test_the_next_process_knows_what_waits_and_goes_on(
    alone: Served, server: RealServer, photos: Path
) -> None:
    alone.use(server.url)
    library = alone.library
    library.run(photos)
    server.kill()
    (photos / "1.jpg").unlink()
    add_photos(photos, 300, 3)
    library.run(photos)
    library.engine.switch(library.engine.settings)  # as a new process begins: nothing is known of the server
    status = library.engine.overview()
    assert status is not None
    assert status.facts is None
    assert (status.state.waiting, bool(status.state.away)) == (4, True)
    server.start()
    alone.catch_up()
    assert alone.held == sorted(alone.present)
    overview = library.engine.overview()
    assert overview is not None
    assert overview.facts is not None
    assert overview.facts.photos == 12


def test_a_server_that_was_never_there_costs_little_and_is_filled_when_it_comes(
    alone: Served, real_server: Callable[..., RealServer], photos: Path
) -> None:
    server = real_server()
    alone.use(server.url)
    with alone.library.feeds.in_background():
        assert alone.library.run(photos).added == 10
        wait_until(lambda: alone.state.away is not None)
        assert alone.state.waiting == 10
        assert [alone.search().engine for _ in range(5)] == ["embedded"] * 5
        server.start()
        wait_until(lambda: alone.state.away is None and alone.state.waiting == 0)
        assert alone.search().engine == "elasticsearch"
    assert alone.held == sorted(alone.present)
