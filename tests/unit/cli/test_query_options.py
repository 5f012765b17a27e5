from __future__ import annotations

from datetime import date

import pytest
import typer

from imgsearch_desktop.cli.query_options import day_filter, format_of


@pytest.mark.parametrize(
    ("after", "before", "first", "last"),
    [
        ("2023-05-04", "2023-05-04", date(2023, 5, 4), date(2023, 5, 4)),
        ("2023-05", "2023-06", date(2023, 5, 1), date(2023, 6, 30)),
        ("2023", "2024", date(2023, 1, 1), date(2024, 12, 31)),
        (None, "2024-02", None, date(2024, 2, 29)),
        (" 2023-5-4 ", None, date(2023, 5, 4), None),
        (None, None, None, None),
    ],
)
def test_days_months_and_years_count_whole(
    after: str | None, before: str | None, first: date | None, last: date | None
) -> None:
    assert day_filter(after, before) == (first, last)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "yesterday",
        "2023-13",
        "2023-02-30",
        "0000",
        "04.05.2023",
        "20230504",
        "2023-05-04T10:00",
        "\uff12\uff10\uff12\uff13",
    ],
)
def test_what_is_no_date_is_named_with_its_option(typed: str) -> None:
    with pytest.raises(typer.BadParameter, match="is not a date") as caught:
        day_filter(None, typed)
    assert caught.value.param_hint == "--before"


def test_a_range_without_days_is_refused() -> None:
    with pytest.raises(typer.BadParameter, match="2024 lies behind --before 2023"):
        day_filter("2024", "2023")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("JPG", "jpeg"), (".tif", "tiff"), ("heif", "heic"), ("raw", "raw"), ("cr2", "cr2"), ("jxl", "jxl")],
)
def test_formats_go_by_their_usual_names(typed: str, name: str) -> None:
    assert format_of(typed) == name


def test_a_format_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(typer.BadParameter, match=r"'doc' is none of jpeg, png"):
        format_of("doc")
