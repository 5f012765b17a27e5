"""Copies a model out of a folder that the user picked, with what will be said about it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import BinaryIO

from imgsearch_desktop.adapters.models.store.file_hashes import PIECE
from imgsearch_desktop.adapters.models.store.manifest import Manifest, StoredFile, read_manifest
from imgsearch_desktop.adapters.models.store.model_folders import MARGIN, free_bytes
from imgsearch_desktop.application.tasks import ProgressMeter, TaskControl
from imgsearch_desktop.domain.embedding import ModelId
from imgsearch_desktop.domain.errors import DiskFullError, ModelError
from imgsearch_desktop.domain.model_list import CpuKind, ModelEntry

COPYING = "copying"

_PARTS = ("visual", "textual")
_KINDS = {".onnx", ".json", ".txt", ".model", ".safetensors", ".data", ".onnx_data"}
"""What a model is made of; a clone of a repository holds much else."""

_SHARED = "config.json"
"""Beside the two parts; says something of both."""

GraphsOf = Callable[[Path], Collection[Path]]
"""The ONNX files of a folder that its model is made of; raises ModelError where it is in no known layout."""

_WANTED = (
    "A model's folder holds one folder `visual` and one folder `textual`, each with its ONNX file "
    "and what belongs to it; the README says which files."
)


def gather(
    source: Path,
    target: Path,
    entry: ModelEntry | None,
    cpu: CpuKind,
    graphs_of: GraphsOf,
    control: TaskControl,
    meter: ProgressMeter,
) -> Manifest:
    """Copy a model's files.

    Args:
        source: the picked folder, only read.
        target: an empty folder.
        entry: the model of the list that the user says it is; None to find out.
        cpu: for which processor the list's files are taken.
        graphs_of: finds the graphs of a folder of which nothing is known.
        control: stops the copying.
        meter: takes the progress.

    Returns:
        What the copy is. A folder that another computer's program wrote keeps its id and must hold the very
        files it names; one without a known id gets one made of its name and its content.

    Raises:
        ModelError: not a model's folder, or files are missing or damaged.
        DiskFullError: no room.
        OSError: the target cannot be written.
    """
    if not source.is_dir():
        raise ModelError(f"There is no folder {source}.")
    told = read_manifest(source) if entry is None else None
    if told is not None:
        paths: Sequence[str] = [file.path for file in told.files]
    else:
        paths = _paths_found(source, graphs_of) if entry is None else _paths_of_entry(source, entry, cpu)
    files = _copy(source, target, paths, control, meter)
    if told is not None:
        _refuse_other_files(told, files)
        return Manifest(told.entry, files, told.revisions)
    return Manifest(entry or _entry_of(source, files), files)


def _paths_of_entry(source: Path, entry: ModelEntry, cpu: CpuKind) -> list[str]:
    """The files of a model of the list, those for any processor where those for this one are missing."""
    missing: list[str] = []
    for kind in dict.fromkeys((cpu, CpuKind.PLAIN)):
        files = [
            (f"{tower.part}/{file.path}" if tower.part else file.path, file.optional)
            for tower in entry.towers
            for file in tower.files_for(kind)
        ]
        lacking = [path for path, optional in files if not optional and not (source / path).is_file()]
        if not lacking:
            return [path for path, _ in files if (source / path).is_file()]
        missing = missing or lacking
    raise ModelError(
        f"The folder {source} does not hold the whole model {entry.name}: {missing[0]} is missing"
        f"{f', and {len(missing) - 1} more' if len(missing) > 1 else ''}."
    )


def _paths_found(source: Path, graphs_of: GraphsOf) -> list[str]:
    """What a model is made of: of several graphs, a clone has them in all precisions, only those in use."""
    if not all((source / part).is_dir() for part in _PARTS):
        raise ModelError(f"The folder {source} is not a model's. {_WANTED}")
    graphs = graphs_of(source)
    found = [
        path.relative_to(source).as_posix()
        for part in _PARTS
        for path in sorted((source / part).rglob("*"))
        if path.is_file() and path.suffix in _KINDS and (path.suffix != ".onnx" or path in graphs)
    ]
    shared = [_SHARED] if (source / _SHARED).is_file() else []
    return shared + [path for path in found if not any(name.startswith(".") for name in path.split("/"))]


def _copy(
    source: Path, target: Path, paths: Sequence[str], control: TaskControl, meter: ProgressMeter
) -> tuple[StoredFile, ...]:
    try:
        total = sum((source / path).stat().st_size for path in paths)
    except OSError as error:
        raise _unreadable(source, error) from error
    if free_bytes(target) < total + MARGIN:
        raise DiskFullError(
            f"The model takes {total / 1e6:,.0f} MB, for which there is no room on the disk that holds "
            f"{target.parent.parent}. Make room and try again."
        )
    done, files = 0, []
    for path in paths:
        place = target / path
        place.parent.mkdir(parents=True, exist_ok=True)
        state, size = hashlib.sha256(), 0
        with _opened(source / path) as reader, place.open("wb") as writer:
            while piece := reader.read(PIECE):
                control.checkpoint()
                writer.write(piece)
                state.update(piece)
                size += len(piece)
                meter.update(COPYING, done + size, total, detail=path)
        done += size
        files.append(StoredFile(path, size, state.hexdigest()))
    return tuple(files)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> ModelError:
    return ModelError(f"The model's files cannot be read: {path} ({error.strerror}).")


def _refuse_other_files(told: Manifest, files: Sequence[StoredFile]) -> None:
    right = {file.path: file.sha256 for file in told.files}
    for file in files:
        if file.sha256 != right[file.path]:
            raise ModelError(
                f"{file.path} is not the file that the model {told.entry.name} was stored with. "
                "It was damaged on its way; copy the folder again."
            )


def _entry_of(source: Path, files: Sequence[StoredFile]) -> ModelEntry:
    """What can be said of a folder without a name that is known."""
    content = "\n".join(f"{file.path} {file.sha256}" for file in files)
    digest = hashlib.sha256(content.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    slug = re.sub(r"[^a-z0-9]+", "-", source.name.lower()).strip("-")[:40] or "model"
    megabytes = round(sum(file.size for file in files) / 1e6)
    return ModelEntry(
        model_id=ModelId(f"{slug}-{digest}"),
        name=source.name,
        summary="Taken from a folder on this computer.",
        dims=0,
        languages=("en",),
        licence="unknown",
        disk_mb=megabytes,
        memory_mb=megabytes,
    )
