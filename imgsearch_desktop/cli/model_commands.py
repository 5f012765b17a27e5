"""`imgsearch models`: which models there are, how they come and go, which one searches."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from imgsearch_desktop.cli import model_words
from imgsearch_desktop.cli.model_work import refuse_what_is_not_ready, tell_taken, working
from imgsearch_desktop.cli.options import (
    EngineOption,
    JsonOption,
    LibraryOption,
    UrlOption,
    command,
    take_everywhere,
)
from imgsearch_desktop.cli.session import Session
from imgsearch_desktop.domain.counted import counted
from imgsearch_desktop.domain.errors import ModelError

if TYPE_CHECKING:
    from imgsearch_desktop.domain.embedding import ModelId

app = typer.Typer(name="models", invoke_without_command=True, rich_markup_mode="rich")

ModelArgument = Annotated[str, typer.Argument(metavar="MODEL", help="Its id, as the list says.")]


@app.callback()
def models(
    ctx: typer.Context,
    json: JsonOption = False,
    library: LibraryOption = None,
    engine: EngineOption = None,
    elasticsearch_url: UrlOption = None,
) -> None:
    """List the models that turn pictures and words into comparable embeddings; fetch and choose others.

    [bold]Example[/bold]   imgsearch models download clip-vit-b-32-multilingual
    """
    session = take_everywhere(ctx, json, library, engine, elasticsearch_url)
    if ctx.invoked_subcommand is None:
        list_models(session)


def list_models(session: Session) -> None:
    """List the models, those that can be downloaded too.

    [bold]Example[/bold]   imgsearch models list --json
    """
    core = session.open_core()
    shapes = [model_words.model_shape(core, stored) for stored in core.model_library().models()]
    screen = session.screen
    if screen.json:
        screen.result({"models": shapes})
        return
    for shape in shapes:
        first, *others = model_words.model_lines(shape)
        screen.line(first)
        for line in others:
            screen.line(line, style="dim")


def use(
    session: Session,
    model: ModelArgument,
    now: Annotated[
        bool, typer.Option("--now", help="Search with it at once, on the photos that it knows so far.")
    ] = False,
) -> None:
    """Search with another model from now on.

    The library is encoded for it first, newest photos first; searches go on with the present one. Ctrl-C
    stops that and keeps what is done; the same command goes on. Going back is quick: old embeddings stay.

    [bold]Example[/bold]   imgsearch models use clip-vit-b-32-multilingual
    """
    from imgsearch_desktop.cli.index_display import told

    core = session.open_core(tell_model=False)  # the progress tells it
    refuse_what_is_not_ready(core.model_library().model(_id(model)))
    switch = core.switch_model()
    switch.choose(_id(model))
    with working(session, told, "Stopped. The same command goes on from here.") as (control, report):
        state = switch.state()
        if now and state.target is not None and state.known:
            switch.switch_early(control, report)
        done = switch.run(control, report)
    if session.screen.json:
        session.screen.result(
            {"model": core.model.spec.model_id, "encoded": done.encoded, "failed": done.failed}
        )
        return
    words = f"{core.model.spec.name} searches now"
    if done.encoded:
        words += f"; {counted(done.encoded, 'photo')} encoded for it"
    if done.failed:
        words += f", {done.failed:,} could not be"
    session.screen.line(f"{words}.")
    for reason in done.reasons:
        session.screen.note(f"Not encoded: {reason}")


def download(
    session: Session,
    model: ModelArgument,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Agree to the licence without being asked.")
    ] = False,
) -> None:
    """Download a model, or go on with its download. Nothing is fetched before you agree to its licence.

    HF_ENDPOINT names a mirror, HTTPS_PROXY a proxy. Without internet here, import a folder instead.

    [bold]Example[/bold]   imgsearch models download clip-vit-b-32-multilingual --yes
    """
    core = session.open_core()
    library = core.model_library()
    entry = library.model(_id(model)).entry
    if not entry.downloadable:
        raise ModelError(f"The model {entry.name} is not one that can be downloaded.")
    if not library.model(entry.model_id).usable:
        _agree(session, list(model_words.licence_lines(entry)), yes)
    words = "Stopped. What has come is kept; the same command goes on from here."
    with working(session, model_words.progress_words, words) as (control, report):
        stored = library.fetch(entry.model_id, entry.licence, control, report)
    tell_taken(session, core, stored)


def import_folder(
    session: Session,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="With visual and textual in it.")],
    as_model: Annotated[
        str | None, typer.Option("--as", metavar="MODEL", help="The model of the list whose files these are.")
    ] = None,
    unchecked: Annotated[
        bool, typer.Option("--unchecked", help="Take it although its pictures and words do not match.")
    ] = False,
) -> None:
    """Take a model from a folder on this computer; the folder stays as it is.

    [bold]Example[/bold]   imgsearch models import /media/usb/clip-vit-b-32-multilingual
    """
    core = session.open_core()
    named = None if as_model is None else _id(as_model)
    with working(session, model_words.progress_words, "Stopped. Nothing was taken.") as (control, report):
        stored = core.model_library().import_folder(
            folder.expanduser().absolute(), control, report, as_model=named, checked=not unchecked
        )
    tell_taken(session, core, stored)


def faster(session: Session, model: ModelArgument) -> None:
    """Make a version of a model that encodes photos faster (int8), under an id of its own.

    It is compared with the original on photos of the library, and kept only if it is as good as that one:
    a cosine of 0.99 or more for nearly all of them. The original stays.

    [bold]Example[/bold]   imgsearch models faster clip-vit-b-32-multilingual-fp32
    """
    from imgsearch_desktop.cli.index_display import told

    core = session.open_core()
    with working(session, told, "Stopped. Nothing was made.") as (control, report):
        made = core.make_faster().run(_id(model), control, report)
    agreed = f"cosine {made.cosine:.4f} with the original on {counted(made.photos, 'photo')}"
    if made.stored is None:
        raise ModelError(f"The faster version differs too much: {agreed}. It was not kept; use the original.")
    if session.screen.json:
        shape = model_words.model_shape(core, made.stored)
        session.screen.result(shape | {"cosine": round(made.cosine, 5), "photos": made.photos})
        return
    session.screen.line(f"{made.stored.entry.name}: {agreed}")
    session.screen.line(f"It is here: imgsearch models use {made.stored.model_id}")


def pair(
    session: Session,
    images: Annotated[str, typer.Argument(metavar="IMAGES", help="The model for pictures: name or folder.")],
    texts: Annotated[str, typer.Argument(metavar="TEXTS", help="The model for texts: name or folder.")],
    name: Annotated[str | None, typer.Option("--name", help="What the list is to call it.")] = None,
    unchecked: Annotated[
        bool, typer.Option("--unchecked", help="Take it although its pictures and words do not match.")
    ] = False,
) -> None:
    r"""Add a pair of models that the library sentence-transformers runs, as in the published recipe.

    Both are loaded once, to find out what they make and whether they match.
    They stay where they are; what a name stands for comes from the model hub,
    under its own licence, unless it lies in the hub's cache. Needs an extra:
    pip install 'imgsearch-desktop\[sentence-transformers]'

    [bold]Example[/bold]   imgsearch models pair clip-ViT-B-32 clip-ViT-B-32-multilingual-v1
    """
    core = session.open_core()
    with working(session, model_words.progress_words, "Stopped. Nothing was added.") as (control, report):
        stored = core.model_library().add_pair(
            images, texts, control, report, name=name, checked=not unchecked
        )
    tell_taken(session, core, stored)


def verify(session: Session, model: ModelArgument) -> None:
    """Read every file of a model again, and try it on a dozen drawings. Exits 1 if it is unusable.

    [bold]Example[/bold]   imgsearch models verify clip-vit-b-32-multilingual
    """
    core = session.open_core()
    with working(session, model_words.progress_words, "Stopped.") as (control, report):
        stored = core.model_library().verify(_id(model), control, report)
    if session.screen.json:
        session.screen.result(model_words.model_shape(core, stored))
    else:
        for line in model_words.check_lines(stored.check) if stored.check is not None else ():
            session.screen.line(line)
    refuse_what_is_not_ready(stored)
    if not session.screen.json:
        session.screen.line(f"{stored.entry.name} is whole.")


def remove(session: Session, model: ModelArgument) -> None:
    """Delete a model's files, and its embeddings of this library. The photos can be searched as before.

    [bold]Example[/bold]   imgsearch models remove siglip2-b-16
    """
    from imgsearch_desktop.cli.index_display import told

    core = session.open_core()
    with working(session, told, "Stopped. The same command goes on from here.") as (control, report):
        done = core.model_library().remove(_id(model), control, report)
    if session.screen.json:
        session.screen.result({"removed": model, "bytes": done.bytes_freed, "photos": done.photos})
        return
    words = f"{done.entry.name} is removed, {done.bytes_freed / 1e6:,.0f} MB"
    if done.photos:
        words += f", and what it knew of {counted(done.photos, 'photo')}"
    session.screen.line(f"{words}.")


def _id(typed: str) -> ModelId:
    """A model's id; what it is made of is loaded here, as help must not wait for it."""
    from imgsearch_desktop.domain.embedding import ModelId

    return ModelId(typed)


def _agree(session: Session, lines: list[str], yes: bool) -> None:
    """Show a licence and have it agreed to."""
    for line in lines:
        session.screen.note(line)
    if yes:
        return
    if not sys.stdin.isatty():
        raise typer.BadParameter("agree to the licence above with --yes.", param_hint="--yes")
    if not typer.confirm("Do you agree to the licence, and download?", err=True):
        raise typer.Exit(1)


app.command("list")(command(list_models))
app.command("use")(command(use))
app.command("download")(command(download))
app.command("import")(command(import_folder))
app.command("pair")(command(pair))
app.command("verify")(command(verify))
app.command("faster")(command(faster))
app.command("remove")(command(remove))
