"""What is shown as one value: chips out of typed text, filters composed."""

from __future__ import annotations

from datetime import date

import pytest

from imgsearch_desktop.application.ports import SortOrder
from imgsearch_desktop.domain.filters import Filters, FolderFilter
from imgsearch_desktop.domain.photo import PhotoId, RootId
from imgsearch_desktop.domain.query import LibraryExample
from imgsearch_desktop.domain.query_parser import PartKind
from imgsearch_desktop.ui.state.asked import Asked, Section, both, take_chips, with_folder


@pytest.mark.parametrize(
    ("typed", "left", "chips"),
    [
        ("dog -car ", "dog ", [(PartKind.MINUS, "car")]),
        ("dog -car", "dog -car", []),
        ('dog -"red car" on grass', "dog on grass", [(PartKind.MINUS, "red car")]),
        ('"golden gate" bridge', "bridge", [(PartKind.PHRASE, "golden gate")]),
        ("type:raw a:b cat", "a:b cat", [(PartKind.FILTER, "type:raw")]),
        ("sea - sky ", "sea - sky ", []),
        ("", "", []),
    ],
)  # fmt: skip
def test_finished_parts_become_chips(typed, left, chips):
    text, found = take_chips(typed)
    assert text == left
    assert [(chip.kind, chip.text) for chip in found] == chips


def test_chips_and_text_make_the_query_that_typing_them_would():
    text, chips = take_chips('dog -"red car" "golden gate" grass')
    example = LibraryExample(PhotoId(7))
    query = Asked(text=text, words=chips, examples=(example,)).query()
    assert query.text == "dog grass"
    assert query.minus == ("red car",)
    assert query.phrases == ("golden gate",)
    assert query.examples == (example,)


def test_typed_filters_and_those_of_the_row_hold_together():
    asked = Asked(
        text="after:2024-03-01 dog",
        filters=Filters(after=date(2023, 1, 1), before=date(2024, 12, 31), formats=("jpeg",)),
    )
    filters = asked.query().filters
    assert filters.after == date(2024, 3, 1)
    assert filters.before == date(2024, 12, 31)
    assert filters.formats == ("jpeg",)


def test_values_on_both_sides_narrow_each_other():
    one, other = Filters(formats=("jpeg", "png")), Filters(formats=("png", "raw"))
    assert both(one, other).formats == ("png",)
    assert both(Filters(), other) == other
    assert both(one, Filters()) == one
    assert not both(Filters(include_away=False), Filters()).include_away


def test_searching_is_more_than_blanks():
    assert not Asked(text="  ").searching
    assert Asked(text="x").searching
    assert Asked(examples=(LibraryExample(PhotoId(1)),)).searching
    assert not Asked(text="x", section=Section.RECENT).browsing().searching
    assert Asked(text="x", section=Section.RECENT).browsing().section is Section.RECENT


def test_each_section_has_its_usual_order():
    assert Asked().browse_order is SortOrder.DATE_NEWEST
    assert Asked(section=Section.RECENT).browse_order is SortOrder.ADDED
    assert Asked(section=Section.RECENT, order=SortOrder.NAME).browse_order is SortOrder.NAME


def test_choosing_a_folder_leaves_the_other_filters():
    folder = FolderFilter(RootId(1), b"2023")
    asked = with_folder(Asked(section=Section.RECENT, filters=Filters(formats=("jpeg",))), folder)
    assert asked.filters == Filters(folders=(folder,), formats=("jpeg",))
    assert asked.section is Section.ALL
    assert with_folder(asked, None).filters == Filters(formats=("jpeg",))
