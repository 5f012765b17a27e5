"""What is said about models: the JSON, which is a contract, and lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from imgsearch_desktop.domain.counted import counted

if TYPE_CHECKING:
    from imgsearch_desktop.application.ports import StoredModel
    from imgsearch_desktop.application.tasks import Progress
    from imgsearch_desktop.bootstrap.core import Core
    from imgsearch_desktop.domain.model_list import ModelEntry
    from imgsearch_desktop.domain.self_check import SelfCheckReport

Shape = dict[str, Any]

STATES = {
    "absent": "not here",
    "partial": "partly here",
    "ready": "installed",
    "refused": "refused",
    "damaged": "damaged",
}


def model_shape(core: Core, stored: StoredModel) -> Shape:
    """A model; `searchable` counts the library's photos that have its vectors."""
    entry, choice = stored.entry, core.catalogue.model_choice()
    starter = core.models.starter().spec
    is_starter = stored.model_id == starter.model_id
    return {
        "id": stored.model_id,
        "name": entry.name,
        "summary": entry.summary,
        "dims": entry.dims,
        "languages": list(entry.languages),
        "licence": entry.licence,
        "licence_urls": list(entry.licence_urls),
        "limits": starter.limits if is_starter else None,
        "active": stored.model_id == (choice.active or starter.model_id),
        "chosen": stored.model_id == choice.target,
        "recommended": entry.recommended,
        "state": stored.state.value,
        "reason": stored.reason,
        "searchable": core.catalogue.searchable(stored.image_tower or stored.model_id),
        "bytes": stored.bytes_here,
        "download_mb": entry.download_mb,
        "disk_mb": entry.disk_mb,
        "memory_mb": entry.memory_mb,
        "photos_per_s": entry.photos_per_s,
        "check": None if stored.check is None else check_shape(stored.check),
    }


def check_shape(check: SelfCheckReport) -> Shape:
    """The verdict of a self-check."""
    return {
        "passed": check.passed,
        "reason": check.reason or None,
        "languages": [
            {
                "language": one.language,
                "right": one.right,
                "drawings": one.drawings,
                "agreement": round(one.agreement, 2),
                "claimed": one.claimed,
                "passed": one.passed,
            }
            for one in check.languages
        ],
    }


def model_lines(shape: Shape) -> Iterator[str]:
    """A model in the list, for people; the first line says what it is and where it stands."""
    mark = "*" if shape["active"] else " "
    state = STATES[shape["state"]]
    if shape["state"] == "absent" and shape["download_mb"]:
        state = f"{shape['download_mb']:,} MB to download"
    notes = [state]
    if shape["recommended"]:
        notes.append("recommended")
    if shape["chosen"]:
        notes.append("chosen, the library is being encoded for it")
    yield f"{mark} {shape['name']} ({shape['id']}): {', '.join(notes)}"
    if shape["reason"]:
        yield f"    {shape['reason']}"
    yield f"    {shape['summary']}"
    facts = [f"{shape['dims']} dimensions"] if shape["dims"] else []
    facts += [languages_words(shape["languages"]), shape["licence"]]
    if shape["disk_mb"]:
        facts.append(f"{shape['disk_mb']:,} MB on the disk")
    if shape["memory_mb"]:
        facts.append(f"about {shape['memory_mb']:,} MB of memory")
    if shape["photos_per_s"]:
        facts.append(f"about {shape['photos_per_s']} photos/s on two cores")
    if shape["searchable"]:
        facts.append(f"knows {counted(shape['searchable'], 'photo')}")
    yield f"    {', '.join(facts)}"
    for url in shape["licence_urls"]:
        yield f"    {url}"


def languages_words(languages: list[str]) -> str:
    """How many languages, in words."""
    from imgsearch_desktop.domain.model_list import MANY_LANGUAGES

    if MANY_LANGUAGES in languages:
        return "many languages"
    return counted(len(languages), "language")


def licence_lines(entry: ModelEntry) -> Iterator[str]:
    """What is agreed to before a download."""
    yield f"{entry.name}: {entry.download_mb:,} MB to download, from"
    for repo in dict.fromkeys(tower.repo for tower in entry.towers):
        yield f"    {repo}"
    yield f"Licence: {entry.licence}"
    for url in entry.licence_urls:
        yield f"    {url}"


def check_lines(check: SelfCheckReport) -> Iterator[str]:
    """How well pictures and words matched, by language."""
    for one in check.languages:
        verdict = "understood" if one.passed else "NOT understood" if one.claimed else "not understood"
        yield f"    {one.language}: {one.right} of {one.drawings} drawings recognised, {verdict}"


def progress_words(progress: Progress) -> str:
    """One line on how far work is that is counted in bytes."""
    from imgsearch_desktop.cli.index_display import duration

    words = [progress.phase.capitalize()]
    if progress.total:
        words[0] += f": {progress.done / 1e6:,.1f} of {progress.total / 1e6:,.1f} MB"
    if progress.rate:
        words.append(f"{progress.rate / 1e6:,.1f} MB/s")
    if progress.seconds_left is not None:
        words.append(f"{duration(progress.seconds_left)} left")
    return ", ".join(words)
