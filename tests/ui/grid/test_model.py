"""The model: rows on demand, a million of them, what a drag carries."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt

from imgsearch_desktop.ui.grid.contents import Contents, rows_of, runs
from imgsearch_desktop.ui.grid.model import PhotoModel, photo_ids_of, url_of
from tests.ui.grid.conftest import contents, facts_of


def test_the_model_keeps_qts_rules(qtmodeltester):
    model = PhotoModel()
    qtmodeltester.check(model)
    model.set_contents(contents(40))
    model.put_facts([facts_of(3)], range(2, 3))
    qtmodeltester.check(model)


def test_a_million_rows_are_there_at_once():
    model = PhotoModel()
    model.set_contents(contents(1_000_000))
    assert model.rowCount() == 1_000_000
    assert model.data(model.index(999_999), PhotoModel.PHOTO_ID) == 1_000_000


def test_a_row_has_a_place_until_its_facts_arrive(qtbot):
    model = PhotoModel()
    model.set_contents(contents(3))
    index = model.index(1)
    assert model.data(index) == "Photo 2 of 3"
    assert model.data(index, PhotoModel.FACTS) is None
    with qtbot.waitSignal(model.dataChanged) as blocker:
        model.put_facts([facts_of(2)], range(1, 2))
    assert blocker.args[0].row() == blocker.args[1].row() == 1
    assert model.data(index) == "IMG_2.jpg"
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "IMG_2.jpg, 14 August 2023"
    assert model.data(index, Qt.ItemDataRole.AccessibleDescriptionRole) == "Photo 2 of 3"
    assert model.data(index, Qt.ItemDataRole.BackgroundRole) is None


def test_facts_are_kept_for_the_last_photos_only():
    model = PhotoModel(keep_facts=10)
    model.set_contents(contents(30))
    model.put_facts([facts_of(photo_id) for photo_id in range(1, 31)], range(30))
    assert model.rows_without_facts(range(30)) == list(range(20))


def test_facts_of_rows_that_are_gone_are_no_error():
    model = PhotoModel()
    model.set_contents(contents(5))
    model.put_facts([facts_of(9)], range(8, 9))
    model.set_contents(contents(0))
    model.put_facts([facts_of(1)], range(1))


def test_a_drag_carries_ids_and_files():
    model = PhotoModel()
    model.set_contents(contents(5))
    model.put_facts([facts_of(2, path="/photos/Übung 1.jpg".encode()), facts_of(3, path=None)], range(1, 3))
    data = model.mime_of_rows([1, 2, 4])
    assert photo_ids_of(data) == [2, 3, 5]
    assert [url.toLocalFile() for url in data.urls()] == ["/photos/Übung 1.jpg"]


def test_a_file_name_that_is_no_utf8_keeps_its_bytes():
    encoded = bytes(url_of(b"/photos/caf\xe9.jpg").toEncoded().data())
    assert encoded == b"file:///photos/caf%E9.jpg"


def test_rows_of_finds_what_is_there_in_order():
    ids = np.array([9, 4, 7, 1], np.int64)
    assert rows_of(ids, np.array([1, 4, 5], np.int64)).tolist() == [1, 3]
    assert rows_of(ids, np.empty(0, np.int64)).tolist() == []


def test_runs_join_neighbours():
    assert runs(np.array([0, 1, 2, 5, 7, 8], np.int64)) == [(0, 2), (5, 5), (7, 8)]
    assert runs(np.empty(0, np.int64)) == []


def test_sections_know_their_size():
    whole = contents(10, starts=[0, 4])
    assert [whole.section_size(section) for section in range(2)] == [4, 6]
    assert Contents(np.arange(3)).section_size(0) == 3
