"""A first look: the newest pictures first, and never too long."""

from __future__ import annotations

import pytest

from imgsearch_desktop.application.first_look import MOST_SHOWN, MOST_TRIED, FirstLook
from imgsearch_desktop.application.ports import Preview
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.domain.errors import Cancelled
from tests.support.fakes import FakeDisk


class Previews:
    """Every file has one but those named "plain"."""

    def __init__(self) -> None:
        self.tried: list[bytes] = []

    def read(self, path: bytes) -> Preview | None:
        self.tried.append(path)
        return None if b"plain" in path else Preview(path, 1)


def disk_of(count: int, name: str = "%d.jpg") -> FakeDisk:
    disk = FakeDisk()
    for number in range(count):
        disk.put(b"/photos/" + (name % number).encode(), f"picture {number}", mtime=number)
    return disk


def test_the_newest_files_come_first_and_no_more_than_can_be_seen():
    look = FirstLook(disk_of(100), Previews())
    found = [preview.data for preview in look.look([b"/photos"], (), TaskControl())]
    assert found == [b"/photos/%d.jpg" % number for number in range(99, 99 - MOST_SHOWN, -1)]


def test_files_without_a_preview_are_not_looked_into_for_ever():
    previews = Previews()
    look = FirstLook(disk_of(1000, "plain %d.jpg"), previews)
    assert list(look.look([b"/photos"], (), TaskControl())) == []
    assert len(previews.tried) == MOST_TRIED


def test_a_vast_folder_is_looked_through_for_a_moment_only():
    ticks = iter(range(1000))
    look = FirstLook(disk_of(100), Previews(), clock=lambda: next(ticks) * 0.07)
    assert len(list(look.look([b"/photos"], (), TaskControl()))) == 5


def test_a_folder_that_cannot_be_read_shows_nothing_and_the_next_one_is_looked_at():
    look = FirstLook(disk_of(2), Previews())
    assert len(list(look.look([b"/nowhere", b"/photos"], (), TaskControl()))) == 2


def test_it_stops_when_nobody_wants_to_see_it():
    control = TaskControl()
    found = FirstLook(disk_of(10), Previews()).look([b"/photos"], (), control)
    assert next(found)
    control.cancel()
    with pytest.raises(Cancelled):
        next(found)
