"""What comes from below the window is shown in the window's language."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.elasticsearch.findings import Disk, disk_finding
from imgsearch_desktop.adapters.imaging.formats import picture_format
from imgsearch_desktop.domain.errors import PhotoUnreadableError
from imgsearch_desktop.ui.words.spoken import spoken
from tests.support.core_texts import core_texts
from tests.support.repository import ROOT


def test_the_words_of_every_error_for_people_are_known() -> None:
    assert core_texts().unresolved == []


@pytest.mark.usefixtures("german")
def test_what_the_core_says_is_german() -> None:
    failed = "The file cannot be read: Input/output error."
    still_failing = "1 file could not be read before and did not change since."
    assert spoken(f"{failed} {still_failing}") == (
        "Die Datei lässt sich nicht lesen: Ein-/Ausgabefehler. "
        "Schon früher nicht lesbar und seitdem unverändert: 1 Datei."
    )


@pytest.mark.usefixtures("german")
def test_numbers_are_written_as_the_language_does() -> None:
    said = spoken("Weaker matches end at the nearest 1,000 of 60,000 photos.")
    assert said == "Schwächere Treffer enden bei den nächsten 1.000 von 60.000 Fotos."


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("free", "said"),
    [
        (50, "Von 100 GB sind auf dem Knoten n1 noch 50.0 frei."),
        (9, "Von 100 GB sind auf dem Knoten n1 noch 9.0 frei; das ist wenig. Bitte dort Platz schaffen, bevor"
            " Elasticsearch keine Änderungen mehr annimmt."),
        (1, "Von 100 GB sind auf dem Knoten n1 noch 1.0 frei: Elasticsearch nimmt keine Änderungen mehr an."
            " Bitte dort Platz schaffen."),
    ],
)  # fmt: skip
def test_the_room_on_a_server_is_told_in_whole_sentences(free: int, said: str) -> None:
    found = disk_finding([Disk("n1", 100 * 2**30, free * 2**30)])
    assert found is not None
    assert spoken(found.text) == said


@pytest.mark.usefixtures("german")
def test_what_is_not_known_is_shown_as_it_is() -> None:
    assert spoken("libpng: CRC error") == "libpng: CRC error"


def test_english_is_what_the_core_says() -> None:
    for template in core_texts().templates:
        assert spoken(template) == template


def test_language_may_change_meanwhile(language: Callable[[str], str]) -> None:
    language("de")
    assert spoken("The file is empty.") == "Die Datei ist leer."
    language("en")
    assert spoken("The file is empty.") == "The file is empty."


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("head", "told"),
    [
        (b"8BPS" + bytes(20), "ein Photoshop-Dokument"),
        (b"gimp xcf" + bytes(20), "ein GIMP-Dokument"),
        (b"<!doctype html>", "eine Webseite"),
        (bytes(40), "kein Bild in einem lesbaren Format"),
    ],
)
def test_refusals_of_real_files_are_german(head: bytes, told: str) -> None:
    with pytest.raises(PhotoUnreadableError) as refused:
        picture_format(memoryview(head))
    assert told in spoken(str(refused.value))


FROM_BELOW = {
    "problem.message",
    "error.message",
    "failure.reason",
    "gathered.notice",
    "report.notes",
    "spec.limits",
}
"""What holds sentences of the core, by the names that the window's code gives it."""


def _shown_raw(path: Path) -> Iterator[str]:
    """Places where a sentence from below is read without `spoken`."""
    tree = ast.parse(path.read_text("utf-8"))
    said = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "spoken"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node not in said and ast.unparse(node) in FROM_BELOW:
            yield f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node)}"


def test_the_window_says_what_comes_from_below_in_its_own_language() -> None:
    rooms = [ROOT / "imgsearch_desktop" / "ui", ROOT / "imgsearch_desktop" / "bootstrap" / "window.py"]
    files = [file for room in rooms for file in (room.rglob("*.py") if room.is_dir() else [room])]
    assert [line for file in files for line in _shown_raw(file)] == []
