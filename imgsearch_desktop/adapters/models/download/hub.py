"""Talks to a hub by `huggingface_hub`; runs in a process of its own.

Of the library (0.36 to 2.x) only what all versions have is used: the list of files of a repository, the
address of a file, and a transfer that goes on where an earlier one ended. Its own way to download a file
keeps nothing of a transfer that was cut short since 1.0.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from imgsearch_desktop.adapters.models.download.hub_problems import (
    WrongContentError,
    is_passing,
    seconds_to_wait,
)
from imgsearch_desktop.adapters.models.download.plan import DownloadPlan, PlannedFile, part_of
from imgsearch_desktop.adapters.models.store.file_hashes import git_blob_id, sha256_of
from imgsearch_desktop.adapters.models.store.manifest import StoredFile
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.model_list import CpuKind, ModelFile, Tower

PIECE = 1 << 16
"""Bytes written at a time: what a killed transfer loses at most."""

TRIES_WITHOUT_PROGRESS = 3
"""How often a transfer is taken up again without a single byte having come."""

_ASK_S = 10.0
"""How long the hub may take to answer a question."""


class Hub:
    """The hub that `HF_ENDPOINT` names, the public one without it; nobody is logged in."""

    def __init__(self) -> None:
        from huggingface_hub import constants

        constants.DOWNLOAD_CHUNK_SIZE = PIECE
        self.endpoint = str(constants.ENDPOINT)

    def plan(self, towers: Sequence[Tower], cpu: CpuKind, revisions: Mapping[str, str]) -> DownloadPlan:
        """Ask for the size and the hash of every file.

        Args:
            towers: what is wanted.
            cpu: for which processor.
            revisions: commits by repository that are to be kept to; before them go those of the list.

        Raises:
            ModelError: a file is not there.
            Exception: the library's own, see `hub_problems`.
        """
        return DownloadPlan(
            tuple(
                file
                for tower in towers
                for file in self._plan_tower(tower, cpu, tower.revision or revisions.get(tower.repo))
            )
        )

    def _plan_tower(self, tower: Tower, cpu: CpuKind, revision: str | None) -> list[PlannedFile]:
        from huggingface_hub import HfApi

        told = HfApi(token=False).model_info(
            tower.repo, revision=revision, files_metadata=True, timeout=_ASK_S
        )
        there = {sibling.rfilename: sibling for sibling in told.siblings or ()}
        commit = str(told.sha or revision or "main")
        planned = []
        for file in tower.files_for(cpu):
            if file.path in there:
                planned.append(_planned(tower, commit, file, there[file.path]))
            elif not file.optional:
                raise ModelError(
                    f"{self.endpoint} has no file {file.path} in {tower.repo}. It may have moved: look for a "
                    "newer version of this program, or import a folder."
                )
        return planned

    def fetch(self, file: PlannedFile, folder: Path) -> StoredFile:
        """Bring one file, or what is missing of it, and compare it with what was announced.

        Raises:
            WrongContentError: what came is something else, twice.
            Exception: the library's own, see `hub_problems`; an OSError when it cannot be written.
        """
        path = folder / file.target
        path.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(2):
            if not path.exists():
                self._transfer(file, part_of(path))
                part_of(path).replace(path)
            digest = sha256_of(path, lambda _: None)
            if _is_right(file, path, digest):
                return StoredFile(file.target, file.size, digest)
            path.unlink()
        raise WrongContentError(file.path)

    def _transfer(self, file: PlannedFile, part: Path) -> None:
        """Fill a part; taken up again for as long as bytes come."""
        tries = 0
        while True:
            before = part.stat().st_size if part.exists() else 0
            try:
                self._transfer_once(file, part, before)
            except Exception as error:
                if not is_passing(error):
                    raise
                tries = 0 if part.exists() and part.stat().st_size > before else tries + 1
                if tries > TRIES_WITHOUT_PROGRESS:
                    raise
                time.sleep(max(0.25 * 2**tries, seconds_to_wait(error)))
            else:
                return

    def _transfer_once(self, file: PlannedFile, part: Path, here: int) -> None:
        from huggingface_hub import hf_hub_url
        from huggingface_hub.file_download import http_get
        from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]

        if here > file.size:
            part.unlink()
            here = 0
        url = hf_hub_url(file.repo, file.path, revision=file.revision)
        headers = build_hf_headers(token=False, library_name="imgsearch-desktop")
        with part.open("ab", buffering=0) as stream:
            if here < file.size:
                http_get(
                    url, stream, resume_size=here, headers=headers, expected_size=file.size, _nb_retries=0
                )


def _planned(tower: Tower, commit: str, file: ModelFile, sibling: Any) -> PlannedFile:
    announced = getattr(sibling.lfs, "sha256", None) if sibling.lfs else None
    return PlannedFile(
        repo=tower.repo,
        revision=commit,
        path=file.path,
        target=f"{tower.part}/{file.path}" if tower.part else file.path,
        size=file.size if file.size is not None else int(sibling.size),
        sha256=file.sha256 or announced,
        git_id=None if sibling.lfs else sibling.blob_id,
    )


def _is_right(file: PlannedFile, path: Path, digest: str) -> bool:
    if path.stat().st_size != file.size:
        return False
    if file.sha256 is not None:
        return digest == file.sha256
    return file.git_id is None or git_blob_id(path) == file.git_id
