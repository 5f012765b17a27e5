"""Commands about the library: what is in it, what could not be read, adding and removing folders."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from imgsearch_desktop.cli import engine_words, shapes
from imgsearch_desktop.cli.screen import printable
from imgsearch_desktop.cli.session import Session
from imgsearch_desktop.cli.typed_paths import absolute
from imgsearch_desktop.domain.counted import counted
from imgsearch_desktop.domain.errors import Cancelled

if TYPE_CHECKING:
    from imgsearch_desktop.application.index_library import IndexReport
    from imgsearch_desktop.bootstrap.core import Core

FAILURES_SHOWN = 20
"""Failures listed after indexing; `imgsearch failures` lists all."""

RATE_FROM = 100
"""Photos from which on a rate says something; before, loading the model is most of the time."""


def index(
    session: Session,
    folders: Annotated[
        list[str], typer.Argument(metavar="FOLDER...", help="Folders to add, with everything beneath.")
    ],
) -> None:
    """Add folders to the library and index them; on known folders, take in what has changed.

    Nothing in the folders is changed. Ctrl-C stops at once and keeps what is done; the next run goes on.

    [bold]Example[/bold]   imgsearch index ~/Pictures /media/usb/Photos
    """
    from imgsearch_desktop.application.tasks import TaskControl
    from imgsearch_desktop.cli.index_display import progress_display, stopped_by_ctrl_c

    core = session.open_core(tell_model=False)  # the progress tells it
    control = TaskControl()
    paths = [absolute(folder) for folder in folders]
    try:
        with (
            stopped_by_ctrl_c(control, lambda: _leave(session, core)),
            progress_display(session.screen) as report,
        ):
            with core.feeds.in_background():
                done = core.index_library().run(paths, control, report)
            server = core.engine.catch_up(control, report)
    except Cancelled:
        _tell_stopped(session, core)
        raise typer.Exit(130) from None
    _show_report(session, done)
    engine_words.tell_server(session.screen, server)


def _tell_stopped(session: Session, core: Core) -> None:
    searchable = core.library_status().read().searchable
    session.screen.note(
        f"Stopped. {counted(searchable, 'photo')} can be searched; the same command goes on from here."
    )


def _leave(session: Session, core: Core) -> NoReturn:
    """End the process at once; nothing is lost by that, as nothing is by losing power."""
    session.screen.notes.show_cursor(True)
    _tell_stopped(session, core)
    sys.stderr.flush()
    os._exit(130)


def _show_report(session: Session, report: IndexReport) -> None:
    screen = session.screen
    for note in report.notes:
        screen.note(printable(note))
    shape = shapes.index_report(report)
    if screen.json:
        screen.result(shape)
        return
    for failure in report.failed[:FAILURES_SHOWN]:
        screen.note(f"Not read: {printable(os.fsdecode(failure.path))}: {failure.reason}")
    if len(report.failed) > FAILURES_SHOWN:
        screen.note(f"... and {len(report.failed) - FAILURES_SHOWN} more: imgsearch failures")
    counts = [f"{shape[name]:,} {name}" for name in ("added", "updated", "unchanged", "moved", "missing")]
    counts.append(f"{len(report.failed):,} failed")
    if report.videos:
        counts.append(f"{counted(report.videos, 'video')} left out")
    words = f"{', '.join(counts)}; {report.seconds:.1f} s"
    if report.added + report.updated >= RATE_FROM:
        words += f", {shape['photos_per_s']:.1f} photos/s"
    screen.line(words)


def status(session: Session) -> None:
    """Tell how far the library is.

    [bold]Example[/bold]   imgsearch status --json
    """
    core = session.open_core()
    state, switch = core.library_status().read(), core.switch_model().state()
    screen = session.screen
    if screen.json:
        screen.result(shapes.status(state, switch))
        return
    screen.line(
        f"{counted(state.photos, 'photo')} in {counted(state.files, 'file')}; "
        f"{state.searchable:,} can be searched."
    )
    if to_index := state.waiting - state.engine_waiting:
        screen.line(f"{counted(to_index, 'waits', 'wait')} to be indexed: imgsearch index FOLDER goes on.")
    if switch.target is not None:
        screen.line(
            f"The model {switch.target} knows {switch.percent} % of the photos so far: "
            f"imgsearch models use {switch.target} goes on."
        )
    if state.engine_away is not None or state.engine_waiting:
        screen.line(engine_words.how_it_is(state.engine, state.engine_away, state.engine_waiting))
    if state.failed:
        screen.line(f"{counted(state.failed, 'file')} could not be read: imgsearch failures says why.")
    if state.missing:
        vanished = counted(state.missing, "file has", "files have")
        screen.line(f"{vanished} vanished; what is known of them is kept for the day they come back.")
    for root in core.catalogue.roots():
        away = "  (away: its drive is not connected)" if root.away else ""
        screen.line(f"  {printable(os.fsdecode(root.path))}{away}")
    screen.line(
        f"Model {core.model.spec.name}, engine {state.engine}, library {printable(state.library)}",
        style="dim",
    )
    if not state.photos:
        screen.note("Nothing is indexed yet. Add a folder: imgsearch index ~/Pictures")


def failures(session: Session) -> None:
    """List the files that could not be read, or not be encoded for the model that searches, and why.

    [bold]Example[/bold]   imgsearch failures --json
    """
    found = session.open_core().list_failures().all()
    screen = session.screen
    if screen.json:
        screen.result(shapes.failures(found))
        return
    for failure in found:
        path = printable(os.fsdecode(failure.path))
        if screen.interactive:
            screen.line(path)
            screen.line(f"    {failure.reason} ({counted(failure.attempts, 'attempt')})", style="dim")
        else:
            screen.rows([(os.fsdecode(failure.path), failure.reason, str(failure.attempts))])
    if not found:
        screen.note("Every file could be read.")


def duplicates(session: Session) -> None:
    """List photos that lie in several files: the same picture, or nearly the same.

    [bold]Example[/bold]   imgsearch duplicates
    """
    groups = session.open_core().find_duplicates().groups()
    screen = session.screen
    shape = shapes.duplicates(groups)
    if screen.json:
        screen.result(shape)
        return
    for number, group in enumerate(shape["groups"], start=1):
        if screen.interactive:
            screen.line(
                f"{number}. {'the same picture' if group['kind'] == 'exact' else 'nearly the same picture'}"
            )
            for path in group["files"]:
                screen.line(f"    {printable(path)}")
        else:
            screen.rows((str(number), group["kind"], path) for path in group["files"])
    if not groups:
        screen.note("There are no duplicates.")


def remove(
    session: Session,
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="A folder of the library.")],
) -> None:
    """Take a folder out of the library. Its files stay on the disk, untouched.

    [bold]Example[/bold]   imgsearch remove /media/usb/Photos
    """
    core = session.open_core()
    path = absolute(folder)
    report = core.organise_library().remove_folder(path)
    if session.screen.json:
        session.screen.result({"removed": os.fsdecode(path), "photos": report.photos})
        return
    words = f"{report.display_path} is out of the library, {counted(report.photos, 'photo')} with it."
    session.screen.line(f"{printable(words)} The files are still there.")
