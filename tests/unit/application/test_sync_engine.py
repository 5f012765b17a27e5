"""Feeding an engine: what it gets, when it starts again, where it goes on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

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

    def cancel_after_one(*args: object) -> object:
        control.cancel()
        return apply(*args)  # type: ignore[arg-type]

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

    def cancel_after_one(*args: object) -> object:
        control.cancel()
        return apply(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(library.index, "apply", cancel_after_one)
    with pytest.raises(Cancelled):
        engine(library).catch_up(control)
    monkeypatch.setattr(library.index, "apply", apply)
    report = engine(library).catch_up()
    assert (report.documents, report.rebuilt) == (3, False)
    assert everything_is_in(library)


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
