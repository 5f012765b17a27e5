"""Feeding an engine: what it gets, when it starts again, where it goes on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from imgsearch_desktop.application.ports import CatalogueWriter, IndexPosition
from imgsearch_desktop.application.sync_engine import SyncEngine
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.domain.errors import Cancelled, EngineError
from imgsearch_desktop.domain.photo import Photo
from tests.support.fakes import SPEC, FakeIndex, FakeLibrary


@pytest.fixture
def library() -> FakeLibrary:
    """Five photos, none of them fed."""
    made = FakeLibrary()
    for number in range(5):
        made.disk.put(b"/photos/%d.jpg" % number, f"picture {number}")
    made.indexing().run((b"/photos",), TaskControl(), lambda _: None)
    made.index = FakeIndex()
    return made


def engine(library: FakeLibrary) -> SyncEngine:
    return SyncEngine(library.catalogue, library.index, SPEC)


def touch(library: FakeLibrary, count: int = 1) -> list[int]:
    """Change the metadata of photos; returns their ids."""
    photos = library.catalogue.photos(library.catalogue.present()[:count])
    for photo in photos:
        change = partial(set_title, photo=photo)
        library.catalogue.write(change)
    return [photo.photo_id for photo in photos]


def set_title(writer: CatalogueWriter, photo: Photo) -> None:
    writer.set_metadata(photo.photo_id, replace(photo.metadata, title="changed"))


def everything_is_in(library: FakeLibrary) -> bool:
    assert library.index.at == IndexPosition("library", "epoch", library.catalogue.latest_change())
    return sorted(library.index.documents) == library.catalogue.present()


def test_a_new_engine_gets_everything_and_nothing_twice(library: FakeLibrary) -> None:
    report = engine(library).catch_up()
    assert (report.documents, report.rebuilt) == (5, True)
    assert everything_is_in(library)
    again = engine(library).catch_up()
    assert (again.documents, again.deletions, again.rebuilt) == (0, 0, False)


def test_only_changes_are_fed(library: FakeLibrary) -> None:
    engine(library).catch_up()
    [photo_id] = touch(library)
    assert engine(library).catch_up().documents == 1
    assert library.index.applied[-1][0] == [photo_id]
    assert library.index.documents[photo_id].title == "changed"


def test_photos_that_are_gone_are_deleted(library: FakeLibrary) -> None:
    engine(library).catch_up()
    gone = next(iter(library.catalogue.tables.files))
    library.catalogue.write(lambda writer: writer.mark_missing([gone]))
    report = engine(library).catch_up()
    assert (report.documents, report.deletions) == (0, 1)
    assert everything_is_in(library)


@pytest.mark.parametrize(
    "position",
    [
        IndexPosition("another library", "epoch", 5),
        IndexPosition("library", "another epoch", 5),
        IndexPosition("library", "epoch", 10**9),
    ],
)
def test_an_engine_of_another_library_or_ahead_of_the_log_starts_again(
    library: FakeLibrary, position: IndexPosition
) -> None:
    engine(library).catch_up()
    library.index.at = position
    assert engine(library).catch_up().rebuilt
    assert library.index.resets == 2
    assert everything_is_in(library)


@pytest.mark.parametrize("position", [None, IndexPosition("library", "epoch", 0)])
def test_what_the_log_no_longer_tells_comes_from_the_catalogue(
    library: FakeLibrary, position: IndexPosition | None
) -> None:
    library.catalogue.trim()
    library.index.at = position
    assert engine(library).catch_up().rebuilt
    assert everything_is_in(library)


def test_a_rebuild_cut_short_is_not_taken_for_whole(
    library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imgsearch_desktop.application.sync_engine.BATCH", 2)
    library.catalogue.trim()
    control = TaskControl()
    apply = library.index.apply

    def cancel_after_one(*args: Any, **more: Any) -> object:
        control.cancel()
        return apply(*args, **more)

    monkeypatch.setattr(library.index, "apply", cancel_after_one)
    with pytest.raises(Cancelled):
        engine(library).catch_up(control)
    assert len(library.index.documents) == 2
    assert library.index.at is not None and library.index.at.change_id == 0
    monkeypatch.setattr(library.index, "apply", apply)
    assert engine(library).catch_up().rebuilt
    assert everything_is_in(library)


def test_following_cut_short_goes_on_where_it_was(
    library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine(library).catch_up()
    monkeypatch.setattr("imgsearch_desktop.application.sync_engine.BATCH", 2)
    touch(library, 5)
    control = TaskControl()
    apply = library.index.apply

    def cancel_after_one(*args: Any, **more: Any) -> object:
        control.cancel()
        return apply(*args, **more)

    monkeypatch.setattr(library.index, "apply", cancel_after_one)
    with pytest.raises(Cancelled):
        engine(library).catch_up(control)
    monkeypatch.setattr(library.index, "apply", apply)
    report = engine(library).catch_up()
    assert (report.documents, report.rebuilt) == (3, False)
    assert everything_is_in(library)


def meanwhile(
    library: FakeLibrary, monkeypatch: pytest.MonkeyPatch, batch: int, happens: Callable[[], object]
) -> None:
    """Feed in batches of two photos; after batch number `batch` something happens elsewhere."""
    monkeypatch.setattr("imgsearch_desktop.application.sync_engine.BATCH", 2)
    apply, fed = library.index.apply, list[int]()

    def apply_and_more(*args: Any, **more: Any) -> object:
        report = apply(*args, **more)
        fed.append(1)
        if len(fed) == batch:
            happens()
        return report

    monkeypatch.setattr(library.index, "apply", apply_and_more)


@pytest.mark.parametrize("trimmed", [False, True])
@pytest.mark.parametrize("batch", [1, 2, 3])
def test_an_engine_emptied_by_another_feeder_gets_everything_again(
    library: FakeLibrary, monkeypatch: pytest.MonkeyPatch, trimmed: bool, batch: int
) -> None:
    if trimmed:
        library.catalogue.trim()
    meanwhile(library, monkeypatch, batch, lambda: library.index.reset(SPEC, "library", "epoch"))
    engine(library).catch_up()
    assert everything_is_in(library)
    assert library.index.resets == 2, "two feeders that empty it for each other never come to an end"


def test_an_engine_that_others_keep_emptying_is_an_error_in_words(
    library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply = library.index.apply

    def apply_too_late(*args: Any, **more: Any) -> object:
        library.index.reset(SPEC, "library", "epoch")
        return apply(*args, **more)

    monkeypatch.setattr(library.index, "apply", apply_too_late)
    with pytest.raises(EngineError, match="other programs"):
        engine(library).catch_up()


@pytest.mark.parametrize("rebuilding", [False, True])
def test_changes_trimmed_while_it_is_fed_are_not_missed(
    library: FakeLibrary, monkeypatch: pytest.MonkeyPatch, rebuilding: bool
) -> None:
    if rebuilding:
        library.catalogue.trim()

    def forget_and_trim() -> None:
        gone = next(iter(library.catalogue.tables.files))
        library.catalogue.write(lambda writer: writer.mark_missing([gone]))
        library.catalogue.trim()

    meanwhile(library, monkeypatch, 2, forget_and_trim)
    assert engine(library).catch_up().rebuilt
    assert everything_is_in(library)
    assert len(library.index.documents) == 4


def test_a_rebuild_holds_the_log_from_where_it_will_go_on(
    library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.catalogue.trim()
    library.catalogue.tables.cursors.clear()
    start, cursors = library.catalogue.latest_change(), library.catalogue.tables.cursors
    held: list[int | None] = []
    meanwhile(library, monkeypatch, 1, lambda: held.append(cursors.get((library.index.name, SPEC.model_id))))
    engine(library).catch_up(settle=True)
    assert held == [start]


def test_while_a_feed_is_paused_others_go_on(library: FakeLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    control, sync = TaskControl(), engine(library)
    meanwhile(library, monkeypatch, 1, control.pause)
    paused = threading.Thread(target=sync.catch_up, args=(control,))
    paused.start()
    deadline = time.monotonic() + 20
    while not control.paused and time.monotonic() < deadline:
        time.sleep(0.001)
    sync.catch_up()
    assert paused.is_alive()
    assert everything_is_in(library)
    control.resume()
    paused.join(20)
    assert not paused.is_alive()
    assert everything_is_in(library)


def test_progress_is_told(library: FakeLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imgsearch_desktop.application.sync_engine.BATCH", 2)
    told: list[tuple[int, int | None]] = []
    report = engine(library).catch_up(progress=lambda done, total: told.append((done, total)))
    assert told[0] == (2, None)
    assert told[-1] == (report.documents, None)
    assert told == sorted(told, key=lambda step: step[0])
    library.catalogue.trim()
    library.index, told[:] = FakeIndex(), []
    engine(library).catch_up(progress=lambda done, total: told.append((done, total)))
    assert told[:3] == [(2, 5), (4, 5), (5, 5)]


def test_whose_it_is(library: FakeLibrary) -> None:
    assert not engine(library).holds_this_library()
    engine(library).catch_up()
    touch(library)
    assert engine(library).holds_this_library()
    for other in (IndexPosition("another", "epoch", 5), IndexPosition("library", "another", 5)):
        library.index.at = other
        assert not engine(library).holds_this_library()


def test_rejected_photos_are_told(library: FakeLibrary) -> None:
    [photo, *_] = library.catalogue.photos(library.catalogue.present())
    library.index.reject = {photo.uid}
    assert engine(library).catch_up().rejected == {photo.uid: "It is too odd."}


def test_the_cursor_is_kept_only_when_asked(library: FakeLibrary) -> None:
    library.catalogue.tables.cursors.clear()
    engine(library).catch_up()
    assert library.catalogue.tables.cursors == {}
    engine(library).catch_up(settle=True)
    latest = library.catalogue.latest_change()
    assert library.catalogue.tables.cursors == {("embedded", SPEC.model_id): latest}


def test_how_many_wait(library: FakeLibrary) -> None:
    assert engine(library).waiting() == 5
    engine(library).catch_up()
    assert engine(library).waiting() == 0
    touch(library, 2)
    assert engine(library).waiting() == 2


def test_an_engine_that_is_away_is_told(library: FakeLibrary) -> None:
    library.index.away = True
    with pytest.raises(EngineError):
        engine(library).catch_up()
