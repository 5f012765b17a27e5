"""The models that can be had, as values: what each is, where it comes from, what it asks of a machine."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from imgsearch_desktop.domain.embedding import ModelId

MANY_LANGUAGES = "many"
"""Stands for more languages than anybody would list."""


class CpuKind(StrEnum):
    """What a processor can do, as far as quantised files are made for it; best first."""

    AVX512_VNNI = "avx512_vnni"
    AVX2 = "avx2"
    ARM64 = "arm64"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of a model.

    Attributes:
        path: within its repository, "/" between parts.
        size: bytes, None where it is known only when the hub is asked.
        sha256: hex digest, None likewise.
        cpu: the kinds of processor it is for; empty for all of them.
        optional: the model works without it; taken where the repository has it.
    """

    path: str
    size: int | None = None
    sha256: str | None = None
    cpu: tuple[CpuKind, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Tower:
    """Where one half of a model comes from.

    Attributes:
        part: the folder it is kept in, "visual" or "textual"; "" when the repository has both parts in it.
        repo: "owner/name" at the hub.
        revision: commit, None for the newest, which is then pinned at the first download.
        files: all of them, those for other processors included.
    """

    part: str
    repo: str
    revision: str | None
    files: tuple[ModelFile, ...]

    def files_for(self, cpu: CpuKind) -> tuple[ModelFile, ...]:
        """The files that a machine with this processor needs."""
        return tuple(file for file in self.files if not file.cpu or cpu in file.cpu)


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model of the list, or one that was picked from a folder.

    Attributes:
        model_id: changes whenever vectors of two versions must not be compared.
        name: for people.
        summary: one sentence on what it is good for, in English.
        dims: length of an embedding.
        languages: codes of what it understands; `MANY_LANGUAGES` among them stands for many more.
        licence: SPDX id, or a name for people.
        licence_urls: where it can be read.
        towers: where its files come from; none for a model that is part of the program or came from a folder.
        download_mb: about how much is fetched.
        disk_mb: about how much it takes on the disk.
        memory_mb: about how much memory it takes while both encoders are loaded.
        photos_per_s: about how many photos two cores encode in a second, None where nobody has measured.
        recommended: the one that is offered.
    """

    model_id: ModelId
    name: str
    summary: str
    dims: int
    languages: tuple[str, ...]
    licence: str
    licence_urls: tuple[str, ...] = ()
    towers: tuple[Tower, ...] = ()
    download_mb: int = 0
    disk_mb: int = 0
    memory_mb: int = 0
    photos_per_s: int | None = None
    recommended: bool = False

    @property
    def downloadable(self) -> bool:
        """Whether it can be fetched from a hub."""
        return bool(self.towers)
