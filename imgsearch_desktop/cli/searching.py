"""Searching from the command line: from what was typed to the hits on the screen."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imgsearch_desktop.cli import shapes
from imgsearch_desktop.cli.query_options import (
    day_filter,
    example_of,
    folder_filter,
    format_of,
    known_cameras,
)
from imgsearch_desktop.cli.screen import printable
from imgsearch_desktop.cli.session import Session
from imgsearch_desktop.domain.counted import counted
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.filters import Filters
from imgsearch_desktop.domain.query import Query
from imgsearch_desktop.domain.query_parser import parse
from imgsearch_desktop.domain.result import ResultPage

if TYPE_CHECKING:
    from imgsearch_desktop.bootstrap.core import Core

MANY_WAITING = 1000
"""Photos that the engine has yet to be fed with, beyond which that takes long enough to be told."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, each part as it stands on the command line.

    Raises:
        typer.BadParameter: a date or a type that is none.
    """

    words: Sequence[str] = ()
    like: Sequence[str] = ()
    without: Sequence[str] = ()
    folders: Sequence[str] = ()
    after: str | None = None
    before: str | None = None
    cameras: Sequence[str] = ()
    types: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Find out what is no date and no type before the library is opened."""
        day_filter(self.after, self.before)
        for name in self.types:
            format_of(name)

    def into_query(self, core: Core) -> Query:
        """The query; options win over the same filter inside the text.

        Raises:
            QueryError: a folder, camera or picture that is not there.
        """
        query = parse(" ".join(self.words), core.cameras())
        first, last = day_filter(self.after, self.before)
        cameras = tuple(name for part in self.cameras for name in known_cameras(core, part))
        filters = Filters(
            folders=tuple(folder_filter(core, name) for name in self.folders),
            after=first or query.filters.after,
            before=last or query.filters.before,
            cameras=cameras or query.filters.cameras,
            formats=tuple(format_of(name) for name in self.types) or query.filters.formats,
        )
        minus = tuple(text for text in self.without if text.strip())
        examples = tuple(example_of(core, path) for path in self.like)
        return replace(query, minus=query.minus + minus, examples=query.examples + examples, filters=filters)


def _open_fed_core(session: Session) -> Core:
    """The core, with an engine that knows everything the catalogue does.

    It may not: its files were removed, another version wrote them, indexing was killed. An engine that holds
    this library but cannot be fed now (another process writes to it) answers with what it has.
    """
    core = session.open_core()
    if core.feed.waiting() > MANY_WAITING:
        session.screen.note("Bringing the search index up to date ...")
    try:
        core.feed.catch_up()
    except EngineError as error:
        if not core.feed.holds_this_library():
            raise
        session.screen.note(f"The newest photos may be missing from what is found: {error}")
    return core


def answer(session: Session, make_query: Callable[[Core], Query], limit: int, weak: bool) -> None:
    """Search and show what was found.

    Args:
        session: the run.
        make_query: turns what was asked into a query; called with the open core.
        limit: hits at most.
        weak: also those beyond the drop of the score.
    """
    core = _open_fed_core(session)
    query = make_query(core)
    page = core.search_photos().search(query, limit=limit, weak=weak)
    photos = core.catalogue.photos([hit.photo_id for hit in page.hits])
    shape = shapes.result_page(page, photos)
    screen = session.screen
    if page.notice:
        screen.note(page.notice)
    if screen.json:
        screen.result(shape)
        return
    if screen.interactive:
        _show_table(session, shape)
    else:
        screen.rows(
            (str(hit["rank"]), _score(hit["score"]), hit["path"], ",".join(hit["why"]))
            for hit in shape["hits"]
        )
    screen.note(_summary(core, query, page, weak), style="dim")


def _show_table(session: Session, shape: shapes.Shape) -> None:
    from rich.table import Table
    from rich.text import Text

    if not shape["hits"]:
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("", justify="right", style="dim")
    table.add_column("score", justify="right")
    table.add_column("photo", overflow="fold", ratio=1)
    table.add_column("why", style="dim")
    for hit in shape["hits"]:
        path = Text(printable(hit["path"]))
        path.stylize("dim", 0, path.plain.rfind(os.sep) + 1)
        copies = len(hit["files"]) - 1
        if copies:
            path.append(f"  (+{counted(copies, 'copy', 'copies')})", style="dim italic")
        table.add_row(str(hit["rank"]), _score(hit["score"]), path, ", ".join(hit["why"]))
    session.screen.results.print(table, soft_wrap=False)


def _score(score: float | None) -> str:
    return "" if score is None else f"{score:.3f}"


def _summary(core: Core, query: Query, page: ResultPage, weak: bool) -> str:
    about = f"{core.model.spec.name}, {page.engine} engine, {page.took_ms:.0f} ms"
    if not core.catalogue.counts().photos:
        return "Nothing is indexed yet. Add a folder: imgsearch index ~/Pictures"
    if query.empty:
        return f"{counted(page.total, 'photo')}, newest first ({about})"
    found = f"{page.total:,} found"
    if page.weak_total and not weak:
        found += f", {counted(page.weak_total, 'weaker one')} with --weak"
    return f"{found} ({about})"
