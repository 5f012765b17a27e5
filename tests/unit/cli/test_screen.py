from __future__ import annotations

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imgsearch_desktop.cli.screen import Screen, printable, to_json

BAD_NAME = b"/photos/caf\xe9\n\x1b[31mred.jpg"


def test_a_name_cannot_move_the_cursor_or_break_a_line() -> None:
    shown = printable(os.fsdecode(BAD_NAME))
    assert shown == "/photos/caf\\xe9\\x0a\\x1b[31mred.jpg"
    assert shown.isprintable()


def test_a_name_cannot_turn_the_reading_direction() -> None:
    assert printable("photo\u202egpj.exe") == "photo\\u202egpj.exe"


def test_ordinary_names_in_any_script_stay_as_they_are() -> None:
    for name in ("Straße 1.jpg", "собака.png", "狗 🐕.webp", "e\u0301.jpg", "[red]bold[/red].jpg"):
        assert printable(name) == name


@given(st.binary(max_size=40))
def test_any_path_survives_json_and_can_be_opened_again(path: bytes) -> None:
    text = to_json({"path": os.fsdecode(path)})
    text.encode("utf-8")
    assert os.fsencode(json.loads(text)["path"]) == path


@given(st.text(st.characters(), max_size=40))
def test_whatever_is_shown_is_one_line_of_valid_text(text: str) -> None:
    shown = printable(text)
    shown.encode("utf-8")
    assert len((shown + "x").splitlines()) == 1


def test_markup_in_a_name_is_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen()
    screen.line("[red]a[/red].jpg")
    screen.note("[bold]b")
    assert capsys.readouterr() == ("[red]a[/red].jpg\n", "[bold]b\n")


def test_an_error_is_one_line_that_names_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    Screen().error("one\n  two [red]three")
    assert capsys.readouterr() == ("", "imgsearch: one two [red]three\n")


def test_rows_are_never_cut_or_wrapped(capsys: pytest.CaptureFixture[str]) -> None:
    path = "/" + "x" * 3000 + "\t.jpg"
    Screen().rows([("1", "0.5", path)])
    out = capsys.readouterr().out
    assert out.splitlines() == ["1\t0.5\t" + path.replace("\t", "\\x09")]
