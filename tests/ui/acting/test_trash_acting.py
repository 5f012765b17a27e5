"""The trash with undo, from the command to the disk."""

from __future__ import annotations

from pathlib import Path

from imgsearch_desktop.ui.acting.photo_acting import PhotoActing
from imgsearch_desktop.workers import threads
from tests.ui.acting.test_photo_acting import all_names


def due_now(bench):
    """As if the time to undo were over."""
    for entry in bench.catalogue.trash_journal():
        bench.catalogue.write(lambda writer, entry=entry: writer.withdraw_trash([entry.file_id]))
        bench.catalogue.write(
            lambda writer, entry=entry: writer.journal_trash(
                [entry.file_id], entry.due.min.replace(year=2000, tzinfo=entry.due.tzinfo)
            )
        )


def test_it_is_out_of_view_at_once_and_moved_when_its_time_has_come(bench, qtbot):
    wanted = bench.ids("a.jpg")
    bench.acting.trash.move(wanted)
    qtbot.waitUntil(lambda: bench.seen.messages == ["1 photo(s) moved to the trash"])
    assert bench.seen.removed == [wanted]
    assert "a.jpg" not in bench.in_view()
    assert Path(bench.path("a.jpg")).exists()
    due_now(bench)
    bench.acting.trash._due.timeout.emit()
    qtbot.waitUntil(lambda: bench.trash.sent == ["a.jpg"])
    assert bench.seen.problems == []


def test_undo_brings_it_back_once(bench, qtbot):
    bench.acting.trash.move(bench.ids("a.jpg", "b.jpg"))
    qtbot.waitUntil(lambda: len(bench.seen.messages) == 1)
    assert bench.acting.undo_words == "2 photo(s) moved to the trash"
    undo = bench.seen.undo[0]
    undo()
    undo()
    qtbot.waitUntil(lambda: len(bench.seen.messages) == 2)
    assert bench.in_view() == all_names()
    assert bench.acting.undo_words == ""
    assert bench.seen.changes == 2


def test_undo_that_comes_too_late_says_where_the_files_are(bench, qtbot):
    bench.acting.trash.move(bench.ids("a.jpg"))
    qtbot.waitUntil(lambda: len(bench.seen.messages) == 1)
    bench.use_cases.trash.carry_out(everything=True)
    bench.seen.undo[0]()
    qtbot.waitUntil(lambda: "too late" in "".join(bench.seen.problems))


def test_several_copies_are_asked_about_and_only_the_chosen_one_goes(bench, qtbot):
    with qtbot.waitSignal(bench.acting.copies_found) as asked:
        bench.acting.trash.move(bench.ids("a.jpg", "copied.jpg"))
    (photos,) = asked.args
    assert bench.in_view() == all_names()
    copied = photos[1]
    second = next(f.file_id for f in copied.files if f.relative_path == b"second copy.jpg")
    bench.acting.trash.move_files([copied], [second])
    qtbot.waitUntil(lambda: bench.seen.messages == ["1 file(s) moved to the trash"])
    assert bench.in_view() == [name for name in all_names() if name != "second copy.jpg"]
    assert bench.seen.removed == [[]]


def test_a_volume_without_trash_is_asked_about_before_deleting(bench, qtbot):
    bench.acting.trash.move(bench.ids("usb.jpg"))
    qtbot.waitUntil(lambda: len(bench.seen.messages) == 1)
    due_now(bench)
    with qtbot.waitSignal(bench.acting.delete_asked) as asked:
        bench.acting.trash.carry_out()
    assert bench.in_view() == all_names()
    bench.acting.trash.delete_for_good(asked.args[0])
    qtbot.waitUntil(lambda: bench.trash.sent == ["usb.jpg"])
    qtbot.waitUntil(lambda: bench.seen.messages[-1] == "1 file(s) deleted for good")
    assert "usb.jpg" not in bench.in_view()


def test_files_that_are_away_are_not_taken_for_moved(bench, qtbot):
    Path(bench.path("a.jpg")).rename(bench.path("elsewhere"))
    bench.acting.trash.move(bench.ids("a.jpg"))
    qtbot.waitUntil(lambda: "not at their places" in "".join(bench.seen.problems))
    assert "a.jpg" in bench.in_view()
    assert bench.catalogue.trash_journal() == []


def test_at_quit_everything_is_carried_out(bench, qtbot):
    bench.acting.trash.move(bench.ids("a.jpg"))
    qtbot.waitUntil(lambda: len(bench.seen.messages) == 1)
    bench.acting.close()
    assert threads.wait()
    bench.acting.finish()
    assert bench.trash.sent == ["a.jpg"]


def test_what_a_killed_program_left_is_carried_out_at_the_start(bench, qtbot):
    bench.acting.trash.move(bench.ids("a.jpg"))
    qtbot.waitUntil(lambda: len(bench.seen.messages) == 1)
    due_now(bench)
    next_start = PhotoActing(bench.use_cases)
    next_start.start()
    qtbot.waitUntil(lambda: bench.trash.sent == ["a.jpg"])
    next_start.close()
