"""Indexes one folder into a new library and prints how long it took and how much memory; run as a process.

``python -m benchmarks.index_child LIBRARY FOLDER`` prints one line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from dataclasses import dataclass

import psutil

from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.bootstrap.core import build_core
from imgsearch_desktop.runtime.paths import app_paths

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


def main() -> None:
    """Index and print."""
    library, folder = sys.argv[1:3]
    memory = PeakMemory()
    with build_core(app_paths(library)) as core:
        core.model.image_encoder  # noqa: B018 - loaded (at the very first time: built) before the clock starts
        report = core.index_library().run([os.fsencode(folder)], TaskControl(), lambda _: None)
        counts = core.catalogue.counts()
    memory.stop()
    print(
        json.dumps(
            {
                "seconds": report.seconds,
                "added": report.added,
                "failed": len(report.failed),
                "photos": counts.photos,
                "peak_mb": memory.main_mb,
                "workers_mb": memory.children_mb,
            }
        )
    )


if __name__ == "__main__":
    main()
