"""Options that every command takes, before or after its name, and what every command does around its work."""

from __future__ import annotations

import functools
import inspect
import os
import sys
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

import typer

from imgsearch_desktop.cli.session import Everywhere, Session

PANEL = "Everywhere"


class EngineName(StrEnum):
    """Engines that can be asked for."""

    EMBEDDED = "embedded"
    ELASTICSEARCH = "elasticsearch"


JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.", rich_help_panel=PANEL)]
LibraryOption = Annotated[
    str | None,
    typer.Option(
        "--library",
        metavar="DIR",
        help="Use the library in this directory (also: IMGSEARCH_LIBRARY).",
        rich_help_panel=PANEL,
    ),
]
EngineOption = Annotated[
    EngineName | None,
    typer.Option(
        "--engine", metavar="ENGINE", help="Search with embedded or elasticsearch.", rich_help_panel=PANEL
    ),
]
UrlOption = Annotated[
    str | None,
    typer.Option("--elasticsearch-url", metavar="URL", help="Where Elasticsearch is.", rich_help_panel=PANEL),
]

_EVERYWHERE: dict[str, tuple[Any, object]] = {
    "json": (JsonOption, False),
    "library": (LibraryOption, None),
    "engine": (EngineOption, None),
    "elasticsearch_url": (UrlOption, None),
}


def command(work: Callable[..., None]) -> Callable[..., None]:
    """Make a command out of a function whose first parameter is the session.

    The command takes the options valid everywhere besides the function's own, and ends quietly when whoever
    reads its output has gone.
    """
    own = list(inspect.signature(work, eval_str=True).parameters.values())[1:]
    keyword_only = inspect.Parameter.KEYWORD_ONLY
    shared = [
        inspect.Parameter(name, keyword_only, default=default, annotation=annotation)
        for name, (annotation, default) in _EVERYWHERE.items()
    ]
    context = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)

    @functools.wraps(work)
    def run(ctx: typer.Context, **given: Any) -> None:
        session = take_everywhere(ctx, **{name: given.pop(name) for name in _EVERYWHERE})
        try:
            work(session, **given)
        except BrokenPipeError:
            forget_stdout()

    parameters = [context, *(parameter.replace(kind=keyword_only) for parameter in own), *shared]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    del run.__wrapped__
    return run


def take_everywhere(
    ctx: typer.Context,
    json: bool,
    library: str | None,
    engine: EngineName | None,
    elasticsearch_url: str | None,
) -> Session:
    """Hand what was given here to the session."""
    session = ctx.ensure_object(Session)
    if library is not None and not library.strip():
        raise typer.BadParameter("the name of a directory is missing.", param_hint="--library")
    session.take(Everywhere(json, library, engine.value if engine else None, elasticsearch_url))
    return session


def forget_stdout() -> None:
    """Let whatever is still to be written, now and when Python ends, go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
