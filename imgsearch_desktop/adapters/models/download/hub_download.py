"""Fetches models of the list from a hub."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from imgsearch_desktop.adapters.models.download.fetching_process import (
    Fetched,
    FetchingProcess,
    FetchRequest,
)
from imgsearch_desktop.adapters.models.download.hub_problems import HubProblem, ProblemKind
from imgsearch_desktop.adapters.models.download.plan import DownloadPlan
from imgsearch_desktop.adapters.models.store.manifest import Manifest
from imgsearch_desktop.adapters.models.store.model_folders import MARGIN, free_bytes
from imgsearch_desktop.adapters.models.store.model_store import CHECKING, DiskModelStore
from imgsearch_desktop.adapters.models.store.reasons import unwritable
from imgsearch_desktop.application.ports import StoredModel
from imgsearch_desktop.application.tasks import Progress, ProgressMeter, TaskControl
from imgsearch_desktop.domain.embedding import ModelId
from imgsearch_desktop.domain.errors import DiskFullError, ModelError
from imgsearch_desktop.domain.model_list import ModelEntry

CONNECTING, DOWNLOADING = "connecting", "downloading"
"""Phases of the progress."""

_LOOK_EVERY_S = 0.1


class HubDownload:
    """Fulfils `ports.ModelDownload` by a process of its own for each download.

    Args:
        store: where models go.
        free: bytes free on the disk that holds a folder; replaced in tests.
    """

    def __init__(self, store: DiskModelStore, free: Callable[[Path], int] = free_bytes) -> None:
        self._store = store
        self._free = free

    def fetch(
        self, model_id: ModelId, control: TaskControl, report: Callable[[Progress], None]
    ) -> StoredModel:
        """Fetch what is missing of a model, check it, and make it ready.

        Raises:
            ModelError: the hub cannot be reached or refuses, what came is not what should have come, or
                another process is fetching the same model.
            DiskFullError: there is no room for it.
            Cancelled: the user stopped it; what has come stays.
        """
        entry = self._store.model(model_id).entry
        if not entry.downloadable:
            raise ModelError(f"The model {entry.name} is not one that can be downloaded.")
        control.checkpoint()
        with self._store.folders.locked(model_id):
            stored = self._store.model(model_id)
            if stored.usable:
                return stored
            try:
                return self._fetch(entry, control, ProgressMeter(report))
            except OSError as error:
                raise unwritable(error, self._store.folders.root) from error

    def _fetch(self, entry: ModelEntry, control: TaskControl, meter: ProgressMeter) -> StoredModel:
        folders = self._store.folders
        folders.sweep()
        folder = folders.partial(entry.model_id)
        known = folders.manifest(entry.model_id)
        if folders.whole(entry.model_id).exists():
            folders.take_apart(entry.model_id)
        folder.mkdir(parents=True, exist_ok=True)
        revisions = dict(known.revisions) if known is not None else {}
        request = FetchRequest(folder, entry.towers, self._store.cpu, revisions)
        fetched, plan = self._until_fetched(request, control, meter)
        meter.update(CHECKING, plan.size, plan.size, force=True)
        _leave_only(folder, {file.path for file in fetched.files})
        return self._store.finish(folder, Manifest(entry, fetched.files, plan.revisions))

    def _until_fetched(
        self, request: FetchRequest, control: TaskControl, meter: ProgressMeter
    ) -> tuple[Fetched, DownloadPlan]:
        while True:
            control.checkpoint()
            meter.restart_clock()
            ended = self._run_process(request, control, meter)
            if ended is not None:
                return ended

    def _run_process(
        self, request: FetchRequest, control: TaskControl, meter: ProgressMeter
    ) -> tuple[Fetched, DownloadPlan] | None:
        """Let a process fetch; None when it was stopped for a pause or for good."""
        meter.update(CONNECTING, 0)
        process = FetchingProcess(request)
        plan: DownloadPlan | None = None
        try:
            while not (control.paused or control.cancelled):
                if plan is not None:
                    done, name = plan.bytes_here(request.folder), plan.under_way(request.folder)
                    meter.update(DOWNLOADING, done, plan.size, detail=name)
                if not process.connection.poll(_LOOK_EVERY_S):
                    continue
                match process.connection.recv():
                    case DownloadPlan() as plan:
                        self._refuse_without_room(plan, request.folder)
                        process.connection.send(True)
                    case Fetched() as fetched if plan is not None:
                        return fetched, plan
                    case HubProblem(kind, sentence):
                        raise (DiskFullError if kind is ProblemKind.DISK_FULL else ModelError)(sentence)
        except (EOFError, ConnectionError) as error:
            raise ModelError(
                "The process that fetched the model has ended without a word. What has come so far is kept; "
                "try again."
            ) from error
        finally:
            process.kill()
        return None

    def _refuse_without_room(self, plan: DownloadPlan, folder: Path) -> None:
        missing = plan.size - plan.bytes_here(folder)
        free = self._free(folder)
        if free < missing + MARGIN:
            raise DiskFullError(
                f"The model needs {(missing + MARGIN) / 1e6:,.0f} MB more, and the disk that holds "
                f"{self._store.folders.root} has {free / 1e6:,.0f} MB left. Make room and try again."
            )


def _leave_only(folder: Path, wanted: set[str]) -> None:
    """Delete what was of use for fetching only, and files that belonged to another processor's model."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if path.name == ".hub":
                shutil.rmtree(path, ignore_errors=True)
            elif not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in wanted:
            path.unlink(missing_ok=True)
