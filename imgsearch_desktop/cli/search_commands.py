"""Commands that find photos."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

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
from imgsearch_desktop.domain.filters import Filters
from imgsearch_desktop.domain.query import Query
from imgsearch_desktop.domain.query_parser import parse
from imgsearch_desktop.domain.result import ResultPage

if TYPE_CHECKING:
    from imgsearch_desktop.bootstrap.core import Core

FILTERS = "Filters"

MANY_WAITING = 1000
"""Photos that the engine has yet to be fed with, beyond which that takes long enough to be told."""

LimitOption = Annotated[
    int, typer.Option("--limit", "-n", min=1, max=100_000, metavar="N", help="Hits at most.")
]
WeakOption = Annotated[bool, typer.Option("--weak", help="Also those beyond the drop of the score.")]
FolderOption = Annotated[
    list[str] | None,
    typer.Option("--folder", metavar="DIR", help="Below this folder (repeatable).", rich_help_panel=FILTERS),
]
AfterOption = Annotated[
    str | None,
    typer.Option("--after", metavar="DATE", help="Taken on this day or later.", rich_help_panel=FILTERS),
]
BeforeOption = Annotated[
    str | None,
    typer.Option("--before", metavar="DATE", help="Taken on this day or earlier.", rich_help_panel=FILTERS),
]
CameraOption = Annotated[
    list[str] | None,
    typer.Option("--camera", metavar="NAME", help="Taken with it (repeatable).", rich_help_panel=FILTERS),
]
TypeOption = Annotated[
    list[str] | None,
    typer.Option("--type", metavar="TYPE", help="jpeg, heic, raw ... (repeatable).", rich_help_panel=FILTERS),
]


def search(
    session: Session,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="TEXT", help="What the photo shows, in any language.")
    ] = None,
    like: Annotated[
        list[str] | None, typer.Option("--like", metavar="IMAGE", help="Like this picture (repeatable).")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--not", metavar="TEXT", help="Not showing this (repeatable).")
    ] = None,
    folder: FolderOption = None,
    after: AfterOption = None,
    before: BeforeOption = None,
    camera: CameraOption = None,
    type: TypeOption = None,
    limit: LimitOption = 20,
    weak: WeakOption = False,
) -> None:
    """Find photos by what they show. Without TEXT and --like: the newest photos.

    "Quoted words" must occur in the name, folder, keywords, title, description or camera; -word excludes.
    A DATE is 2023-05-01, 2023-05 or 2023.

    [bold]Examples[/bold]

    imgsearch search "sunset over the sea" --after 2023-06 --before 2023-08

    imgsearch search Hund --not Katze --limit 5

    imgsearch search "in the snow" --like dog.jpg --json
    """
    given_days = day_filter(after, before)
    formats = tuple(format_of(name) for name in type or ())
    core = _open_fed_core(session)
    query = parse(" ".join(words or ()), core.cameras())
    own = Filters(
        folders=tuple(folder_filter(core, name) for name in folder or ()),
        after=given_days[0] or query.filters.after,
        before=given_days[1] or query.filters.before,
        cameras=tuple(name for part in camera or () for name in known_cameras(core, part))
        or query.filters.cameras,
        formats=formats or query.filters.formats,
    )
    minus = tuple(words for words in without or () if words.strip())
    examples = tuple(example_of(core, path) for path in like or ())
    query = replace(query, minus=query.minus + minus, examples=query.examples + examples, filters=own)
    _find(session, core, query, limit, weak)


def similar(
    session: Session,
    image: Annotated[
        str, typer.Argument(metavar="IMAGE", help="A photo of the library or any other picture file.")
    ],
    limit: LimitOption = 20,
    weak: WeakOption = False,
) -> None:
    """Find photos like a picture. A picture that is not in the library is searched without being added.

    [bold]Example[/bold]   imgsearch similar ~/Downloads/cat.jpg --limit 5
    """
    core = _open_fed_core(session)
    _find(session, core, Query(examples=(example_of(core, image),)), limit, weak)


def _open_fed_core(session: Session) -> Core:
    """The core, with an engine that knows everything the catalogue does.

    It may not: its files were removed, another version wrote them, indexing was killed.
    """
    core = session.open_core()
    if core.sync.waiting() > MANY_WAITING:
        session.screen.note("Bringing the search index up to date ...")
    core.sync.catch_up()
    return core


def _find(session: Session, core: Core, query: Query, limit: int, weak: bool) -> None:
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
            path.append(f"  (+{copies} cop{'y' if copies == 1 else 'ies'})", style="dim italic")
        table.add_row(str(hit["rank"]), _score(hit["score"]), path, ", ".join(hit["why"]))
    session.screen.results.print(table, soft_wrap=False)


def _score(score: float | None) -> str:
    return "" if score is None else f"{score:.3f}"


def _summary(core: Core, query: Query, page: ResultPage, weak: bool) -> str:
    about = f"{core.model.spec.name}, {page.engine} engine, {page.took_ms:.0f} ms"
    if not core.catalogue.counts().photos:
        return "Nothing is indexed yet. Add a folder: imgsearch index ~/Pictures"
    if query.empty:
        return f"{page.total:,} photos, newest first ({about})"
    found = f"{page.total:,} found"
    if page.weak_total and not weak:
        found += f", {page.weak_total:,} weaker ones with --weak"
    return f"{found} ({about})"
