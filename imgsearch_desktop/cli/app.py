"""The commands of `imgsearch` in the order `--help` lists them."""

from __future__ import annotations

from typing import Annotated

import typer

from imgsearch_desktop import __version__
from imgsearch_desktop.cli import (
    about_commands,
    engine_commands,
    library_commands,
    model_commands,
    search_commands,
)
from imgsearch_desktop.cli.options import (
    EngineOption,
    JsonOption,
    LibraryOption,
    UrlOption,
    command,
    take_everywhere,
)

app = typer.Typer(
    name="imgsearch",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=(
        "[bold]Examples[/bold]\n\n"
        "imgsearch index ~/Pictures\n\n"
        'imgsearch search "a dog on the beach"\n\n'
        'imgsearch search "red car" --after 2023 --not truck --json\n\n'
        "imgsearch similar ~/Pictures/cat.jpg"
    ),
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"imgsearch {__version__}")
        raise typer.Exit


@app.callback()
def everywhere(
    ctx: typer.Context,
    json: JsonOption = False,
    library: LibraryOption = None,
    engine: EngineOption = None,
    elasticsearch_url: UrlOption = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Find your photos by describing them, in any language, or by showing another picture.

    Folders are indexed where they are; nothing in them is ever changed.
    """
    del version
    take_everywhere(ctx, json, library, engine, elasticsearch_url)


FIND, LIBRARY, ABOUT = "Find", "The library", "About this installation"

app.command("search", rich_help_panel=FIND)(command(search_commands.search))
app.command("similar", rich_help_panel=FIND)(command(search_commands.similar))
app.command("index", rich_help_panel=LIBRARY)(command(library_commands.index))
app.command("status", rich_help_panel=LIBRARY)(command(library_commands.status))
app.command("failures", rich_help_panel=LIBRARY)(command(library_commands.failures))
app.command("duplicates", rich_help_panel=LIBRARY)(command(library_commands.duplicates))
app.command("remove", rich_help_panel=LIBRARY)(command(library_commands.remove))
app.add_typer(model_commands.app, rich_help_panel=ABOUT)
app.add_typer(engine_commands.app, rich_help_panel=ABOUT)
app.command("doctor", rich_help_panel=ABOUT)(command(about_commands.doctor))
