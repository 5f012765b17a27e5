"""What the end to end tests share: decode workers, the starter model's tables, real photos indexed once."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from imgsearch_desktop.application.ports import Model
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.bootstrap.core import Core, build_core
from imgsearch_desktop.runtime.paths import app_paths
from tests.support.command_line import seed_model_cache
from tests.support.crew import Crew
from tests.support.photos import PHOTOS
from tests.support.pictures import write_picture
from tests.support.real_library import LentPool, RealLibrary, opened


@pytest.fixture(scope="session")
def _crew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crew]:
    crew = Crew(write_picture(tmp_path_factory.mktemp("first") / "first.jpg", width=32, height=24))
    yield crew
    crew.pool.close()


@pytest.fixture
def lent_pool(_crew: Crew) -> Iterator[LentPool]:
    """Decode workers for one test; what they have read is noted."""
    known = set(_crew.pool.worker_pids)
    yield LentPool(_crew.pool)
    _crew.rest(known)


@pytest.fixture
def library(tmp_path: Path, lent_pool: LentPool) -> Iterator[RealLibrary]:
    """An empty library of real files and databases."""
    with opened(tmp_path / "library", lambda: lent_pool) as made:
        yield made


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder of ten small pictures, some in folders."""
    folder = tmp_path / "photos"
    for number in range(10):
        name = f"{number}.jpg" if number < 6 else f"deep/er/{number}.png"
        write_picture(folder / name, seed=number, width=64 + number, height=48)
    return folder


def _once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Make a directory once for all processes of a test run."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        finished = shared / f"{name}.finished"
        if not finished.exists():
            make(shared / name)
            finished.touch()
    return shared / name


@pytest.fixture(scope="session")
def worked_out_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache of the starter model, made once."""

    def make(models: Path) -> None:
        from imgsearch_desktop.adapters.models.starter.model import StarterModel

        model = StarterModel(models / "starter")
        assert model.image_encoder
        assert model.text_encoder

    return _once(tmp_path_factory, "worked-out-model", make)


@pytest.fixture(scope="session")
def real_photos_library(tmp_path_factory: pytest.TempPathFactory, worked_out_model: Path) -> Path:
    """A library of everything in ../shared/photos; tests that change anything take a copy of it."""
    if not PHOTOS.is_dir():
        pytest.skip("../shared/photos is not on this machine")

    def make(library: Path) -> None:
        seed_model_cache(worked_out_model, library)
        with build_core(app_paths(library)) as core:
            core.index_library().run([bytes(PHOTOS)], TaskControl(), lambda _: None)

    return _once(tmp_path_factory, "real-photos", make)


@pytest.fixture(scope="session")
def loaded_model(worked_out_model: Path) -> Model:
    """The starter model, its encoders loaded once."""
    from imgsearch_desktop.adapters.models.starter.model import StarterModel

    return StarterModel(worked_out_model / "starter")


@pytest.fixture
def real_core(real_photos_library: Path, loaded_model: Model) -> Iterator[Core]:
    """The library of the real photos, opened; it is only read."""
    with build_core(app_paths(real_photos_library)) as core:
        core.models.wrap(lambda _: loaded_model)
        yield core


@pytest.fixture
def own_real_library(real_photos_library: Path, tmp_path: Path) -> Path:
    """A copy of the library of the real photos, to be changed."""
    return Path(shutil.copytree(real_photos_library, tmp_path / "library"))
