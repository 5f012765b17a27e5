"""A hub on this machine and a store that fetches from it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from imgsearch_desktop.adapters.models.download.hub_download import HubDownload
from imgsearch_desktop.adapters.models.store.model_store import DiskModelStore
from imgsearch_desktop.application.ports import StoredModel
from imgsearch_desktop.application.tasks import Progress, TaskControl
from tests.support.model_hub import ModelHub, serving_hub
from tests.support.stored_models import CLIP, Judge, repos, store_in


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelHub]:
    """A hub with a model in two repositories; `HF_ENDPOINT` names it, no proxy stands before it."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("HF_HUB_DOWNLOAD_TIMEOUT", "5")
    with serving_hub(repos()) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        yield hub


@dataclass
class Fetching:
    """A store, a way to fetch into it, and what was told meanwhile."""

    root: Path
    judge: Judge = field(default_factory=Judge)
    control: TaskControl = field(default_factory=TaskControl)
    told: list[Progress] = field(default_factory=list)
    on_progress: Callable[[Progress], None] = lambda _: None

    @property
    def store(self) -> DiskModelStore:
        return store_in(self.root, self.judge)

    def __call__(self) -> StoredModel:
        return HubDownload(self.store).fetch(CLIP, self.control, self._tell)

    def in_background(self) -> threading.Thread:
        """Fetch on a thread; errors end it."""
        thread = threading.Thread(target=self)
        thread.start()
        return thread

    def _tell(self, progress: Progress) -> None:
        self.told.append(progress)
        self.on_progress(progress)

    def content(self, path: str) -> bytes:
        return (self.root / CLIP / path).read_bytes()


@pytest.fixture
def fetching(tmp_path: Path) -> Fetching:
    return Fetching(tmp_path / "models")
