"""The directory that holds all models: one folder each, and what is not yet or no longer one.

<model id>/     a whole model with its `model.json`
.partial/       what is being fetched or copied
.removed/       what is being deleted
.locks/         one lock file a model
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imgsearch_desktop.adapters.models.store.manifest import NAME, Manifest, read_manifest
from imgsearch_desktop.adapters.models.store.model_lock import model_lock
from imgsearch_desktop.domain.embedding import ModelId
from imgsearch_desktop.domain.errors import ModelError

MARGIN = 64 << 20
"""Bytes that stay free on the disk beside what is fetched or copied."""


class ModelFolders:
    """Names, locks and moves; knows nothing of what a model is.

    Args:
        root: the directory; made when something is first written.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def whole(self, model_id: ModelId) -> Path:
        """Where a whole model lies."""
        return self.root / model_id

    def partial(self, model_id: ModelId) -> Path:
        """Where a model lies while it is fetched."""
        return self.root / ".partial" / model_id

    def manifest(self, model_id: ModelId) -> Manifest | None:
        """What a whole model says about itself; None where there is none."""
        return read_manifest(self.whole(model_id))

    def stored(self) -> list[ModelId]:
        """Ids of the models that lie here, in the order of their names."""
        try:
            names = sorted(entry.name for entry in self.root.iterdir() if not entry.name.startswith("."))
        except OSError:
            return []
        return [ModelId(name) for name in names if (self.root / name / NAME).is_file()]

    @contextmanager
    def locked(self, model_id: ModelId) -> Iterator[None]:
        """Be the only one at work on a model.

        Raises:
            ModelBusyError: somebody else is.
            ModelError: the directory cannot be written.
        """
        locks = self.root / ".locks"
        try:
            locks.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ModelError(
                f"Models are kept in {self.root}, which cannot be written ({error.strerror}). "
                "Make it writable, or name another place in IMGSEARCH_MODELS."
            ) from error
        busy = (
            f"Another process is at work on the model {model_id}. Wait until it is done, then try again; "
            "what it does is there for both."
        )
        with model_lock(locks / f"{model_id}.lock", busy):
            yield

    def new_copy(self) -> Path:
        """A new empty folder to gather a model in.

        Raises:
            OSError: it cannot be made.
        """
        folder = self.root / ".partial" / f".copy-{uuid.uuid4().hex[:12]}"
        folder.mkdir(parents=True)
        return folder

    def put_in_place(self, gathered: Path, model_id: ModelId) -> None:
        """Make a gathered folder with its manifest the model; one that lies there is replaced.

        Raises:
            OSError: it cannot be moved; the one that lay there still does.
        """
        place = self.whole(model_id)
        aside = self._aside(model_id)
        replaced = place.exists()
        if replaced:
            aside.parent.mkdir(exist_ok=True)
            place.replace(aside)
        try:
            gathered.replace(place)
        except OSError:
            if replaced:
                aside.replace(place)
            raise
        shutil.rmtree(aside, ignore_errors=True)

    def take_apart(self, model_id: ModelId) -> None:
        """Make what a whole model was of files the beginning of a download.

        Raises:
            OSError: it cannot be moved.
        """
        partial = self.partial(model_id)
        self._delete(partial)
        partial.parent.mkdir(parents=True, exist_ok=True)
        self.whole(model_id).replace(partial)

    def delete(self, model_id: ModelId) -> None:
        """Delete a model, whole or in parts; at no moment does half a model lie in its place.

        Raises:
            OSError: it cannot be moved away; it is as it was.
        """
        for folder in (self.whole(model_id), self.partial(model_id)):
            self._delete(folder)

    def discard(self, gathered: Path) -> None:
        """Delete what was being gathered; what cannot be deleted stays without harm."""
        shutil.rmtree(gathered, ignore_errors=True)

    def sweep(self) -> None:
        """Delete what processes that were killed have left."""
        shutil.rmtree(self.root / ".removed", ignore_errors=True)

    def _delete(self, folder: Path) -> None:
        if not folder.exists():
            return
        aside = self._aside(ModelId(folder.name))
        aside.parent.mkdir(parents=True, exist_ok=True)
        folder.replace(aside)
        shutil.rmtree(aside, ignore_errors=True)

    def _aside(self, model_id: ModelId) -> Path:
        return self.root / ".removed" / f"{model_id}.{uuid.uuid4().hex[:8]}"


def bytes_in(folder: Path) -> int:
    """Bytes of all files below a folder, 0 where there is none."""
    total = 0
    for path, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(path) / name).stat().st_size
            except OSError:
                continue  # it went meanwhile
    return total


def free_bytes(folder: Path) -> int:
    """Bytes free on the disk that will hold a folder, which need not be there yet."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free
