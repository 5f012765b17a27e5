"""What the sidebar counts, asked of the database and not of every row."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.adapters.catalogue.photo_reader import COPIED
from imgsearch_desktop.domain.photo import PhotoMetadata
from tests.adapters.catalogue.sample import ROOT, VOLUME, add, record

NAME = st.binary(min_size=1, max_size=6).filter(lambda name: b"/" not in name and b"\0" not in name)
PATHS = st.lists(st.lists(NAME, min_size=1, max_size=4).map(b"/".join), unique=True, max_size=12)


@settings(max_examples=30, deadline=None)
@given(PATHS)
def test_folders_are_counted_whatever_bytes_their_names_have(tmp_path_factory, paths):
    catalogue = SqliteCatalogue(tmp_path_factory.mktemp("library"))
    try:
        root_id = catalogue.write(lambda writer: writer.add_root(ROOT, VOLUME))
        catalogue.write(lambda writer: [add(writer, root_id, path) for path in paths])
        assert catalogue.folder_counts(root_id) == Counter(path.rpartition(b"/")[0] for path in paths)
    finally:
        catalogue.close()


def test_missing_files_and_other_roots_do_not_count(tmp_path):
    catalogue = SqliteCatalogue(tmp_path)
    try:
        first, second = catalogue.write(lambda w: [w.add_root(path, VOLUME) for path in (b"/a", b"/b")])
        catalogue.write(lambda writer: [add(writer, first, path) for path in (b"x/1.jpg", b"x/2.jpg")])
        catalogue.write(lambda writer: add(writer, second, b"x/3.jpg"))
        gone = next(f.file_id for f in catalogue.known_files(first) if f.relative_path == b"x/2.jpg")
        assert gone is not None
        catalogue.write(lambda writer: writer.mark_missing([gone]))
        assert catalogue.folder_counts(first) == {b"x": 1}
    finally:
        catalogue.close()


def test_photos_in_several_files_are_those_with_two_that_are_there(tmp_path):
    catalogue = SqliteCatalogue(tmp_path)
    try:
        root_id = catalogue.write(lambda writer: writer.add_root(ROOT, VOLUME))
        one, two, three = catalogue.write(lambda w: [add(w, root_id, name) for name in (b"1", b"2", b"3")])

        def copy(writer):
            for photo_id, name in ((two, b"2 copy"), (three, b"3 copy")):
                writer.put_file(photo_id, record(root_id, name, photo_id))

        catalogue.write(copy)
        copies = {f.relative_path: f.file_id for f in catalogue.known_files(root_id)}
        gone = copies[b"3 copy"]
        assert gone is not None
        catalogue.write(lambda writer: writer.mark_missing([gone]))
        assert catalogue.photos_in_several_files().tolist() == [two]
        assert one not in catalogue.photos_in_several_files()
    finally:
        catalogue.close()


def test_the_question_for_copies_reads_an_index_alone(tmp_path):
    catalogue = SqliteCatalogue(tmp_path)
    try:
        plan = catalogue._rows("EXPLAIN QUERY PLAN " + COPIED)
        assert "COVERING INDEX" in str([tuple(row) for row in plan])
    finally:
        catalogue.close()


def test_keywords_come_most_frequent_first(tmp_path):
    catalogue = SqliteCatalogue(tmp_path)
    try:
        root_id = catalogue.write(lambda writer: writer.add_root(ROOT, VOLUME))
        words = (("sea", "dog"), ("sea",), ())

        def fill(writer):
            for number, keywords in enumerate(words):
                add(writer, root_id, b"%d" % number, PhotoMetadata(keywords=keywords))

        catalogue.write(fill)
        assert catalogue.keywords(5) == ["sea", "dog"]
        assert catalogue.keywords(1) == ["sea"]
    finally:
        catalogue.close()
