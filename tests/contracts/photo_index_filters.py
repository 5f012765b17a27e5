"""Filters and facets."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from imgsearch_desktop.application.ports import FolderPlace
from imgsearch_desktop.domain.filters import NO_FILTERS, Filters, FolderFilter
from imgsearch_desktop.domain.photo import DateSource, DateTaken
from tests.contracts.photo_index_harness import MODEL, OTHER_ROOT, ROOT, Fed, photo


def at(text: str) -> int:
    """The date key of a wall-clock time."""
    return DateTaken(datetime.fromisoformat(text), None, DateSource.EXIF).sort_key


def below(path: bytes, root: int = ROOT) -> Filters:
    return Filters(folders=(FolderFilter(type(ROOT)(root), path),))


class FilterContract:
    def test_a_folder_holds_what_lies_beneath_it(self, fed: Fed) -> None:
        folders = [b"", b"ab", b"ab/c", b"abc", b"ab0", b"ab-c", b"x/ab", b"AB"]
        fed.put(*(photo(number, folder=folder) for number, folder in enumerate(folders, 1)))
        fed.put(photo(20, folder=b"ab", root=OTHER_ROOT))
        assert fed.everything(filters=below(b"")) == list(range(1, 9))
        assert fed.everything(filters=below(b"ab")) == [2, 3]
        assert fed.everything(filters=below(b"ab/c")) == [3]
        assert fed.everything(filters=below(b"a")) == []
        assert fed.everything(filters=below(b"", OTHER_ROOT)) == [20]
        two = Filters(folders=(FolderFilter(ROOT, b"abc"), FolderFilter(OTHER_ROOT, b"ab")))
        assert fed.everything(filters=two) == [4, 20]

    def test_folders_are_compared_as_bytes(self, fed: Fed) -> None:
        fed.put(photo(1, folder=b"\xff\xfe"), photo(2, folder=b"\xff"), photo(3, folder="ä".encode()))
        fed.put(photo(4, folder="ä".encode()), photo(5, folder=b"a_b/%"), photo(6, folder=b"aXb/Y"))
        assert fed.everything(filters=below(b"\xff")) == [2]
        assert fed.everything(filters=below(b"\xff\xfe")) == [1]
        assert fed.everything(filters=below("ä".encode())) == [3, 4]
        assert fed.everything(filters=below(b"a_b")) == [5]

    def test_a_copy_counts_in_each_of_its_folders(self, fed: Fed) -> None:
        places = (FolderPlace(ROOT, b"a", ("R", "a")), FolderPlace(OTHER_ROOT, b"b", ("S", "b")))
        fed.put(photo(1, places=places))
        assert fed.everything(filters=below(b"a")) == fed.everything(filters=below(b"b", OTHER_ROOT)) == [1]
        fed.put(photo(1, 2, places=places[1:]))
        assert fed.everything(filters=below(b"a")) == []

    @pytest.mark.parametrize(
        ("after", "before", "found"),
        [
            (None, None, [1, 2, 3, 4, 5]),
            (date(2024, 5, 1), None, [2, 3, 4]),
            (None, date(2024, 4, 30), [1]),
            (date(2024, 5, 1), date(2024, 5, 1), [2, 3]),
            (date(2024, 5, 2), date(2024, 5, 1), []),
            (date(1, 1, 1), date(9999, 12, 31), [1, 2, 3, 4]),
        ],
    )
    def test_both_days_of_a_range_belong_to_it(
        self, fed: Fed, after: date | None, before: date | None, found: list[int]
    ) -> None:
        times = ["1960-02-29T23:59:59", "2024-05-01T00:00:00", "2024-05-01T23:59:59", "2024-05-02T00:00:00"]
        fed.put(*(photo(number, date_key=at(time)) for number, time in enumerate(times, 1)), photo(5))
        assert fed.everything(filters=Filters(after=after, before=before)) == found

    def test_cameras_are_compared_without_case(self, fed: Fed) -> None:
        cameras = ["Canon EOS 5D", "CANON EOS 5d", "Canon EOS", "ÀRIX", None]
        fed.put(*(photo(number, camera=camera) for number, camera in enumerate(cameras, 1)))
        assert fed.everything(filters=Filters(cameras=("canon eos 5D",))) == [1, 2]
        assert fed.everything(filters=Filters(cameras=("àrix", "canon eos"))) == [3, 4]

    def test_raw_stands_for_every_raw_format(self, fed: Fed) -> None:
        formats = [("jpeg", False), ("dng", True), ("nef", True), ("heic", False)]
        fed.put(*(photo(number, format=name, raw=raw) for number, (name, raw) in enumerate(formats, 1)))
        assert fed.everything(filters=Filters(formats=("raw",))) == [2, 3]
        assert fed.everything(filters=Filters(formats=("nef",))) == [3]
        assert fed.everything(filters=Filters(formats=("raw", "heic"))) == [2, 3, 4]

    def test_photos_away_can_be_left_out(self, fed: Fed) -> None:
        both = (FolderPlace(ROOT, b"", ("R",)), FolderPlace(OTHER_ROOT, b"", ("S",)))
        fed.put(photo(1), photo(2, root=OTHER_ROOT), photo(3, places=both))
        away = {"away_roots": frozenset({OTHER_ROOT})}
        here: dict[str, Any] = {"filters": Filters(include_away=False)}
        assert fed.everything(**away) == [1, 2, 3]
        assert fed.everything(**away, **here) == [1, 3]
        assert fed.everything(**here) == [1, 2, 3]
        assert fed.everything(**here, away_roots=frozenset({ROOT, OTHER_ROOT})) == []

    def test_all_conditions_must_hold(self, fed: Fed) -> None:
        wanted: dict[str, Any] = {
            "camera": "A",
            "format": "png",
            "folder": b"x",
            "date_key": at("2020-01-01"),
        }
        others: list[dict[str, Any]] = [{"camera": "B"}, {"format": "gif"}, {"folder": b"y"}, {"date_key": 0}]
        fed.put(photo(1, title="dog", **wanted))
        fed.put(*(photo(number, title="dog", **(wanted | other)) for number, other in enumerate(others, 2)))
        filters = Filters(
            folders=(FolderFilter(ROOT, b"x"),), after=date(2020, 1, 1), cameras=("a",), formats=("png",)
        )
        assert fed.everything(filters=filters) == fed.found("dog", filters=filters) == [1]

    def test_the_same_filter_sees_what_has_changed(self, fed: Fed) -> None:
        only = Filters(cameras=("leica",))
        fed.put(photo(1, camera="Leica"), photo(2))
        assert fed.everything(filters=only) == [1]
        fed.put(photo(2, 3, camera="Leica"), photo(3, 4, camera="Leica"))
        assert fed.everything(filters=only) == [1, 2, 3]

    def test_facets_count_what_passes(self, fed: Fed) -> None:
        fed.put(
            photo(1, camera="Leica", format="jpeg", date_key=at("2023-06-01")),
            photo(2, camera="Leica", format="dng", raw=True, date_key=at("2024-01-01")),
            photo(3, camera="Canon", format="jpeg", date_key=at("2024-12-31T23:59:59")),
            photo(4, format="jpeg"),
        )
        everything = fed.index.facets(MODEL, NO_FILTERS)
        assert everything.cameras == {"Leica": 2, "Canon": 1}
        assert everything.formats == {"jpeg": 3, "dng": 1}
        assert everything.years == {2023: 1, 2024: 2}
        some = fed.index.facets(MODEL, Filters(after=date(2024, 1, 1)))
        assert some.cameras == {"Leica": 1, "Canon": 1}
        assert some.formats == {"jpeg": 1, "dng": 1}
        assert some.years == {2024: 2}
