"""What a model's folder says about itself: `model.json`, written last, so that only whole models have one."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from imgsearch_desktop.domain.embedding import EncoderInput, ModelId
from imgsearch_desktop.domain.model_list import ModelEntry
from imgsearch_desktop.domain.self_check import LanguageCheck, SelfCheckReport

NAME = "model.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a model as it was stored.

    Attributes:
        path: below the model's folder, "/" between parts.
        size: bytes.
        sha256: hex digest.
    """

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PairedModel:
    """One of two models that the library sentence-transformers runs.

    Attributes:
        place: its folder, an absolute path; or its name at the hub.
        files: what lay in the folder; empty for a name.
    """

    place: str
    files: tuple[StoredFile, ...] = ()

    @property
    def identity(self) -> str:
        """Names what it is: the content of its folder wherever that lies, or the name."""
        return "\n".join(f"{file.path} {file.sha256}" for file in self.files) or self.place


@dataclass(frozen=True, slots=True)
class StoredPair:
    """A model whose two halves lie elsewhere and are run by sentence-transformers.

    Attributes:
        images: the one for pictures.
        texts: the one for texts.
        encoder_input: how pictures are cut for it.
    """

    images: PairedModel
    texts: PairedModel
    encoder_input: EncoderInput


@dataclass(frozen=True, slots=True)
class Manifest:
    """A stored model.

    Attributes:
        entry: what it is; `towers` is left out, the list of the program says where files come from.
        files: all of them.
        revisions: the commit that was fetched, by repository.
        check: how its pictures and words matched.
        accepted: the user took it although the check failed.
        damaged: paths of files that were found to be no longer what they were.
        pair: where its halves lie, for one that has no files of its own.
    """

    entry: ModelEntry
    files: tuple[StoredFile, ...]
    revisions: Mapping[str, str] = field(default_factory=dict)
    check: SelfCheckReport | None = None
    accepted: bool = False
    damaged: tuple[str, ...] = ()
    pair: StoredPair | None = None

    @property
    def kind(self) -> str:
        """What runs it."""
        return "onnx" if self.pair is None else "sentence-transformers"

    @property
    def image_tower(self) -> ModelId:
        """Names what makes the vectors of photos.

        That are the contents of the files under `visual/`, whatever those are called; of a pair, its model
        for pictures.
        """
        if self.pair is not None:
            content = f"{self.kind}\n{self.pair.images.identity}"
        else:
            digests = sorted(file.sha256 for file in self.files if file.path.startswith("visual/"))
            content = "\n".join(digests)
        return ModelId("tower-" + hashlib.sha256(content.encode()).hexdigest()[:16])

    @property
    def size(self) -> int:
        """Bytes of the files of its own."""
        return sum(file.size for file in self.files)

    def places(self, folder: Path) -> Iterator[tuple[Path, StoredFile]]:
        """Where each file lies, its own and those of a pair's folders.

        Args:
            folder: the model's.
        """
        for file in self.files:
            yield folder / file.path, file
        for half in (self.pair.images, self.pair.texts) if self.pair is not None else ():
            for file in half.files:
                yield Path(half.place) / file.path, file


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a model's folder; None where there is none that can be read."""
    try:
        raw = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return _manifest(raw) if raw["version"] == _VERSION else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write it whole or not at all, and onto the disk.

    Raises:
        OSError: it cannot be written.
    """
    content = {"version": _VERSION, "kind": manifest.kind, **asdict(manifest)}
    del content["entry"]["towers"]
    partial = folder / f".{NAME}.{os.getpid()}.partial"
    with partial.open("w", encoding="utf-8") as stream:
        json.dump(content, stream, indent=2, ensure_ascii=False)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(folder / NAME)


def _manifest(raw: dict[str, Any]) -> Manifest:
    return Manifest(
        entry=_entry(raw["entry"]),
        files=tuple(StoredFile(**file) for file in raw["files"]),
        revisions=dict(raw["revisions"]),
        check=None if raw["check"] is None else _check(raw["check"]),
        accepted=bool(raw["accepted"]),
        damaged=tuple(raw["damaged"]),
        pair=None if raw.get("pair") is None else _pair(raw["pair"]),
    )


def _pair(raw: dict[str, Any]) -> StoredPair:
    return StoredPair(_half(raw["images"]), _half(raw["texts"]), EncoderInput(**raw["encoder_input"]))


def _half(raw: dict[str, Any]) -> PairedModel:
    return PairedModel(raw["place"], tuple(StoredFile(**file) for file in raw["files"]))


def _entry(raw: dict[str, Any]) -> ModelEntry:
    lists = {"languages": tuple(raw["languages"]), "licence_urls": tuple(raw["licence_urls"])}
    return ModelEntry(**{**raw, **lists, "model_id": ModelId(raw["model_id"])})


def _check(raw: dict[str, Any]) -> SelfCheckReport:
    return SelfCheckReport(tuple(LanguageCheck(**check) for check in raw["languages"]), raw["problem"])
