"""Where photos of an index lie that only knows relative paths."""

from __future__ import annotations

import pytest

from imgsearch_desktop.domain.foreign_paths import places_below


@pytest.mark.parametrize(
    ("relative", "places"),
    [
        ("a.jpg", [b"/base/a.jpg"]),
        ("x/../y/a.jpg", [b"/base/y/a.jpg"]),
        ("./x//ü.jpg", ["/base/x/ü.jpg".encode()]),
        ("x\\y\\a.jpg", [b"/base/x\\y\\a.jpg", b"/base/x/y/a.jpg"]),
        ("/etc/passwd", []),
        ("../a.jpg", []),
        ("x/../../a.jpg", []),
        ("..\\a.jpg", [b"/base/..\\a.jpg"]),
        ("a\0.jpg", []),
        ("", []),
        ("..", []),
    ],
)
def test_places(relative: str, places: list[bytes]) -> None:
    assert list(places_below(b"/base", relative)) == places
