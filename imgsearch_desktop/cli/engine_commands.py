"""`imgsearch engine`: which engine searches, and the index on an Elasticsearch server."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from imgsearch_desktop.cli import engine_words, foreign_commands
from imgsearch_desktop.cli.options import (
    EngineName,
    EngineOption,
    JsonOption,
    LibraryOption,
    UrlOption,
    command,
    take_everywhere,
)
from imgsearch_desktop.cli.session import Session
from imgsearch_desktop.domain.counted import counted
from imgsearch_desktop.domain.errors import EngineError, LibraryBusyError

if TYPE_CHECKING:
    from imgsearch_desktop.application.ports import Examination
    from imgsearch_desktop.application.server_feed import ServerState
    from imgsearch_desktop.application.settings import EngineSettings
    from imgsearch_desktop.application.tasks import Progress, TaskControl
    from imgsearch_desktop.bootstrap.core import Core

app = typer.Typer(name="engine", invoke_without_command=True, rich_markup_mode="rich")


@app.callback()
def engine(
    ctx: typer.Context,
    json: JsonOption = False,
    library: LibraryOption = None,
    engine: EngineOption = None,
    elasticsearch_url: UrlOption = None,
) -> None:
    """List the engines that search, and how far each is fed; choose another with `use`.

    [bold]Example[/bold]   imgsearch engine use elasticsearch --url https://localhost:9200
    """
    session = take_everywhere(ctx, json, library, engine, elasticsearch_url)
    if ctx.invoked_subcommand is None:
        _list(session)


def _list(session: Session) -> None:
    core = session.open_core()
    state = core.library_status().read()
    on_server = state.engine != core.index.name
    photos, behind = state.searchable, core.feed.waiting() + state.photos - state.searchable
    listed: list[dict[str, Any]] = [
        {"name": core.index.name, "active": not on_server, "photos": photos, "waiting": behind}
    ]
    if on_server:
        waiting = state.engine_waiting
        listed.append(
            {"name": state.engine, "active": True, "photos": max(0, photos - waiting), "waiting": waiting}
            | {"url": core.engine.settings.elasticsearch_url, "away": state.engine_away}
        )
    screen = session.screen
    if screen.json:
        screen.result({"engines": listed})
        return
    for entry in listed:
        waits = f"{entry['waiting']:,} waiting" if entry["waiting"] else "up to date"
        mark = "*" if entry["active"] else " "
        away = f", away: {entry['away']}" if entry.get("away") else ""
        screen.line(f"{mark} {entry['name']}: {counted(entry['photos'], 'photo')}, {waits}{away}")


def use(
    session: Session,
    name: Annotated[EngineName, typer.Argument(metavar="ENGINE", help="embedded or elasticsearch.")],
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="Where Elasticsearch is: https://host:9200.")
    ] = None,
    cloud_id: Annotated[str | None, typer.Option(help="Of a hosted deployment, instead of a URL.")] = None,
    user: Annotated[str | None, typer.Option(help="Name to sign in with.")] = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
    api_key_stdin: Annotated[
        bool,
        typer.Option(
            "--api-key-stdin",
            help="Read an API key from standard input. Without a keyring: IMGSEARCH_ES_API_KEY.",
        ),
    ] = False,
    ca_cert: Annotated[
        Path | None,
        typer.Option("--ca-cert", metavar="FILE", help="Certificate of the authority that signed its own."),
    ] = None,
    fingerprint: Annotated[
        str | None, typer.Option(metavar="SHA256", help="Of that certificate, instead of the file.")
    ] = None,
    shards: Annotated[int | None, typer.Option(min=1, max=1024, help="Parts of the index.")] = None,
    replicas: Annotated[int | None, typer.Option(min=0, max=16, help="Copies of each part.")] = None,
) -> None:
    """Search with another engine from now on. Nothing is encoded again.

    Elasticsearch is filled at once; while it is away the embedded engine answers. Passwords and keys are kept
    in the system's keyring and nowhere else. Without --url or --cloud-id the server of before is used, and
    only what else is given changes.

    [bold]Examples[/bold]   imgsearch engine use elasticsearch --url http://localhost:9200

    imgsearch engine use elasticsearch --url https://es:9200 --api-key-stdin < key.txt

    imgsearch engine use embedded
    """
    core = session.open_core()
    stored = core.stored.engine
    if name is EngineName.EMBEDDED:
        _use_embedded(session, core)
        return
    address = url or (None if cloud_id else session.everywhere.elasticsearch_url)
    if url and cloud_id:
        raise typer.BadParameter("give either --url or --cloud-id.", param_hint="--cloud-id")
    if ca_cert and fingerprint:
        raise typer.BadParameter("give either --ca-cert or --fingerprint.", param_hint="--fingerprint")
    if user is not None and api_key_stdin:
        raise typer.BadParameter("give either --user or --api-key-stdin.", param_hint="--api-key-stdin")
    if not (address or cloud_id or stored.elasticsearch_url or stored.cloud_id):
        raise typer.BadParameter("where is it? Such as --url http://localhost:9200.", param_hint="--url")
    settings = replace(stored, engine=name.value)
    if address or cloud_id:
        settings = settings.of_server(address, cloud_id)
    if user is not None or api_key_stdin:
        settings = replace(settings, user=user)
    if ca_cert or fingerprint:
        certificate = str(ca_cert.expanduser().absolute()) if ca_cert else None
        settings = replace(settings, ca_certificate=certificate, fingerprint=fingerprint)
    if password_stdin and settings.user is None:
        raise typer.BadParameter("whose password is it? Give --user too.", param_hint="--password-stdin")
    settings = replace(
        settings,
        shards=stored.shards if shards is None else shards,
        replicas=stored.replicas if replicas is None else replicas,
    )
    _use_server(session, core, settings, _secret_of_stdin() if password_stdin or api_key_stdin else None)


def _use_embedded(session: Session, core: Core) -> None:
    settings = replace(core.stored.engine, engine=EngineName.EMBEDDED.value)
    core.save_settings(replace(core.stored, engine=settings))
    core.engine.switch(settings)
    core.engine.give_up_others()
    session.screen.note("The embedded engine searches now. The index on Elasticsearch stays where it is.")


def _use_server(session: Session, core: Core, settings: EngineSettings, secret: str | None) -> None:
    examined = core.engine.test(settings, secret)
    if not examined.usable:
        raise _refusal(examined, "Nothing was changed.")
    if secret is not None and not core.engine.keep_secret(settings, secret):
        session.screen.note(
            "This system has no keyring to keep the password or key in, so it holds for this command only. "
            "Give an API key in IMGSEARCH_ES_API_KEY to every other."
        )
    core.save_settings(replace(core.stored, engine=settings))
    core.engine.switch(settings)
    with _working(session) as (control, report):
        try:
            state = core.engine.catch_up(control, report)
        except LibraryBusyError as error:
            session.screen.note(f"Elasticsearch searches from the next command on. {error}")
            return
    _tell_done(session, state)


def test(session: Session) -> None:
    """Try the connection to Elasticsearch and say what is right and what is wrong. Exits 1 if it is unusable.

    [bold]Example[/bold]   imgsearch engine test
    """
    core = session.open_core()
    settings = core.engine.settings
    if not (settings.elasticsearch_url or settings.cloud_id):
        session.screen.note("The embedded engine is chosen; there is no server to test.")
        if session.screen.json:
            session.screen.result({"usable": True, "findings": []})
        return
    examined = core.engine.test(settings)
    if session.screen.json:
        session.screen.result(engine_words.examination_shape(examined))
    else:
        engine_words.show_examination(session.screen, examined)
    if not examined.usable:
        raise typer.Exit(1)


def upload_model(
    session: Session,
    source: Annotated[
        str | None, typer.Argument(metavar="MODEL", help="Name at the hub, or a folder on this computer.")
    ] = None,
    as_id: Annotated[
        str | None, typer.Option("--as", metavar="ID", help="What the model is called on Elasticsearch.")
    ] = None,
) -> None:
    r"""Have Elasticsearch encode searches: upload a text model, start it and use it from now on.

    Without MODEL it is the text half of CLIP, multilingual. What is there already is only started. Where
    Elasticsearch cannot do it, this computer goes on encoding, with the same result. Needs the extra
    imgsearch-desktop\[eland], and machine learning on the server.

    [bold]Example[/bold]   imgsearch engine upload-model
    """
    from imgsearch_desktop.application.upload_model import RECIPE_MODEL

    core = session.open_core()
    stopped = "Stopped. The same command goes on; nothing half uploaded is kept on Elasticsearch."
    with _working(session, stopped, engine_words.upload_words) as (control, report):
        uploaded = core.upload_model().run(source or RECIPE_MODEL, as_id, control, report)
    stored = core.stored.engine
    if stored.place == uploaded.settings.place:
        core.save_settings(replace(core.stored, engine=replace(stored, text_model=uploaded.texts.text_model)))
    if session.screen.json:
        session.screen.result(engine_words.texts_shape(uploaded.texts))
    else:
        session.screen.line(engine_words.texts_words(uploaded.texts))


def rebuild(session: Session) -> None:
    """Empty the index on Elasticsearch and fill it again from the catalogue. Nothing is encoded.

    [bold]Example[/bold]   imgsearch engine rebuild
    """
    core = session.open_core()
    with _working(session) as (control, report):
        state = core.engine.rebuild(control, report)
    _tell_done(session, state)


def status(session: Session) -> None:
    """Tell how the engine is: its index, how many photos are in it, what waits, who encodes searches.

    [bold]Example[/bold]   imgsearch engine status --json
    """
    core = session.open_core()
    found = core.engine.overview()
    screen = session.screen
    if found is None:
        _list(session)
        return
    texts = core.texts.ask(core.model.model)
    if screen.json:
        screen.result(
            engine_words.overview_shape(core.engine.settings, found) | engine_words.texts_shape(texts)
        )
    else:
        engine_words.show_overview(screen, core.engine.settings, found)
        screen.line(f"  {engine_words.texts_words(texts)}")


@contextmanager
def _working(
    session: Session,
    stopped: str = "Stopped. The next imgsearch index or engine command goes on.",
    words: Callable[[Progress], str] | None = None,
) -> Iterator[tuple[TaskControl, Callable[[Progress], None]]]:
    """What long work is given: stopped by Ctrl-C, shown as it goes on."""
    from imgsearch_desktop.application.tasks import TaskControl
    from imgsearch_desktop.cli.index_display import progress_display, stopped_by_ctrl_c, told

    control = TaskControl()

    def leave() -> None:
        session.screen.note(stopped)
        sys.stderr.flush()
        os._exit(130)

    display = progress_display(session.screen, words=words or told)
    with stopped_by_ctrl_c(control, leave), display as report:
        yield control, report


def _tell_done(session: Session, state: ServerState | None) -> None:
    if state is None:
        return
    if session.screen.json:
        session.screen.result({"engine": state.name, "waiting": state.waiting, "away": state.away})
    else:
        session.screen.line(engine_words.server_words(state))
    if state.refused:
        session.screen.note(engine_words.refusal(state), style="yellow")


def _refusal(examined: Examination, consequence: str) -> EngineError:
    problems = [found.text for found in examined.findings if found.kind.value == "problem"]
    return EngineError(f"{' '.join(problems)} {consequence}")


def _secret_of_stdin() -> str:
    secret = sys.stdin.readline().strip()
    if not secret:
        raise typer.BadParameter("nothing came on standard input.", param_hint="standard input")
    return secret


app.command("use")(command(use))
app.command("test")(command(test))
app.command("upload-model")(command(upload_model))
app.command("open")(command(foreign_commands.open_index))
app.command("take-over")(command(foreign_commands.take_over))
app.command("rebuild")(command(rebuild))
app.command("status")(command(status))
