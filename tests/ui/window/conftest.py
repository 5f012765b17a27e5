"""The real window on real files, databases and decode workers; only the model is a fake one."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QSize

from imgsearch_desktop.adapters.filesystem.outgoing_files import DiskOutgoingFiles
from imgsearch_desktop.adapters.filesystem.scanner import FolderScanner
from imgsearch_desktop.adapters.filesystem.volumes import SystemVolumes
from imgsearch_desktop.adapters.imaging import supervisor
from imgsearch_desktop.adapters.imaging.embedded_previews import EmbeddedPreviews
from imgsearch_desktop.adapters.web.fetch import HttpPictures
from imgsearch_desktop.application.browse_library import BrowseLibrary
from imgsearch_desktop.application.correct_date import CorrectDate
from imgsearch_desktop.application.find_duplicates import FindDuplicates
from imgsearch_desktop.application.first_look import FirstLook
from imgsearch_desktop.application.library_status import LibraryStatus
from imgsearch_desktop.application.list_failures import ListFailures
from imgsearch_desktop.application.load_picture import LoadPicture
from imgsearch_desktop.application.load_thumbnail import LoadThumbnail
from imgsearch_desktop.application.make_faster import MakeFaster
from imgsearch_desktop.application.organise import OrganiseLibrary
from imgsearch_desktop.application.ports import TrashEntry
from imgsearch_desktop.application.retry_failures import RetryFailures
from imgsearch_desktop.application.search_photos import SearchPhotos
from imgsearch_desktop.application.settings import Settings
from imgsearch_desktop.application.take_out import TakeOut
from imgsearch_desktop.application.trash_photos import TrashPhotos
from imgsearch_desktop.domain.embedding import EncoderInput, Pixels
from imgsearch_desktop.domain.errors import NoTrashError, PhotoUnreadableError
from imgsearch_desktop.domain.query import Box
from imgsearch_desktop.ui.acting.photo_acting import ActingUseCases
from imgsearch_desktop.ui.main_window import MainWindow
from imgsearch_desktop.ui.presenters.window_presenter import WindowPresenter
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.use_cases import ModelUseCases, UseCases
from tests.support.crew import Crew
from tests.support.pictures import write_picture
from tests.support.real_library import SETTINGS, LentPool, RealLibrary, opened


class PlainExamples:
    """Fulfils `ExampleReader` in this process: the pictures of these tests are small and sound."""

    def read(self, source: bytes, encoder_input: EncoderInput, box: Box | None) -> Pixels:
        return self.read_data(Path(source.decode()).read_bytes(), encoder_input, box)

    def read_data(self, data: bytes, encoder_input: EncoderInput, box: Box | None) -> Pixels:
        try:
            image = Image.open(io.BytesIO(data)).convert("RGB")
        except OSError as error:
            raise PhotoUnreadableError("This is no picture that can be read.") from error
        return np.asarray(image.resize((encoder_input.size, encoder_input.size)))


@pytest.fixture(scope="session")
def _crew(tmp_path_factory) -> Iterator[Crew]:
    """Never let go for having had nothing to do, however long tests without pictures take."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(supervisor, "_IDLE_S", 3600.0)
        crew = Crew(write_picture(tmp_path_factory.mktemp("first") / "first.jpg", width=32, height=24))
        yield crew
        crew.pool.close()


@pytest.fixture
def library(_crew, tmp_path) -> Iterator[RealLibrary]:
    known = set(_crew.pool.worker_pids)
    with opened(tmp_path / "library", lambda: LentPool(_crew.pool)) as made:
        yield made
    _crew.rest(known)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Twelve pictures in two folders; one lies in two files."""
    folder = tmp_path / "Pictures"
    for number in range(6):
        write_picture(folder / "dogs" / f"rex {number}.jpg", seed=number, width=80, height=60)
        write_picture(folder / "boats" / f"sail {number}.png", seed=100 + number, width=60, height=80)
    (folder / "boats" / "copy of rex 0.jpg").write_bytes((folder / "dogs" / "rex 0.jpg").read_bytes())
    return folder


@dataclass
class Opened:
    """The window with everything behind it."""

    window: MainWindow
    presenter: WindowPresenter
    library: RealLibrary
    outside: Outside

    @property
    def names(self) -> list[str]:
        """File names in the grid, in order; photos whose facts are not loaded yet are missing."""
        grid = self.window.grid
        found = [grid.photos.facts(row) for row in range(grid.photos.rowCount())]
        return [facts.name for facts in found if facts is not None]


class FolderTrash:
    """Fulfils `TrashBin`: notes what it is sent; names with "usb" have no trash."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def send(self, entry: TrashEntry) -> None:
        if b"usb" in entry.path:
            raise NoTrashError("no trash")
        self.delete(entry)

    def delete(self, entry: TrashEntry) -> None:
        path = Path(os.fsdecode(entry.path))
        path.unlink()
        self.sent.append(path.name)


class MemoryFileManager:
    """Fulfils `FileManager`: notes what it is to show."""

    def __init__(self) -> None:
        self.shown: list[bytes] = []

    def show(self, paths: Sequence[bytes]) -> None:
        self.shown += paths


class PlainPictures:
    """Fulfils `PictureReader` in this process."""

    def read_whole(self, path: bytes, longest_side: int) -> Pixels:
        try:
            return np.asarray(Image.open(os.fsdecode(path)).convert("RGB"))
        except OSError as error:
            raise PhotoUnreadableError("The file is gone.") from error


@dataclass
class Outside:
    """What stands in for the rest of the computer."""

    trash: FolderTrash = field(default_factory=FolderTrash)
    file_manager: MemoryFileManager = field(default_factory=MemoryFileManager)
    settings: Settings = field(default_factory=Settings)
    saved: list[Settings] = field(default_factory=list)


def faster_models_of(library: RealLibrary) -> MakeFaster:
    store = library.store
    return MakeFaster(library.catalogue, store, store, library.thumbnails, PlainExamples())


def use_cases_of(library: RealLibrary, outside: Outside) -> UseCases:
    catalogue, index, sync = library.catalogue, library.index, library.sync
    picture, failures = LoadPicture(catalogue, PlainPictures()), ListFailures(catalogue, library.models)
    return UseCases(
        index=lambda settings: library.indexing(replace(SETTINGS, exclude=settings.exclude)),
        first_look=FirstLook(FolderScanner(), EmbeddedPreviews()),
        search=SearchPhotos(catalogue, index, library.models, PlainExamples(), lambda: library.feeds.server),
        browse=BrowseLibrary(catalogue, SystemVolumes()),
        thumbnail=LoadThumbnail(catalogue, library.thumbnails),
        picture=picture,
        duplicates=FindDuplicates(catalogue),
        status=LibraryStatus(catalogue, index, library.models, str(library.directory), library.feeds.state),
        failures=failures,
        organise=OrganiseLibrary(catalogue, library.thumbnails, sync),
        acting=ActingUseCases(
            photos=catalogue.photos,
            pixels=picture.load,
            trash=TrashPhotos(catalogue, outside.trash, sync),
            dates=CorrectDate(catalogue, sync),
            take_out=TakeOut(catalogue, DiskOutgoingFiles()),
            failures=RetryFailures(catalogue, failures),
            file_manager=outside.file_manager,
        ),
        engine=library.engine,
        upload_model=library.upload_model(),
        web=HttpPictures(answer_s=5.0),
        cameras=tuple,
        models=ModelUseCases(
            library.model_library(), library.switching(PlainExamples()), faster_models_of(library)
        ),
        warm_up=lambda: None,
        settings=outside.settings,
        save_settings=outside.saved.append,
        interrupt=lambda: None,
    )


@pytest.fixture
def open_window(qtbot, qapp, theme: Theme):
    made: list[WindowPresenter] = []

    def build(
        library: RealLibrary,
        pictures_folder: Path | None = None,
        size: QSize | None = None,
        outside: Outside | None = None,
    ) -> Opened:
        outside = outside or Outside()
        window = MainWindow(theme, outside.settings.window)
        qtbot.addWidget(window)
        presenter = WindowPresenter(window, use_cases_of(library, outside), pictures_folder)
        made.append(presenter)
        window.resize(size or QSize(1440, 900))
        with qtbot.waitExposed(window):
            window.show()
        presenter.start()
        qtbot.waitUntil(lambda: presenter.library.overview is not None)
        return Opened(window, presenter, library, outside)

    yield build
    for presenter in made:
        presenter.window.hide()
        assert presenter.finish()


@pytest.fixture
def opened_window(library, photos, open_window, qtbot):
    """A window on a library that has been indexed."""
    library.run(photos)
    made = open_window(library)
    qtbot.waitUntil(lambda: len(made.names) == 12)
    return made
