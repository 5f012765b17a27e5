"""How an engine on a server is, in words and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from imgsearch_desktop.cli.screen import Screen
from imgsearch_desktop.domain.counted import counted

UPLOADING = "uploading"
_UPLOADING = {
    "preparing": "Preparing the model for Elasticsearch; this takes a minute ...",
    UPLOADING: "Uploading ...",
    "starting": "Waiting for Elasticsearch to start the model ...",
}

if TYPE_CHECKING:
    from imgsearch_desktop.application.cluster_text import TextsState
    from imgsearch_desktop.application.manage_engine import EngineOverview
    from imgsearch_desktop.application.ports import Examination
    from imgsearch_desktop.application.server_feed import ServerState
    from imgsearch_desktop.application.settings import EngineSettings
    from imgsearch_desktop.application.tasks import Progress


def how_it_is(engine: str, away: str | None, waiting: int) -> str:
    """One line on whether a server is there and what it has yet to take.

    Args:
        engine: its name.
        away: why it cannot be used now, None if it can.
        waiting: changes that it has not taken yet.
    """
    name, waits = engine.capitalize(), f"{counted(waiting, 'change')} waiting"
    if away is not None:
        return f"{name} is away: {waits}. {away}"
    return f"{name}: {waits}." if waiting else f"{name} is up to date."


def server_words(state: ServerState) -> str:
    """One line on the engine on a server."""
    return how_it_is(state.name, state.away, state.waiting)


def refusal(state: ServerState) -> str:
    """One line on the photos that the server would not take, "" if it took all."""
    if not state.refused:
        return ""
    return f"{state.name.capitalize()} refused {counted(state.refused, 'photo')}: {state.refusal}"


def tell_server(screen: Screen, state: ServerState | None) -> None:
    """Say on stderr what is amiss with the engine on a server, if anything is."""
    if state is None:
        return
    if state.away is not None or state.waiting:
        screen.note(server_words(state), style="yellow")
    if state.refused:
        screen.note(refusal(state), style="yellow")


def overview_shape(settings: EngineSettings, found: EngineOverview) -> dict[str, Any]:
    """The engine on a server as JSON; no secret is in it."""
    facts = found.facts
    return {
        "engine": found.state.name,
        "url": settings.elasticsearch_url,
        "cloud_id": settings.cloud_id,
        "index": facts.name if facts else None,
        "photos": facts.photos if facts else None,
        "size_bytes": facts.size_bytes if facts else None,
        "waiting": found.state.waiting,
        "away": found.state.away,
        "refused": found.state.refused,
    }


def show_overview(screen: Screen, settings: EngineSettings, found: EngineOverview) -> None:
    """The engine on a server for people."""
    screen.line(f"Elasticsearch at {settings.cloud_id or settings.elasticsearch_url}")
    facts = found.facts
    if facts is not None:
        size = f"{facts.size_bytes / (1 << 20):,.1f} MB"
        screen.line(f"  index {facts.name}: {counted(facts.photos, 'photo')}, {size}")
    screen.line(f"  {server_words(found.state)}")
    if found.state.refused:
        screen.line(f"  {refusal(found.state)}")


def upload_words(progress: Progress) -> str:
    """One line on how far an upload is."""
    if progress.phase != UPLOADING or progress.total is None:
        return _UPLOADING[progress.phase]
    done, total = progress.done / (1 << 20), progress.total / (1 << 20)
    return f"Uploading: {done:,.0f} of {total:,.0f} MB"


def texts_shape(texts: TextsState) -> dict[str, Any]:
    """Who encodes searches, as JSON."""
    return {
        "texts": {
            "by": "elasticsearch" if texts.by_cluster else "this computer",
            "model": texts.text_model,
            "trouble": texts.trouble,
        }
    }


def texts_words(texts: TextsState) -> str:
    """One line on who encodes searches."""
    if texts.by_cluster:
        return f"The model {texts.text_model} on it encodes searches."
    return "This computer encodes searches." + (f" {texts.trouble}" if texts.trouble else "")


def examination_shape(examined: Examination) -> dict[str, Any]:
    """What a test found as JSON."""
    return {
        "usable": examined.usable,
        "findings": [
            {"topic": found.topic, "kind": found.kind.value, "text": found.text}
            for found in examined.findings
        ],
    }


def show_examination(screen: Screen, examined: Examination) -> None:
    """What a test found for people."""
    signs = {"good": ("ok", "green"), "note": ("mind", "yellow"), "problem": ("NO", "bold red")}
    for found in examined.findings:
        sign, style = signs[found.kind.value]
        screen.line(f"{sign:<6}{found.topic:<12}{found.text}", style=style if sign != "ok" else None)
