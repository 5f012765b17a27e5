"""The models on this machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from imgsearch_desktop.adapters.models.store.file_hashes import sha256_of
from imgsearch_desktop.adapters.models.store.importing import GraphsOf, gather
from imgsearch_desktop.adapters.models.store.manifest import Manifest, StoredFile, write_manifest
from imgsearch_desktop.adapters.models.store.model_folders import ModelFolders, bytes_in
from imgsearch_desktop.adapters.models.store.paired_models import PairRunner, described, hashed
from imgsearch_desktop.adapters.models.store.reasons import damaged_files, unwritable, why_not
from imgsearch_desktop.application.ports import Model, ModelState, StoredModel
from imgsearch_desktop.application.tasks import Progress, ProgressMeter, TaskControl
from imgsearch_desktop.domain.embedding import STARTER, Calibration, ModelId
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.model_list import CpuKind, ModelEntry
from imgsearch_desktop.domain.self_check import SelfCheckReport

OpenFolder = Callable[[Path, ModelEntry, Calibration | None, ModelId], Model]
"""Makes a model of a folder; raises ModelError where the folder is in no known layout. The id names its image
tower: models whose photos have the same vectors share it."""

CheckModel = Callable[[Model, tuple[str, ...]], SelfCheckReport]
"""Judges a model that is said to understand some languages."""

VERIFYING, CHECKING = "verifying", "checking"
"""Phases of the progress."""


class DiskModelStore:
    """Fulfils `ports.ModelStore` by a directory. Thread-safe, and safe beside other processes.

    Args:
        root: the directory, which need not be there.
        entries: the list of models, the starter's among them.
        starter: the model that is part of the program.
        open_folder: makes a model of a folder.
        check: tries a model on drawings and their names.
        graphs_of: finds the graphs of a folder.
        cpu: what this machine's processor can do.
        pairs: runs what sentence-transformers runs.
    """

    def __init__(
        self,
        root: Path,
        entries: Sequence[ModelEntry],
        starter: Model,
        open_folder: OpenFolder,
        check: CheckModel,
        graphs_of: GraphsOf,
        cpu: CpuKind,
        pairs: PairRunner,
    ) -> None:
        self.folders = ModelFolders(root)
        self.cpu = cpu
        self._entries = {entry.model_id: entry for entry in entries}
        self._starter = starter
        self._open_folder = open_folder
        self._check = check
        self._graphs_of = graphs_of
        self._pairs = pairs

    # --- looking ---------------------------------------------------------------------------------------

    def models(self) -> Sequence[StoredModel]:
        """The starter first, then the list in its order, then what came from folders."""
        others = [model_id for model_id in self.folders.stored() if model_id not in self._entries]
        return [self.model(model_id) for model_id in (*self._entries, *others)]

    def model(self, model_id: ModelId) -> StoredModel:
        """One of them.

        Raises:
            ModelError: neither on the list nor here.
        """
        entry = self._entries.get(model_id)
        if model_id == STARTER and entry is not None:
            return StoredModel(entry, ModelState.READY, entry.disk_mb << 20, removable=False)
        manifest = self.folders.manifest(model_id) if _is_name(model_id) else None
        if manifest is not None:
            return self._stored(entry or manifest.entry, manifest)
        if entry is None:
            raise ModelError(
                f"There is no model {model_id!r} on this computer, and none on the list. "
                "imgsearch models tells which there are."
            )
        if self.folders.whole(model_id).is_dir():
            size = bytes_in(self.folders.whole(model_id))
            return StoredModel(entry, ModelState.DAMAGED, size, "its description (model.json) is missing")
        size = bytes_in(self.folders.partial(model_id))
        return StoredModel(entry, ModelState.PARTIAL if size else ModelState.ABSENT, size)

    def _stored(self, entry: ModelEntry, manifest: Manifest) -> StoredModel:
        state, reason = ModelState.READY, None
        bad = manifest.damaged or self._lacking(manifest)
        if bad:
            state, reason = ModelState.DAMAGED, damaged_files(bad)
        elif manifest.check is not None and not manifest.check.passed and not manifest.accepted:
            state, reason = ModelState.REFUSED, manifest.check.reason
        return StoredModel(
            entry,
            state,
            manifest.size,
            reason,
            manifest.check,
            manifest.image_tower,
            elsewhere=manifest.pair is not None,
        )

    def _lacking(self, manifest: Manifest) -> tuple[str, ...]:
        folder = self.folders.whole(manifest.entry.model_id)
        return tuple(
            _told(path, file, manifest) for path, file in manifest.places(folder) if _size(path) != file.size
        )

    def open(self, model_id: ModelId, calibration: Calibration | None = None) -> Model:
        """A model whose encoders load on first use.

        Raises:
            ModelError: it is not ready, and the message says why and what to do.
        """
        if model_id == STARTER:
            return self._starter
        stored = self.model(model_id)
        manifest = self.folders.manifest(model_id) if stored.usable else None
        if manifest is None:
            raise ModelError(why_not(stored))
        return self._opened(self.folders.whole(model_id), manifest, stored.entry, calibration)

    def _opened(
        self, folder: Path, manifest: Manifest, entry: ModelEntry, calibration: Calibration | None = None
    ) -> Model:
        if manifest.pair is not None:
            return self._pairs.open(manifest.pair, entry, calibration, manifest.image_tower)
        return self._open_folder(folder, entry, calibration, manifest.image_tower)

    # --- changing --------------------------------------------------------------------------------------

    def finish(
        self, gathered: Path, manifest: Manifest, *, accepted: bool = False, model: Model | None = None
    ) -> StoredModel:
        """Check a gathered model and put it in its place; the caller holds the model's lock.

        Args:
            gathered: a folder with every file of the manifest.
            manifest: what it will say about itself, without the check.
            accepted: the model is taken whatever the check says.
            model: the model itself, where it has been opened already.

        Raises:
            ModelError: the folder is in no known layout.
            DiskFullError: no room.
        """
        model_id = manifest.entry.model_id
        model = model or self._opened(gathered, manifest, manifest.entry)
        report = self._check(model, manifest.entry.languages)
        entry = replace(manifest.entry, dims=model.spec.dims)
        if model_id not in self._entries:
            entry = replace(entry, languages=report.understood or entry.languages)
        del model  # Windows moves no folder whose files are open
        written = replace(manifest, entry=entry, check=report, accepted=accepted)
        try:
            write_manifest(gathered, written)
            self.folders.put_in_place(gathered, model_id)
        except OSError as error:
            raise unwritable(error, self.folders.root) from error
        return self.model(model_id)

    def import_folder(
        self,
        folder: Path,
        control: TaskControl,
        report: Callable[[Progress], None],
        *,
        as_model: ModelId | None = None,
        checked: bool = True,
    ) -> StoredModel:
        """Copy a model out of a folder on this computer and check it.

        Raises:
            ModelError: no known layout, files are missing, or not what they should be.
            DiskFullError: no room.
            Cancelled: the user stopped it.
        """
        entry = self._entries.get(as_model) if as_model is not None else None
        if as_model is not None and (entry is None or not entry.downloadable):
            raise ModelError(f"There is no model {as_model!r} on the list that files could be taken for.")
        self.folders.sweep()
        gathered = None
        try:
            gathered = self.folders.new_copy()
            meter = ProgressMeter(report)
            manifest = gather(folder, gathered, entry, self.cpu, self._graphs_of, control, meter)
            with self.folders.locked(manifest.entry.model_id):
                meter.update(CHECKING, manifest.size, manifest.size, force=True)
                return self.finish(gathered, self._named(manifest), accepted=not checked)
        except OSError as error:
            raise unwritable(error, self.folders.root) from error
        finally:
            if gathered is not None:
                self.folders.discard(gathered)

    def add_pair(
        self,
        images: str,
        texts: str,
        control: TaskControl,
        report: Callable[[Progress], None],
        *,
        name: str | None = None,
        checked: bool = True,
    ) -> StoredModel:
        """Make a model of two that sentence-transformers runs; they stay where they are.

        Raises:
            ModelError: the extra is missing, one of the two cannot be loaded, or they do not belong together.
            DiskFullError: no room.
            Cancelled: the user stopped it.
        """
        meter = ProgressMeter(report)
        halves = [hashed(place, control, meter) for place in (images, texts)]
        meter.update(CHECKING, 0, None, force=True)
        manifest, model = described(halves[0], halves[1], name, self._pairs.load)
        control.checkpoint()
        with self.folders.locked(manifest.entry.model_id):
            gathered = None
            try:
                gathered = self.folders.new_copy()
                return self.finish(gathered, manifest, accepted=not checked, model=model)
            except OSError as error:
                raise unwritable(error, self.folders.root) from error
            finally:
                if gathered is not None:
                    self.folders.discard(gathered)

    def _named(self, manifest: Manifest) -> Manifest:
        """A model that says it is one of the list is described as the list does."""
        return replace(manifest, entry=self._entries.get(manifest.entry.model_id, manifest.entry))

    def verify(
        self, model_id: ModelId, control: TaskControl, report: Callable[[Progress], None]
    ) -> StoredModel:
        """Read every file again and compare it with what was stored, then check pictures against words.

        Raises:
            ModelError: it is not here.
            Cancelled: the user stopped it.
        """
        stored = self.model(model_id)
        if model_id == STARTER:
            return stored
        with self.folders.locked(model_id):
            manifest = self.folders.manifest(model_id)
            if manifest is None:
                raise ModelError(why_not(stored))
            bad = self._changed(manifest, control, ProgressMeter(report))
            check = manifest.check
            if not bad:
                model = self._opened(self.folders.whole(model_id), manifest, stored.entry)
                check = self._check(model, stored.entry.languages)
            try:
                write_manifest(self.folders.whole(model_id), replace(manifest, damaged=bad, check=check))
            except OSError as error:
                raise unwritable(error, self.folders.root) from error
        return self.model(model_id)

    def _changed(self, manifest: Manifest, control: TaskControl, meter: ProgressMeter) -> tuple[str, ...]:
        places = list(manifest.places(self.folders.whole(manifest.entry.model_id)))
        total, done = sum(file.size for _, file in places), 0

        def step(size: int) -> None:
            nonlocal done
            done += size
            control.checkpoint()
            meter.update(VERIFYING, done, total)

        bad = []
        for path, file in places:
            try:
                right = sha256_of(path, step) == file.sha256
            except OSError:
                right = False
            if not right:
                bad.append(_told(path, file, manifest))
        return tuple(bad)

    def remove(self, model_id: ModelId) -> None:
        """Delete what is here of it; a part of a download as well.

        Raises:
            ModelError: it is part of the program, another process is at work on it, or it is in use.
        """
        if not self.model(model_id).removable:
            raise ModelError(f"{self.model(model_id).entry.name} is part of the program and stays.")
        with self.folders.locked(model_id):
            try:
                self.folders.delete(model_id)
            except OSError as error:
                raise ModelError(
                    f"The model {model_id} cannot be removed ({error.strerror}). "
                    "A program that uses it may have to be closed first."
                ) from error


def _is_name(model_id: str) -> bool:
    return not model_id.startswith(".") and Path(model_id).name == model_id


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _told(path: Path, file: StoredFile, manifest: Manifest) -> str:
    """What a file is called: of a pair, it lies anywhere."""
    return file.path if manifest.pair is None else str(path)
