from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imgsearch_desktop.domain.filters import Filters
from imgsearch_desktop.domain.query import Query
from imgsearch_desktop.domain.query_parser import MAX_PARTS, PartKind, parse, split, unparse

CAMERAS = ("Canon EOS 5D", "Canon EOS R6", "iPhone 14")
SYNTAX = st.text(st.sampled_from("ab1 -–\u2212:\"„“«»「」'.\t\n🐕東é"), max_size=30)
FIELD_PIECES = ["after:", "camera:", "type:", "2024-05-01", '"', "raw", "-", "x:", " "]
FIELDS = st.lists(st.sampled_from(FIELD_PIECES), max_size=14).map("".join)
TYPED = SYNTAX | FIELDS | st.text(max_size=40)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("", Query()),
        ("   \n", Query()),
        ("dog on  the beach ", Query(text="dog on the beach")),
        ('"golden gate" fog', Query(text="fog", phrases=("golden gate",))),
        ("dog -car", Query(text="dog", minus=("car",))),
        ('dog -"parked car" \u2212tree', Query(text="dog", minus=("parked car", "tree"))),
        (
            "Hund -„grüner Baum“ „zwei Wörter“",
            Query(text="Hund", phrases=("zwei Wörter",), minus=("grüner Baum",)),
        ),
        ("«le chat» -»ein Auto«", Query(phrases=("le chat",), minus=("ein Auto",))),
        ("「東京」 犬", Query(text="犬", phrases=("東京",))),
        ("-car -tree", Query(minus=("car", "tree"))),
        ("car -tree -tree", Query(text="car", minus=("tree",))),
        ("-", Query()),
        ("cat - dog – bird", Query(text="cat dog bird")),
        ("black-and-white", Query(text="black-and-white")),
        ('"golden gate', Query(text="golden gate")),
        ('-"golden gate', Query(minus=("golden gate",))),
        ('5" x 7" print', Query(text='5" x 7" print')),
        ('"" -"" "!!!" -... ?', Query()),
        ("🐕", Query(text="🐕")),
        ("it's", Query(text="it's")),
        ("/home/me/dog.jpg", Query(text="/home/me/dog.jpg")),
        ("https://example.com/a", Query(text="https://example.com/a")),
        ("after:2024-05-01 sea", Query(text="sea", filters=Filters(after=date(2024, 5, 1)))),
        (
            "AFTER:2024-05-01 after:2024-06-01 before:2024-12-31",
            Query(filters=Filters(after=date(2024, 6, 1), before=date(2024, 12, 31))),
        ),
        (
            "after:2024-02-30 after:yesterday after:2024",
            Query(text="after:2024-02-30 after:yesterday after:2024"),
        ),
        ("type:JPG type:jpeg type:raw", Query(filters=Filters(formats=("jpeg", "raw")))),
        ("type:beer", Query(text="type:beer")),
        ("camera:canon", Query(filters=Filters(cameras=("Canon EOS 5D", "Canon EOS R6")))),
        ('camera:"eos r6"', Query(filters=Filters(cameras=("Canon EOS R6",)))),
        ("camera:leica", Query(text="camera:leica")),
        ("-type:raw", Query(minus=("type:raw",))),
        ("folder:holiday", Query(text="folder:holiday")),
        ('type:"raw', Query(text="type raw")),
        ('title:"red - dog"', Query(text="title red dog")),
    ],
)
def test_typed_text_means(typed: str, query: Query) -> None:
    assert parse(typed, CAMERAS) == query


@given(TYPED)
@settings(deadline=None, max_examples=300)
def test_written_out_again_it_means_the_same(typed: str) -> None:
    query = parse(typed, CAMERAS)
    assert parse(unparse(query), CAMERAS) == query


@given(TYPED)
@settings(deadline=None)
def test_parts_lie_where_they_were_typed(typed: str) -> None:
    parts = split(typed, CAMERAS)
    ends = [0]
    for part in parts:
        assert ends[-1] <= part.start < part.end <= len(typed)
        assert part.text
        if part.kind in (PartKind.PHRASE, PartKind.MINUS):
            assert all(word in typed[part.start : part.end] for word in part.text.replace(":", " ").split())
        ends.append(part.end)


@given(st.lists(st.text(st.characters(categories=("L", "Nd")), min_size=1, max_size=8), max_size=6))
def test_plain_words_stay_as_they_are(words: list[str]) -> None:
    assert parse(" ".join(words)) == Query(text=" ".join(words))


@pytest.mark.parametrize("unit", ['"', "-", "-a ", '"a ', 'a:"', " ", '- "', "🐕", 'a"b" '])
def test_ten_thousand_characters_are_answered_at_once(unit: str) -> None:
    start = time.perf_counter()
    query = parse(unit * (10_000 // len(unit)))
    assert time.perf_counter() - start < 2
    assert len(query.minus) <= MAX_PARTS
    assert len(query.phrases) <= MAX_PARTS
