"""Two engines beside each other: what is fed when, what waits, what is given up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from imgsearch_desktop.application.engine_feeds import EngineFeeds
from imgsearch_desktop.application.guarded_index import GuardedIndex, NotFilledError, Pauses
from imgsearch_desktop.application.ports import IndexRequest
from imgsearch_desktop.application.server_feed import AT_ONCE, ServerState
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.photo import PhotoMetadata
from tests.support.fakes import SPEC, FakeIndex, FakeLibrary

BOTH = frozenset({"embedded", "elasticsearch"})
NEW = PhotoMetadata(title="new")
NO_PAUSE = Pauses(0.01, 0.02)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def library() -> FakeLibrary:
    library = FakeLibrary()
    for number in range(12):
        library.disk.put(b"/photos/%02d.jpg" % number, f"picture {number}")
    library.indexing().run([b"/photos"], TaskControl(), lambda _: None)
    return library


@pytest.fixture
def server() -> FakeIndex:
    return FakeIndex("elasticsearch")


def guarded(
    library: FakeLibrary, server: FakeIndex, pauses: Pauses | None = NO_PAUSE, clock: Clock | None = None
) -> GuardedIndex:
    more = {"clock": clock} if clock is not None else {}
    return GuardedIndex("elasticsearch", lambda: server, library.catalogue, pauses, **more)


@pytest.fixture
def feeds(library: FakeLibrary, server: FakeIndex) -> Iterator[EngineFeeds]:
    made = EngineFeeds(library.catalogue, library.index)
    made.choose(guarded(library, server), BOTH)
    yield made
    made.close()


def change(library: FakeLibrary, *numbers: int) -> None:
    ids = library.catalogue.present()
    for number in numbers:
        library.catalogue.write(lambda writer, at=number: writer.set_metadata(ids[at], NEW))  # type: ignore[misc]


def state(feeds: EngineFeeds) -> ServerState:
    found = feeds.state(SPEC)
    assert found is not None
    return found


def wait_until(true: Callable[[], bool]) -> None:
    reached = threading.Event()
    for _ in range(2000):
        if true():
            return
        reached.wait(0.005)
    raise AssertionError("it never came true")


# --- both are fed -------------------------------------------------------------------------------------


def test_both_engines_are_fed(library: FakeLibrary, feeds: EngineFeeds, server: FakeIndex) -> None:
    feeds.of(SPEC).catch_up(settle=True)
    assert server.documents.keys() == library.index.documents.keys()
    assert library.catalogue.cursor("elasticsearch", SPEC.vectors_id) == library.catalogue.latest_change()
    assert state(feeds) == ServerState("elasticsearch", None, 0)


def test_a_server_that_is_away_stops_nothing_and_its_changes_wait(
    library: FakeLibrary, feeds: EngineFeeds, server: FakeIndex
) -> None:
    feeds.of(SPEC).catch_up(settle=True)
    server.away = True
    ids = library.catalogue.present()
    change(library, 1, 2, 2)
    report = feeds.of(SPEC).catch_up(settle=True)
    assert report.documents == 2
    told = state(feeds)
    assert (told.waiting, told.away) == (
        2,
        "The search engine cannot be reached. Start it or use the built-in one.",
    )
    server.away = False
    wait_until(lambda: feeds.server is not None and feeds.server.shut_for_s == 0)
    sent = len(server.applied)
    feeds.of(SPEC).catch_up(settle=True)
    assert state(feeds) == ServerState("elasticsearch", None, 0)
    assert [documents for documents, _, _ in server.applied[sent:]] == [ids[1:3]]


def test_what_waits_is_known_to_the_next_process_too(
    library: FakeLibrary, feeds: EngineFeeds, server: FakeIndex
) -> None:
    feeds.of(SPEC).catch_up(settle=True)
    change(library, 5)
    server.away = True
    again = EngineFeeds(library.catalogue, library.index)
    again.choose(guarded(library, server), BOTH)
    assert state(again).waiting == 1


def test_what_was_never_fed_waits_whole(library: FakeLibrary, feeds: EngineFeeds, server: FakeIndex) -> None:
    server.away = True
    assert state(feeds).waiting == 12


def test_who_only_searches_is_not_kept_waiting_by_a_large_feed(
    library: FakeLibrary, feeds: EngineFeeds, server: FakeIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library.catalogue, "searchable", lambda _model: AT_ONCE + 1)
    feeds.of(SPEC).catch_up()
    assert server.documents == {}
    monkeypatch.undo()
    feeds.of(SPEC).catch_up()
    assert len(server.documents) == 12


def test_photos_that_the_server_refuses_are_told(
    library: FakeLibrary, feeds: EngineFeeds, server: FakeIndex
) -> None:
    server.reject = {library.catalogue.photos(library.catalogue.present())[0].uid}
    feeds.of(SPEC).catch_up(settle=True)
    assert state(feeds) == ServerState("elasticsearch", None, 0, 1, "It is too odd.")


# --- the change log ------------------------------------------------------------------------------------


def test_the_log_is_given_up_with_the_engine(library: FakeLibrary, feeds: EngineFeeds) -> None:
    feeds.of(SPEC).catch_up(settle=True)
    assert library.catalogue.projections() == BOTH
    feeds.choose(None, frozenset({"embedded"}))
    feeds.of(SPEC).catch_up(settle=True)
    assert library.catalogue.projections() == {"embedded"}


def test_an_engine_for_one_run_holds_nothing_and_gives_nothing_up(
    library: FakeLibrary, feeds: EngineFeeds, server: FakeIndex
) -> None:
    once = EngineFeeds(library.catalogue, library.index)
    once.choose(guarded(library, server), None)
    once.of(SPEC).catch_up(settle=True)
    assert len(server.documents) == 12
    assert library.catalogue.projections() == {"embedded"}
    feeds.of(SPEC).catch_up(settle=True)
    once.choose(None, None)
    once.of(SPEC).catch_up(settle=True)
    assert library.catalogue.projections() == BOTH


# --- the door ------------------------------------------------------------------------------------------


def test_a_server_that_failed_is_left_alone_for_a_while_that_doubles(
    library: FakeLibrary, server: FakeIndex
) -> None:
    clock = Clock()
    index = guarded(library, server, Pauses(1.0, 3.0), clock)
    asked: list[float] = []

    def position(_model: object) -> None:
        asked.append(clock.now)
        raise EngineError("It does not answer.")

    server.position = position  # type: ignore[method-assign, assignment]
    for _ in range(16):
        with pytest.raises(EngineError, match="does not answer"):
            index.position(SPEC.vectors_id)
        clock.now += 0.5
    assert asked == [100.0, 101.0, 103.0, 106.0]
    del server.position
    clock.now += 3.0
    assert index.position(SPEC.vectors_id) is None
    assert index.trouble is None


def test_only_one_caller_tries_a_server_again(library: FakeLibrary, server: FakeIndex) -> None:
    clock = Clock()
    index = guarded(library, server, Pauses(1.0, 8.0), clock)
    server.away = True
    with pytest.raises(EngineError):
        index.position(SPEC.vectors_id)
    server.away = False
    clock.now += 1.5
    entered, leave = threading.Event(), threading.Event()
    real = server.position

    def slow(model_id: object) -> object:
        entered.set()
        leave.wait(10)
        return real(model_id)  # type: ignore[arg-type]

    server.position = slow  # type: ignore[method-assign, assignment]
    first = threading.Thread(target=index.position, args=(SPEC.vectors_id,))
    first.start()
    assert entered.wait(10)
    with pytest.raises(EngineError, match="cannot be reached"):
        index.position(SPEC.vectors_id)
    leave.set()
    first.join()
    assert index.trouble is None


def test_an_index_that_does_not_hold_the_library_does_not_answer(
    library: FakeLibrary, feeds: EngineFeeds, server: FakeIndex
) -> None:
    index = feeds.server
    assert index is not None
    request = IndexRequest(SPEC.vectors_id, tokens=("x",))
    with pytest.raises(NotFilledError, match="does not hold all photos"):
        index.search(request)
    assert index.trouble is None
    feeds.of(SPEC).catch_up()
    assert index.search(request).searched == 12
    library.catalogue.epoch = "restored"
    server.away = True
    with pytest.raises(EngineError):
        index.search(request)
    server.away = False
    wait_until(lambda: index.shut_for_s == 0)
    with pytest.raises(NotFilledError):
        index.search(request)


# --- in the background -----------------------------------------------------------------------------------


def test_a_thread_feeds_the_server_and_goes_on_when_it_is_back(
    library: FakeLibrary, feeds: EngineFeeds, server: FakeIndex
) -> None:
    news = threading.Event()
    stop = feeds.watch(news.set)
    with feeds.in_background():
        server.away = True
        assert feeds.of(SPEC).catch_up(settle=True).documents == 0
        wait_until(lambda: feeds.state(SPEC).away is not None)  # type: ignore[union-attr]
        assert news.wait(10)
        server.away = False
        wait_until(lambda: state(feeds).waiting == 0)
    stop()
    assert len(server.documents) == 12
    assert [ids for ids, _, _ in server.applied if ids] == [library.catalogue.present()]


def test_closing_does_not_wait_for_a_server_that_is_away(feeds: EngineFeeds, server: FakeIndex) -> None:
    server.away = True
    with feeds.in_background():
        feeds.of(SPEC).catch_up()
        wait_until(lambda: state(feeds).away is not None)
    assert "engine-feeder" not in {thread.name for thread in threading.enumerate()}


def test_a_search_that_fails_wakes_the_thread(
    library: FakeLibrary, feeds: EngineFeeds, server: FakeIndex
) -> None:
    with feeds.in_background():
        feeds.of(SPEC).catch_up()
        wait_until(lambda: len(server.documents) == 12)
        server.at = None
        server.documents.clear()
        server.away = True
        assert feeds.server is not None
        with pytest.raises(EngineError):
            feeds.server.search(IndexRequest(SPEC.vectors_id, tokens=("x",)))
        server.away = False
        wait_until(lambda: len(server.documents) == 12)
        wait_until(lambda: state(feeds) == ServerState("elasticsearch", None, 0))


def test_another_engine_is_used_from_then_on(library: FakeLibrary, feeds: EngineFeeds) -> None:
    other = FakeIndex("elasticsearch")
    with feeds.in_background():
        feeds.choose(guarded(library, other), BOTH)
        feeds.of(SPEC).catch_up()
        wait_until(lambda: len(other.documents) == 12)
    feeds.choose(None, frozenset({"embedded"}))
    assert feeds.state(SPEC) is None
