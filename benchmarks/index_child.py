"""Indexes one folder into a new library and prints how long it took and how much memory; run as a process.

``python -m benchmarks.index_child LIBRARY FOLDER [MODEL]`` prints one line of JSON. MODEL is the folder of
another model than the starter; what it needs after the photos can be searched is timed apart.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from imgsearch_desktop.application.index_library import IndexLibrary
from imgsearch_desktop.application.model_upkeep import ModelUpkeep
from imgsearch_desktop.application.tasks import ProgressMeter, TaskControl
from imgsearch_desktop.bootstrap.core import Core, build_core
from imgsearch_desktop.runtime.paths import MODELS_VARIABLE, app_paths

SAMPLE_S = 0.05


@dataclass
class PeakMemory:
    """Samples the memory of this process and, apart, of its children (resident set, megabytes)."""

    main_mb: float = 0.0
    children_mb: float = 0.0

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End sampling."""
        self._stop.set()
        self._thread.join()

    def _sample(self) -> None:
        process = psutil.Process()
        while not self._stop.wait(SAMPLE_S):
            self.main_mb = max(self.main_mb, process.memory_info().rss / 1e6)
            children = 0.0
            for child in process.children(recursive=True):
                try:
                    children += child.memory_info().rss / 1e6
                except psutil.NoSuchProcess:
                    continue
            self.children_mb = max(self.children_mb, children)


def main(library: str, folder: str, model: str | None = None) -> None:
    """Index and print."""
    if model is not None:
        os.environ[MODELS_VARIABLE] = str(Path(library) / "models")
    memory = PeakMemory()
    with build_core(app_paths(library)) as core:
        if model is not None:
            _use(core, Path(model))
        core.model.image_encoder  # noqa: B018 - loaded (at the very first time: built) before the clock starts
        busy = processor_seconds()
        report = _indexing(core).run([os.fsencode(folder)], TaskControl(), lambda _: None)
        busy = processor_seconds() - busy
        photos = core.catalogue.searchable(core.model.spec.vectors_id)
        core.models.starter().image_encoder  # noqa: B018 - likewise
        started = time.perf_counter()
        ModelUpkeep(core.models, core.encode_library(), core.calibrate_model()).run(
            TaskControl(), ProgressMeter(lambda _: None)
        )
        upkeep_seconds = time.perf_counter() - started
    memory.stop()
    print(
        json.dumps(
            {
                "seconds": report.seconds,
                "processor_s": busy,
                "upkeep_seconds": upkeep_seconds,
                "added": report.added,
                "failed": len(report.failed),
                "photos": photos,
                "peak_mb": memory.main_mb,
                "workers_mb": memory.children_mb,
            }
        )
    )


def processor_seconds() -> float:
    """What this process and its children that have ended have used so far, over all cores."""
    return sum(os.times()[:4])


def _use(core: Core, folder: Path) -> None:
    """Search the empty library with this model; random weights match nothing, so it is not asked to."""
    stored = core.model_library().import_folder(folder, TaskControl(), lambda _: None, checked=False)
    switch = core.switch_model()
    switch.choose(stored.model_id)
    switch.run(TaskControl(), lambda _: None)


def _indexing(core: Core) -> IndexLibrary:
    """Indexing until the photos can be searched."""
    settings = core.settings.indexing
    return IndexLibrary(
        core.catalogue,
        core.scanner,
        core.volumes,
        core.new_decode_pool,
        core.thumbnails,
        core.models,
        settings,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
