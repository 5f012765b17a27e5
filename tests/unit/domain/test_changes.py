"""What is read, and which photo a file belongs to; against naive models and over random histories."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from imgsearch_desktop.application.ports import DecodeScope
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.domain.changes import (
    COMMON_SIZE,
    FileToRead,
    KnownFile,
    ReadFile,
    ScannedFile,
    Verdict,
    is_below,
    plan_changes,
    resolve,
    worth_hashing_first,
)
from imgsearch_desktop.domain.photo import FileId, Photo, PhotoFile, PhotoId, PhotoMetadata, PhotoUid, RootId
from tests.support.fake_catalogue import ADDED
from tests.support.fakes import FakeFile, FakeLibrary, digest, facts_of

ROOT = RootId(1)


def known(path: bytes = b"a.jpg", number: int = 1, **changes: Any) -> KnownFile:
    file = KnownFile(
        FileId(number), PhotoId(number), ROOT, path, 100, 5, "", digest(b"file"), digest(b"picture")
    )
    return replace(file, **changes)


def failed(path: bytes = b"a.jpg", **changes: Any) -> KnownFile:
    return known(path, file_id=None, photo_id=None, file_hash=None, picture_hash=None, **changes)


def scanned(path: bytes = b"a.jpg", size: int = 100, mtime: int = 5, stamp: str = "") -> ScannedFile:
    return ScannedFile(path, size, mtime, (), stamp)


def test_a_new_file_is_read() -> None:
    plan = plan_changes([], [scanned()])
    assert plan.to_read == (FileToRead(scanned(), None),)


def test_the_same_size_and_time_is_unchanged() -> None:
    plan = plan_changes([known()], [scanned()])
    assert (plan.unchanged, plan.to_read) == (1, ())


@pytest.mark.parametrize("changed", [{"size": 101}, {"mtime": 6}, {"mtime": 4}, {"stamp": "rated"}])
def test_another_size_time_or_sidecar_is_read(changed: dict[str, int]) -> None:
    found = scanned(**changed)  # type: ignore[arg-type]
    assert plan_changes([known()], [found]).to_read == (FileToRead(found, known()),)


def test_a_file_that_is_gone_has_vanished_once() -> None:
    assert plan_changes([known()], []).vanished == (known(),)
    assert plan_changes([known(missing=True)], []).vanished == ()


def test_a_missing_file_that_lies_there_again_needs_no_reading() -> None:
    missing = known(missing=True)
    assert plan_changes([missing], [scanned()]).returned == (missing,)
    assert plan_changes([missing], [scanned(mtime=6)]).to_read == (FileToRead(scanned(mtime=6), missing),)


def test_a_failure_is_tried_again_only_when_that_makes_sense() -> None:
    assert plan_changes([failed()], [scanned()]).still_failing == 1
    assert plan_changes([failed()], [scanned(stamp="rated")]).still_failing == 1
    assert plan_changes([failed(retry=True)], [scanned()]).to_read == (FileToRead(scanned(), None),)
    assert plan_changes([failed()], [scanned(size=7)]).to_read == (FileToRead(scanned(size=7), None),)
    assert plan_changes([failed()], []).outdated_failures == (b"a.jpg",)


def test_a_file_and_a_failure_at_one_path_are_one() -> None:
    row, failure = known(missing=True), failed(mtime_ns=9)
    assert plan_changes([row, failure], [scanned(mtime=9)]).still_failing == 1
    assert plan_changes([failure, row], [scanned()]).to_read == (FileToRead(scanned(), row),)
    gone = plan_changes([row, failure], [])
    assert (gone.vanished, gone.outdated_failures) == ((), (b"a.jpg",))


def test_nothing_vanishes_below_what_could_not_be_read() -> None:
    rows = [known(b"a/1.jpg", 1), known(b"ab/2.jpg", 2), failed(b"a/3.jpg"), known(b"4.jpg", 4)]
    plan = plan_changes(rows, [], unreadable=[b"a"])
    assert [file.relative_path for file in plan.vanished] == [b"ab/2.jpg", b"4.jpg"]
    assert plan.outdated_failures == ()
    assert plan_changes(rows, [], unreadable=[b""]).vanished == ()


def test_newest_first() -> None:
    found = [scanned(b"%d.jpg" % mtime, mtime=mtime) for mtime in (3, 9, 1)]
    assert [item.scanned.mtime_ns for item in plan_changes([], found).to_read] == [9, 3, 1]


def test_below() -> None:
    assert is_below(b"a/b", b"a") and is_below(b"a", b"a") and is_below(b"a", b"")
    assert not is_below(b"ab", b"a") and not is_below(b"a", b"a/b")


def test_hashes_come_first_where_the_picture_is_likely_known() -> None:
    new = FileToRead(scanned(), None)
    crowd = [known(number=number) for number in range(COMMON_SIZE)]
    assert worth_hashing_first(FileToRead(scanned(), known()), [], set())
    assert worth_hashing_first(new, [known()], set())
    assert not worth_hashing_first(new, [], set())
    assert not worth_hashing_first(new, crowd, set())
    assert worth_hashing_first(new, crowd, {FileId(2)})
    assert worth_hashing_first(new, [*crowd, known(missing=True)], set())


SAME = digest(b"file")


def photo(*files: tuple[int, bool], orientation: int = 1) -> Photo:
    facts = facts_of(FakeFile("picture", orientation=orientation))
    rows = tuple(PhotoFile(FileId(n), ROOT, b"/r", b"%d.jpg" % n, "", 100, 5, gone) for n, gone in files)
    return Photo(PhotoId(1), PhotoUid("u"), digest(b"picture"), facts, PhotoMetadata(), (), rows, ADDED)


def read(file_hash: bytes = SAME, orientation: int | None = 1, stamp: str = "") -> ReadFile:
    return ReadFile(file_hash, orientation, stamp)


def test_an_unknown_picture_is_a_new_photo() -> None:
    resolution = resolve(read(), None, None, set(), set())
    assert (resolution.verdict, resolution.needs_pixels) == (Verdict.NEW, True)


def test_another_picture_at_a_known_path_is_a_new_photo() -> None:
    assert resolve(read(), known(), None, set(), set()).verdict is Verdict.NEW


def test_the_same_bytes_are_only_touched() -> None:
    resolution = resolve(read(orientation=None), known(), photo((1, False)), {FileId(1)}, set())
    assert (resolution.verdict, resolution.needs_pixels) == (Verdict.TOUCHED, False)


@pytest.mark.parametrize(("orientation", "pixels"), [(1, False), (6, True), (None, True)])
def test_edited_metadata_need_pixels_only_when_they_may_turn_the_picture(
    orientation: int | None, pixels: bool
) -> None:
    edited = resolve(read(digest(b"edited"), orientation), known(), photo((1, False)), set(), set())
    assert (edited.verdict, edited.renew_metadata, edited.needs_pixels) == (Verdict.EDITED, True, pixels)


def test_a_changed_sidecar_never_needs_pixels() -> None:
    edited = resolve(read(orientation=None, stamp="rated"), known(), photo((1, False)), {FileId(1)}, set())
    assert (edited.verdict, edited.needs_pixels) == (Verdict.EDITED, False)


def test_a_vanished_file_continues_elsewhere() -> None:
    moved = resolve(read(orientation=None), None, photo((1, False)), {FileId(1)}, {FileId(1)})
    assert (moved.verdict, moved.moved_from, moved.needs_pixels) == (Verdict.MOVED, 1, False)
    assert moved.renew_metadata


def test_a_moved_and_turned_file_needs_pixels() -> None:
    moved = resolve(read(digest(b"edited"), 6), None, photo((1, True)), set(), set())
    assert (moved.verdict, moved.renew_picture) == (Verdict.MOVED, True)


def test_the_one_with_the_same_bytes_has_moved() -> None:
    rows = photo((1, True), (2, False), (3, True))
    assert resolve(read(), None, rows, {FileId(3)}, {FileId(2)}).moved_from == 3
    assert resolve(read(), None, rows, set(), {FileId(2)}).moved_from == 2


def test_a_claimed_file_moves_nowhere() -> None:
    resolution = resolve(read(), None, photo((1, True)), {FileId(1)}, set(), claimed={FileId(1)})
    assert (resolution.verdict, resolution.moved_from) == (Verdict.COPY, None)


def test_a_copy_leaves_the_photo_as_it_is() -> None:
    copy = resolve(read(digest(b"edited"), 6), None, photo((1, False), (2, True)), set(), set(), {FileId(2)})
    assert (copy.verdict, copy.renew_metadata, copy.needs_pixels) == (Verdict.COPY, False, False)


def test_the_only_file_left_says_how_the_photo_stands() -> None:
    back = resolve(read(digest(b"edited"), 6), None, photo(), set(), set())
    assert (back.verdict, back.renew_metadata, back.renew_picture) == (Verdict.COPY, True, True)


PATHS = st.sampled_from([b"1.jpg", b"2.jpg", b"a/1.jpg", b"a/2.jpg", b"ab/1.jpg"])
STAMPS = st.tuples(st.integers(1, 2), st.integers(1, 2), st.sampled_from(["", "x"]))


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(PATHS, st.tuples(STAMPS, st.booleans())),
    st.dictionaries(PATHS, st.tuples(STAMPS, st.booleans())),
    st.dictionaries(PATHS, STAMPS),
    st.sampled_from([(), (b"a",), (b"a/1.jpg",), (b"",)]),
)
def test_planning_as_the_rules_say_it(
    rows: dict[bytes, tuple[tuple[int, int, str], bool]],
    failures: dict[bytes, tuple[tuple[int, int, str], bool]],
    files: dict[bytes, tuple[int, int, str]],
    unreadable: tuple[bytes, ...],
) -> None:
    plan = plan_changes(
        [
            *(
                known(path, number, size=s[0], mtime_ns=s[1], sidecar_stamp=s[2], missing=gone)
                for number, (path, (s, gone)) in enumerate(rows.items())
            ),
            *(failed(path, size=s[0], mtime_ns=s[1], retry=retry) for path, (s, retry) in failures.items()),
        ],
        [scanned(path, size, mtime, stamp) for path, (size, mtime, stamp) in files.items()],
        unreadable,
    )

    def hopeless(path: bytes) -> bool:
        return path in failures and not failures[path][1] and failures[path][0][:2] == files[path][:2]

    def as_it_was(path: bytes) -> bool:
        return path not in failures and path in rows and rows[path][0] == files[path]

    def hidden(path: bytes) -> bool:
        return any(not folder or path == folder or path.startswith(folder + b"/") for folder in unreadable)

    expected = {path for path in files if not hopeless(path) and not as_it_was(path)}
    assert {item.scanned.relative_path for item in plan.to_read} == expected
    assert all((item.known is not None) == (item.scanned.relative_path in rows) for item in plan.to_read)
    assert plan.still_failing == sum(hopeless(path) for path in files)
    assert plan.unchanged == sum(as_it_was(path) and not rows[path][1] for path in files)
    assert {f.relative_path for f in plan.returned} == {p for p in files if as_it_was(p) and rows[p][1]}
    gone = {path for path in rows if path not in files and not rows[path][1] and not hidden(path)}
    assert {file.relative_path for file in plan.vanished} == gone
    assert set(plan.outdated_failures) == {p for p in failures if p not in files and not hidden(p)}


class Histories(RuleBasedStateMachine):
    """A folder lives: files come, go, move, are copied and edited; after each run the library says the same.

    The naive model: which photo each picture has ever had. A picture keeps it for ever.
    """

    @initialize(seed=st.integers(0, 3))
    def start(self, seed: int) -> None:
        self.library = FakeLibrary(seed=seed)
        self.library.disk.folders.add(b"/r")
        self.photo_of: dict[str, PhotoId] = {}
        self.titles_of: dict[bytes, set[str]] = {}
        self.clock = 1
        self.unchanged: dict[bytes, FakeFile] = {}
        for number in range(4):
            self.write(number, number, b"")

    def tick(self) -> int:
        self.clock += 1
        return self.clock

    @property
    def files(self) -> dict[bytes, FakeFile]:
        return self.library.disk.files

    def some(self, number: int) -> bytes:
        """One of the files; there is always one."""
        if not self.files:
            self.library.disk.put(b"/r/0.jpg", "picture 0", mtime=self.tick())
        return sorted(self.files)[number % len(self.files)]

    @rule(name=st.integers(0, 7), picture=st.integers(0, 5), folder=st.sampled_from([b"", b"a/"]))
    def write(self, name: int, picture: int, folder: bytes) -> None:
        """A new file, or another picture over an old one."""
        self.library.disk.put(b"/r/%s%d.jpg" % (folder, name), f"picture {picture}", mtime=self.tick())

    @rule(which=st.integers(0, 50), name=st.integers(0, 7), folder=st.sampled_from([b"", b"a/", b"B/"]))
    def move(self, which: int, name: int, folder: bytes) -> None:
        self.library.disk.move(self.some(which), b"/r/%s%d.jpg" % (folder, name))

    @rule(which=st.integers(0, 50), name=st.integers(0, 7))
    def copy(self, which: int, name: int) -> None:
        self.files[b"/r/copy%d.jpg" % name] = self.files[self.some(which)]

    @rule(which=st.integers(0, 50), title=st.sampled_from(["", "t", "other title"]))
    def edit(self, which: int, title: str) -> None:
        path = self.some(which)
        self.files[path] = replace(self.files[path], title=title, mtime=self.tick())

    @rule(which=st.integers(0, 50))
    def turn(self, which: int) -> None:
        path = self.some(which)
        file = self.files[path]
        self.files[path] = replace(file, orientation=file.orientation % 8 + 1, mtime=self.tick())

    @rule(which=st.integers(0, 50))
    def delete(self, which: int) -> None:
        del self.files[self.some(which)]

    @rule()
    def index(self) -> None:
        library = self.library
        before, read_before = library.model.encoded, len(library.read)
        known_pictures = set(self.photo_of)
        rows = library.catalogue.tables.files.values()
        sizes = Counter(record.fingerprint.size for _, record, _ in rows)
        turned = self.turned_pictures()
        report = library.indexing().run((b"/r",), TaskControl(), lambda _: None)
        new = {file.picture for file in self.files.values()} - known_pictures
        turnings = sum(file.picture in turned for file in self.files.values())
        assert not report.failed
        assert len(new) <= library.model.encoded - before <= len(new) + turnings
        read_now = library.read[read_before:]
        same = {path for path, file in self.unchanged.items() if self.files.get(path) == file}
        assert not {path for path, _ in read_now} & same
        assert not [path for path, count in Counter(read_now).items() if count > 1]
        decoded = {self.files[path] for path, scope in read_now if scope is DecodeScope.FULL}
        assert all(file.picture in new | turned or not 0 < sizes[file.size] < COMMON_SIZE for file in decoded)
        self.check()
        self.unchanged = dict(self.files)

    def turned_pictures(self) -> set[str]:
        """Known pictures that some file holds in another orientation than their photo has."""
        stands = {p.picture_hash: p.facts.orientation for p in self.library.catalogue.tables.photos.values()}
        return {
            file.picture
            for file in self.files.values()
            if stands.get(digest(file.picture.encode()), file.orientation) != file.orientation
        }

    def check(self) -> None:
        """The library says what the folder holds."""
        catalogue = self.library.catalogue
        present = {
            file.relative_path: file
            for file in catalogue.known_files(catalogue.roots()[0].root_id)
            if not file.missing
        }
        assert {b"/r/" + path for path in present} == set(self.files)
        for path, file in self.files.items():
            self.titles_of.setdefault(digest(file.picture.encode()), set()).add(file.title)
            photo_id = catalogue.photo_at(path)
            assert photo_id is not None
            assert self.photo_of.setdefault(file.picture, photo_id) == photo_id
        assert len(set(self.photo_of.values())) == len(self.photo_of)
        shown = {self.photo_of[file.picture] for file in self.files.values()}
        assert set(catalogue.present()) == set(self.library.index.documents) == shown
        for photo in catalogue.photos(sorted(shown)):
            assert (photo.metadata.title or "") in self.titles_of[photo.picture_hash]

    @invariant()
    def one_photo_per_picture(self) -> None:
        if hasattr(self, "library"):
            hashes = [photo.picture_hash for photo in self.library.catalogue.tables.photos.values()]
            assert len(hashes) == len(set(hashes))


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
