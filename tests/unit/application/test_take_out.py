"""Copying photos out of the library and listing them; the real catalogue, a disk in memory."""

from __future__ import annotations

import csv
import io

import pytest

from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.application.ports import SortOrder
from imgsearch_desktop.application.take_out import COLUMNS, NOT_THERE, TakeOut
from imgsearch_desktop.application.tasks import Progress, TaskControl
from imgsearch_desktop.domain.errors import Cancelled, CopyError, DiskFullError
from imgsearch_desktop.domain.filters import NO_FILTERS
from tests.adapters.catalogue.sample import METADATA, ROOT, VOLUME, add, record, taken


class MemoryFiles:
    """Remembers what was copied and written; names with "away" cannot be read."""

    def __init__(self) -> None:
        self.copied: list[bytes] = []
        self.written: dict[bytes, bytes] = {}
        self.room = 100

    def copy(self, source, folder, checkpoint):
        checkpoint()
        if b"away" in source:
            raise CopyError("It is away.")
        if len(self.copied) == self.room:
            raise DiskFullError("It is full.")
        self.copied.append(source)
        return folder + b"/" + source.rsplit(b"/", 1)[-1]

    def write_list(self, path, content):
        self.written[path] = content


@pytest.fixture
def catalogue(tmp_path):
    made = SqliteCatalogue(tmp_path / "library")
    root_id = made.write(lambda writer: writer.add_root(ROOT, VOLUME))

    def fill(writer):
        add(writer, root_id, b"a.jpg", taken(2001, 1, 1))
        two = add(writer, root_id, b"away.jpg", METADATA)
        writer.put_file(two, record(root_id, b"copy, here.jpg", b"away.jpg"))
        add(writer, root_id, b"away only.jpg", taken(2003, 1, 1))
        add(writer, root_id, b"\xff.jpg", taken(2004, 1, 1))

    made.write(fill)
    yield made
    made.close()


@pytest.fixture
def files():
    return MemoryFiles()


@pytest.fixture
def take_out(catalogue, files):
    return TakeOut(catalogue, files)


@pytest.fixture
def ids(catalogue):
    return catalogue.browse(NO_FILTERS, SortOrder.NAME).tolist()


def test_each_photo_is_copied_once_from_a_file_that_can_be_read(take_out, files, ids):
    reports: list[Progress] = []
    report = take_out.copy_to(ids, b"/out", TaskControl(), reports.append)
    assert sorted(files.copied) == [b"/photos/a.jpg", b"/photos/copy, here.jpg", b"/photos/\xff.jpg"]
    assert len(report.copied) == 3
    assert report.failed == (("/photos/away only.jpg", "It is away."),)
    assert (reports[0].done, reports[-1].done, reports[-1].total, reports[-1].failed) == (0, 4, 4, 1)


def test_a_photo_without_a_present_file_says_so(take_out, catalogue, ids):
    gone = [file.file_id for photo in catalogue.photos(ids) for file in photo.files]
    catalogue.write(lambda writer: writer.mark_missing(gone))
    report = take_out.copy_to(ids[:1], b"/out", TaskControl(), lambda _: None)
    assert [reason for _, reason in report.failed] == [NOT_THERE]


def test_a_full_disk_ends_it_at_once(take_out, files, ids):
    files.room = 1
    with pytest.raises(DiskFullError):
        take_out.copy_to(ids, b"/out", TaskControl(), lambda _: None)
    assert len(files.copied) == 1


def test_cancelling_ends_it(take_out, files, ids):
    control = TaskControl()
    control.cancel()
    with pytest.raises(Cancelled):
        take_out.copy_to(ids, b"/out", control, lambda _: None)
    assert files.copied == []


def test_the_list_of_paths_is_exact_to_the_byte(take_out, files, ids):
    assert take_out.write_paths(ids, b"/out/list.txt") == 4
    lines = files.written[b"/out/list.txt"].split(b"\n")
    assert set(lines) == {
        b"/photos/a.jpg",
        b"/photos/away.jpg",
        b"/photos/away only.jpg",
        b"/photos/\xff.jpg",
        b"",
    }


def test_the_table_says_what_spreadsheets_need(take_out, files, ids):
    assert take_out.write_table(ids, b"/out/list.csv") == 4
    text = files.written[b"/out/list.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == COLUMNS
    row = next(row for row in rows if row["path"] == "/photos/away.jpg")
    assert row["taken"] == "2019-08-07 12:30:15"
    assert row["camera"] == "Canon EOS 5D"
    assert row["keywords"] == "sea; Straße; 海"
    assert row["other_files"] == "/photos/copy, here.jpg"
