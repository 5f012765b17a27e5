"""Correcting the date taken, over the real catalogue."""

from __future__ import annotations

from datetime import datetime

import pytest

from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.application.correct_date import CorrectDate
from imgsearch_desktop.application.ports import SortOrder
from imgsearch_desktop.application.sync_engine import SyncEngine
from imgsearch_desktop.domain.filters import NO_FILTERS
from imgsearch_desktop.domain.photo import DateSource
from tests.adapters.catalogue.sample import METADATA, ROOT, VOLUME, add, taken, vectors
from tests.support.fakes import SPEC, FakeIndex

WEDDING = datetime(1987, 6, 5, 14, 30)


@pytest.fixture
def catalogue(tmp_path):
    made = SqliteCatalogue(tmp_path / "library")
    yield made
    made.close()


@pytest.fixture
def photo_ids(catalogue):
    root_id = catalogue.write(lambda writer: writer.add_root(ROOT, VOLUME))

    def fill(writer):
        ids = [
            add(writer, root_id, b"old.jpg", taken(2001, 1, 1)),
            add(writer, root_id, b"new.jpg", METADATA),
        ]
        writer.set_embeddings([(i, 0) for i in ids], SPEC.model_id, vectors(2, dims=SPEC.dims))
        return ids

    return catalogue.write(fill)


@pytest.fixture
def index():
    return FakeIndex()


@pytest.fixture
def correct(catalogue, index):
    return CorrectDate(catalogue, SyncEngine(catalogue, index, SPEC))


def date_of(catalogue, photo_id):
    return catalogue.photos([photo_id])[0].metadata.date_taken


def test_the_corrected_date_counts_everywhere(correct, catalogue, photo_ids, index):
    correct.set(photo_ids[1:], WEDDING)
    date = date_of(catalogue, photo_ids[1])
    assert (date.local, date.source) == (WEDDING, DateSource.USER)
    newest_first = catalogue.browse(NO_FILTERS, SortOrder.DATE_NEWEST).tolist()
    assert newest_first == photo_ids
    assert index.documents[photo_ids[1]].date_key == date.sort_key


def test_no_file_replaces_it(correct, catalogue, photo_ids):
    correct.set(photo_ids, WEDDING)
    catalogue.write(lambda writer: writer.set_metadata(photo_ids[0], taken(2010, 2, 2)))
    assert date_of(catalogue, photo_ids[0]).local == WEDDING


def test_undo_brings_back_what_the_files_said(correct, catalogue, photo_ids):
    before = correct.set(photo_ids, WEDDING)
    correct.restore(before)
    assert date_of(catalogue, photo_ids[0]).local == datetime(2001, 1, 1)
    assert date_of(catalogue, photo_ids[1]) == METADATA.date_taken


def test_undo_of_a_second_correction_brings_back_the_first(correct, catalogue, photo_ids):
    correct.set(photo_ids, WEDDING)
    before = correct.set(photo_ids, datetime(1990, 1, 1))
    correct.restore(before)
    assert date_of(catalogue, photo_ids[0]).local == WEDDING


def test_a_correction_can_be_taken_back(correct, catalogue, photo_ids):
    correct.set(photo_ids, WEDDING)
    before = correct.take_back(photo_ids)
    assert date_of(catalogue, photo_ids[1]) == METADATA.date_taken
    assert {date.local for date in before.values()} == {WEDDING}
