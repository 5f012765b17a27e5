"""Looks the installation and a library over: what is there, what is wrong, how to mend it.

Changes nothing that opening the library would not change.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from imgsearch_desktop import __version__
from imgsearch_desktop.application.ports import FindingKind
from imgsearch_desktop.bootstrap.core import Core, build_core
from imgsearch_desktop.domain.counted import counted
from imgsearch_desktop.domain.errors import KnownError
from imgsearch_desktop.runtime.display import why_no_display, why_qt_cannot_start
from imgsearch_desktop.runtime.paths import AppPaths

PACKAGES = ("PySide6-Essentials", "onnxruntime", "numpy", "pillow", "pi-heif", "pylibjxl", "rawpy", "numkong")
"""Whose versions are worth knowing when something goes wrong."""

LITTLE_ROOM, NO_ROOM = 1 << 30, 100 << 20
"""Bytes free below which a disk is little, and too little to work with."""

AGAIN = "Install the program again (in a checkout: make setup)."


class State(StrEnum):
    """How a thing is."""

    OK = "ok"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        name: what.
        state: how it is.
        detail: what was found.
        remedy: what to do about it, "" when nothing is to be done.
    """

    name: str
    state: State
    detail: str
    remedy: str = ""


def examine(
    paths: AppPaths, engine: str | None = None, elasticsearch_url: str | None = None
) -> Iterator[Finding]:
    """Look at everything, one finding after the other; never raises for what it finds."""
    yield _program()
    yield from _packages()
    yield _picture_formats()
    yield _window()
    yield from _disks(paths)
    if _is_there(paths.library / "catalogue.sqlite"):
        yield from _database(paths.library / "catalogue.sqlite", "catalogue")
        yield from _database(paths.library / "thumbnails.sqlite", "thumbnails")
    try:
        with build_core(paths, engine, elasticsearch_url) as core:
            yield from _open_library(core)
    except KnownError as error:
        yield Finding("library", State.BROKEN, str(error), "Mend that, then run imgsearch doctor again.")
    yield _reports(paths)


def _program() -> Finding:
    system = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    return Finding("program", State.OK, f"ImgSearch Desktop {__version__}, {system}, {os.cpu_count()} cores")


def _packages() -> Iterator[Finding]:
    found, absent = [], []
    for name in PACKAGES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            absent.append(name)
    if "pylibjxl" in absent and sys.platform == "linux" and platform.machine() != "x86_64":
        absent.remove("pylibjxl")
        yield Finding("JPEG XL", State.WARNING, "There is no JPEG XL decoder for this kind of machine.")
    yield Finding("packages", State.OK, ", ".join(found))
    if absent:
        yield Finding("packages", State.BROKEN, f"Not installed: {', '.join(absent)}.", AGAIN)


def _picture_formats() -> Finding:
    """Whether the decoders load; a broken wheel shows here, not in a list of failures."""
    broken = []
    for name, loads in _DECODERS.items():
        try:
            loads()
        except Exception as error:
            broken.append(f"{name} ({type(error).__name__}: {error})")
    if broken:
        return Finding("formats", State.BROKEN, f"Cannot be decoded: {'; '.join(broken)}.", AGAIN)
    return Finding("formats", State.OK, "JPEG, PNG, GIF, TIFF, BMP, " + ", ".join(_DECODERS))


def _pillow_has(feature: str) -> None:
    from PIL import features

    if not features.check(feature):
        raise ImportError(f"Pillow was built without {feature}")


def _imports(module: str) -> Callable[[], None]:
    def load() -> None:
        if module == "pylibjxl" and sys.platform == "linux" and platform.machine() != "x86_64":
            return
        importlib.import_module(module)

    return load


_DECODERS: dict[str, Callable[[], None]] = {
    "WebP": lambda: _pillow_has("webp"),
    "AVIF": lambda: _pillow_has("avif"),
    "HEIC": _imports("pi_heif"),
    "JPEG XL": _imports("pylibjxl"),
    "RAW": _imports("rawpy"),
}


def _window() -> Finding:
    """Whether a window could be shown."""
    trouble = why_qt_cannot_start()
    if trouble:
        return Finding("window", State.WARNING, f"{trouble} Everything works in the terminal.")
    reason = why_no_display()
    if reason:
        return Finding("window", State.OK, f"{reason} Everything works in the terminal.")
    return Finding("window", State.OK, "A window can be shown.")


def _disks(paths: AppPaths) -> Iterator[Finding]:
    for name, place in (("library", paths.library), ("cache", paths.cache)):
        existing = next(folder for folder in (place, *place.parents) if folder.exists())
        if not existing.is_dir():
            yield Finding(
                f"{name} place",
                State.BROKEN,
                f"{existing} is a file, so nothing can be kept there.",
                "Name a directory with --library.",
            )
            continue
        if not os.access(existing, os.W_OK):
            yield Finding(
                f"{name} place",
                State.BROKEN,
                f"{place} cannot be written.",
                "Give yourself the right to write there, or name another place with --library.",
            )
            continue
        free = shutil.disk_usage(existing).free
        state = State.BROKEN if free < NO_ROOM else State.WARNING if free < LITTLE_ROOM else State.OK
        remedy = "" if state is State.OK else "Make room on that disk, or move the library."
        yield Finding(f"{name} place", state, f"{place}, {free / (1 << 30):.1f} GB free", remedy)


def _database(path: Path, name: str) -> Iterator[Finding]:
    """SQLite's own check of a file, before the program opens (and mends) it."""
    if not _is_there(path):
        return
    try:
        connection = sqlite3.connect(
            f"file:{path.as_posix().replace('?', '%3f')}?mode=ro", uri=True, timeout=10
        )
        try:
            said = [row[0] for row in connection.execute("PRAGMA quick_check(3)")]
        finally:
            connection.close()
    except sqlite3.Error as error:
        said = [str(error)]
    if said == ["ok"]:
        size = path.stat().st_size / (1 << 20)
        yield Finding(name, State.OK, f"sound, {size:.1f} MB")
    else:
        yield Finding(
            name,
            State.BROKEN,
            f"{path} is damaged ({said[0]}).",
            "The next imgsearch command repairs what it can; keep a copy of the file before that.",
        )


def _open_library(core: Core) -> Iterator[Finding]:
    for notice in core.notices:
        yield Finding("settings", State.WARNING, notice)
    state = core.library_status().read()
    yield Finding(
        "library",
        State.OK,
        f"{counted(state.photos, 'photo')} in {counted(state.files, 'file')}, "
        f"{state.searchable:,} searchable, {state.failed:,} failed",
    )
    for root in core.catalogue.roots():
        if core.volumes.is_away(root):
            yield Finding("folder", State.WARNING, f"{root.display_path} is away.", "Connect its drive.")
        elif not Path(os.fsdecode(root.path)).is_dir():
            remedy = f"Bring it back, or: imgsearch remove {root.display_path}"
            yield Finding("folder", State.WARNING, f"{root.display_path} is gone.", remedy)
        else:
            yield Finding("folder", State.OK, root.display_path)
    waiting = f", {counted(state.waiting, 'photo')} waiting" if state.waiting else ", up to date"
    yield Finding("engine", State.OK, f"{state.engine}{waiting}")
    if core.engine.settings.on_server:
        yield from _server(core)
    yield _model(core)
    yield from _models(core)


def _server(core: Core) -> Iterator[Finding]:
    """What is found about Elasticsearch; one that is away breaks nothing, the embedded engine answers."""
    remedy = "Mend that; the embedded engine answers meanwhile. Or: imgsearch engine use embedded"
    try:
        for found in core.engine.test(core.engine.settings).findings:
            state = State.OK if found.kind is FindingKind.GOOD else State.WARNING
            told = remedy if found.kind is FindingKind.PROBLEM else ""
            yield Finding("elasticsearch", state, found.text, told)
    except KnownError as error:
        yield Finding("elasticsearch", State.WARNING, str(error), remedy)


def _model(core: Core) -> Finding:
    """Encodes a word and a grey picture: the whole way through both encoders."""
    import numpy as np

    spec = core.model.spec
    try:
        side = spec.encoder_input.size
        core.model.text_encoder.encode(["dog"])
        core.model.image_encoder.encode(np.full((1, side, side, 3), 127, np.uint8))
    except KnownError as error:
        return Finding("model", State.BROKEN, str(error), AGAIN)
    limits = f" {spec.limits}" if spec.limits else ""
    return Finding("model", State.OK, f"{spec.name} ({spec.model_id}, {spec.licence}) works.{limits}")


def _models(core: Core) -> Iterator[Finding]:
    """What was downloaded or taken from folders; a damaged one breaks nothing, the starter stands in."""
    here = [
        stored
        for stored in core.model_store.models()
        if stored.removable and (stored.bytes_here or stored.elsewhere)
    ]
    yield Finding("models", State.OK, f"{counted(len(here), 'further model')} in {core.paths.models}")
    for stored in here:
        if stored.reason is not None:
            remedy = "download" if stored.entry.downloadable else "remove"
            told = f"{stored.entry.name}: {stored.reason}."
            yield Finding("models", State.WARNING, told, f"imgsearch models {remedy} {stored.model_id}")


def _reports(paths: AppPaths) -> Finding:
    try:
        reports = sorted(paths.logs.glob("*crash-*.txt"))
    except OSError:
        reports = []
    if not reports:
        return Finding("log", State.OK, f"{paths.logs}, no crash reports")
    return Finding(
        "log",
        State.WARNING,
        f"{counted(len(reports), 'crash report')} in {paths.logs}",
        f"The newest: {reports[-1]}",
    )


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
