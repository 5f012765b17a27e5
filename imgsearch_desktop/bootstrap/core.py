"""Puts the program together without a window: one place that knows which adapter stands behind which port."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import Self

from imgsearch_desktop.adapters.config.secrets import KeyringSecrets
from imgsearch_desktop.adapters.config.settings_file import SettingsFile
from imgsearch_desktop.application.active_model import ActiveFeed, ActiveModel, FixedModel, ModelInUse
from imgsearch_desktop.application.browse_library import BrowseLibrary
from imgsearch_desktop.application.calibrate_model import CalibrateModel
from imgsearch_desktop.application.cluster_text import ClusterTexts
from imgsearch_desktop.application.correct_date import CorrectDate
from imgsearch_desktop.application.encode_library import EncodeLibrary
from imgsearch_desktop.application.engine_feeds import EngineFeeds
from imgsearch_desktop.application.find_duplicates import FindDuplicates
from imgsearch_desktop.application.first_look import FirstLook
from imgsearch_desktop.application.foreign_library import ForeignLibrary
from imgsearch_desktop.application.index_library import IndexLibrary
from imgsearch_desktop.application.library_status import LibraryStatus
from imgsearch_desktop.application.list_failures import ListFailures
from imgsearch_desktop.application.load_picture import LoadPicture
from imgsearch_desktop.application.load_thumbnail import LoadThumbnail
from imgsearch_desktop.application.make_faster import MakeFaster
from imgsearch_desktop.application.model_library import ModelLibrary
from imgsearch_desktop.application.model_upkeep import ModelUpkeep
from imgsearch_desktop.application.organise import OrganiseLibrary
from imgsearch_desktop.application.ports import (
    Catalogue,
    DecodePool,
    ExampleReader,
    FileManager,
    FileScanner,
    Model,
    PhotoIndex,
    ThumbnailStore,
    Volumes,
    WebPictures,
)
from imgsearch_desktop.application.retry_failures import RetryFailures
from imgsearch_desktop.application.search_photos import SearchPhotos
from imgsearch_desktop.application.settings import IndexingSettings, Settings
from imgsearch_desktop.application.switch_model import SwitchModel
from imgsearch_desktop.application.take_out import TakeOut
from imgsearch_desktop.application.trash_photos import TrashPhotos
from imgsearch_desktop.application.upload_model import UploadModel
from imgsearch_desktop.bootstrap.engines import ElasticsearchServers, chosen_engine, manage_engine
from imgsearch_desktop.domain.embedding import STARTER, ModelId
from imgsearch_desktop.domain.errors import ModelError
from imgsearch_desktop.domain.filters import NO_FILTERS
from imgsearch_desktop.runtime.label_words import classes_by_word, everyday_words
from imgsearch_desktop.runtime.paths import AppPaths
from imgsearch_desktop.runtime.resources import resource


def build_core(paths: AppPaths, engine: str | None = None, elasticsearch_url: str | None = None) -> Core:
    """Open a library with everything around it.

    Args:
        paths: where things lie.
        engine: "embedded" or "elasticsearch", None for what the settings say.
        elasticsearch_url: where the cluster is, None for what the settings say.

    Raises:
        KnownError: the library or the model cannot be used; nothing stays open.
    """
    loaded = SettingsFile(paths.settings_file).load()
    settings = loaded.settings
    chosen = chosen_engine(settings.engine, engine, elasticsearch_url)
    settings = replace(settings, engine=chosen)
    notices = [loaded.notice] if loaded.notice else []
    return Core(paths, settings, notices, stored=loaded.settings)


class Core:
    """Ports and use cases of one open library; a context manager. Nothing here knows Qt.

    What is slow to load (encoders, decode workers) is loaded by its adapter on first use.

    Attributes:
        paths: where things lie.
        settings: what was set, options of the command line included.
        stored: what the settings file says.
        notices: sentences for the user about what was found or mended while opening.
    """

    def __init__(
        self, paths: AppPaths, settings: Settings, notices: list[str], stored: Settings | None = None
    ) -> None:
        self.paths = paths
        self.settings = settings
        self.stored = stored or settings
        self.notices = notices
        with ExitStack() as opened:
            self._open(opened)
            self._opened = opened.pop_all()

    def _open(self, opened: ExitStack) -> None:
        from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
        from imgsearch_desktop.adapters.embedded.index import EmbeddedIndex
        from imgsearch_desktop.adapters.filesystem.file_manager import SystemFileManager
        from imgsearch_desktop.adapters.filesystem.scanner import FolderScanner
        from imgsearch_desktop.adapters.filesystem.volumes import SystemVolumes
        from imgsearch_desktop.adapters.imaging.example_reader import PoolExampleReader
        from imgsearch_desktop.adapters.imaging.picture_reader import PoolPictureReader
        from imgsearch_desktop.adapters.imaging.thumbnail_store import SqliteThumbnailStore
        from imgsearch_desktop.adapters.models.starter.model import StarterModel
        from imgsearch_desktop.bootstrap.models import build_models

        paths = self.paths
        catalogue = SqliteCatalogue(paths.library)
        opened.callback(catalogue.close)
        if catalogue.repair_report:
            self.notices.append(catalogue.repair_report)
        thumbnails = SqliteThumbnailStore(paths.library / "thumbnails.sqlite")
        opened.callback(thumbnails.close)
        index = EmbeddedIndex(paths.cache / "embedded", catalogue)
        opened.callback(index.close)
        examples = PoolExampleReader(self.settings.indexing)
        opened.callback(examples.close)
        pictures = PoolPictureReader(self.settings.indexing)
        opened.callback(pictures.close)
        self.catalogue: Catalogue = catalogue
        self.thumbnails: ThumbnailStore = thumbnails
        self.index: PhotoIndex = index
        self.examples: ExampleReader = examples
        self.pictures = pictures
        self.file_manager: FileManager = SystemFileManager()
        self.scanner: FileScanner = FolderScanner()
        self.volumes: Volumes = SystemVolumes()
        self.feeds = EngineFeeds(catalogue, index)
        opened.callback(self.feeds.close)
        starter = StarterModel(paths.cache / "models" / "starter", words=classes_by_word)
        self.model_store, self.model_download, self.faster_models = build_models(paths.models, starter)
        self._servers = servers = ElasticsearchServers(catalogue, KeyringSecrets())
        self.texts = ClusterTexts(lambda: self.engine.settings, servers.text_encoder)
        opened.callback(self.texts.close)
        self.models = ActiveModel(catalogue, starter, self._open_model, self.feeds.of)
        self.feed = ActiveFeed(self.models)
        self.engine = manage_engine(
            self.feeds, self.models, servers, self.stored.engine, self.settings.engine
        )

    def _open_model(self, model_id: ModelId) -> Model:
        """A model whose texts the cluster encodes where one does; the starter's words are its own."""
        return self.texts.over(self.model_store.open(model_id))

    @property
    def model(self) -> ModelInUse:
        """The active model, as it is now."""
        return self.models.now()

    def new_decode_pool(self, settings: IndexingSettings | None = None) -> DecodePool:
        """A pool of decode workers; whoever asks for it closes it."""
        from imgsearch_desktop.adapters.imaging.decode_pool import SupervisedDecodePool

        return SupervisedDecodePool(settings or self.settings.indexing)

    def index_library(self, settings: IndexingSettings | None = None) -> IndexLibrary:
        """Indexing, as these settings say; None for those the library was opened with."""
        chosen = settings or self.settings.indexing
        return IndexLibrary(
            self.catalogue,
            self.scanner,
            self.volumes,
            partial(self.new_decode_pool, chosen),
            self.thumbnails,
            self.models,
            chosen,
            ModelUpkeep(self.models, self.encode_library(chosen), self.calibrate_model()),
        )

    def encode_library(self, settings: IndexingSettings | None = None) -> EncodeLibrary:
        """Encoding known photos for a model."""
        chosen = settings or self.settings.indexing
        pool = partial(self.new_decode_pool, chosen)
        return EncodeLibrary(self.catalogue, self.thumbnails, self.examples, pool, chosen)

    def calibrate_model(self) -> CalibrateModel:
        """Estimating where results end."""
        lines = resource("neutral_sentences.txt").read_text("utf-8").splitlines()
        return CalibrateModel(self.catalogue, [line for line in lines if line and line[0] != "#"])

    def switch_model(self) -> SwitchModel:
        """Choosing another model."""
        return SwitchModel(
            self.catalogue, self.models, self.encode_library(), self.calibrate_model(), self.feeds.forget
        )

    def model_library(self) -> ModelLibrary:
        """Fetching, importing and removing models."""
        return ModelLibrary(
            self.model_store,
            self.model_download,
            self._models_in_use,
            lambda *given: self.switch_model().remove_vectors(*given),
        )

    def upload_model(self) -> UploadModel:
        """Having the cluster encode texts."""
        return UploadModel(self.engine, self._servers.models, self.texts, self.models)

    def foreign_library(self, index: str, base: bytes, model_id: ModelId | None) -> ForeignLibrary:
        """An index on the engine's server that the recipe's own script made.

        Args:
            index: its name.
            base: absolute path of the folder that its paths belong to.
            model_id: the model it was made with, None for the one that searches, or the first here that fits.

        Raises:
            EngineError: there is no such index, or no server is chosen.
            ModelError: no model here makes such embeddings.
        """
        found = self._servers.foreign_index(self.engine.settings, index)
        self._opened.callback(found.close)
        return ForeignLibrary(found, base, self._model_for(found.dims, model_id), self.examples)

    def _model_for(self, dims: int, model_id: ModelId | None) -> ModelInUse:
        if model_id is not None:
            return self.models.of(model_id)
        if self.model.spec.dims == dims:
            return self.model
        ready = (stored for stored in self.model_store.models() if stored.usable)
        fitting = next((stored for stored in ready if stored.entry.dims == dims), None)
        if fitting is None:
            raise ModelError(
                f"The index holds embeddings of {dims} dimensions, and no model here makes such. Fetch the"
                " one it was made with, such as: imgsearch models download clip-vit-b-32-multilingual."
            )
        return self.models.of(fitting.model_id)

    def index_with_starter(self) -> IndexLibrary:
        """Indexing that encodes for the starter model alone: other embeddings come from elsewhere."""
        starter, chosen = self.models.starter(), self.settings.indexing
        pool = partial(self.new_decode_pool, chosen)
        only = FixedModel(starter.model, starter.feed)
        return IndexLibrary(self.catalogue, self.scanner, self.volumes, pool, self.thumbnails, only, chosen)

    def make_faster(self) -> MakeFaster:
        """Making models faster on this computer."""
        return MakeFaster(
            self.catalogue, self.model_store, self.faster_models, self.thumbnails, self.examples
        )

    def _models_in_use(self) -> set[ModelId]:
        choice = self.catalogue.model_choice()
        return {STARTER, choice.active or STARTER, choice.target or STARTER}

    def first_look(self) -> FirstLook:
        """Previews of folders that are not indexed yet."""
        from imgsearch_desktop.adapters.imaging.embedded_previews import EmbeddedPreviews

        return FirstLook(self.scanner, EmbeddedPreviews())

    def search_photos(self) -> SearchPhotos:
        """Searching."""
        return SearchPhotos(self.catalogue, self.index, self.models, self.examples, lambda: self.feeds.server)

    def library_status(self) -> LibraryStatus:
        """How far the library is."""
        library = str(self.paths.library)
        return LibraryStatus(self.catalogue, self.index, self.models, library, self.feeds.state)

    def browse_library(self) -> BrowseLibrary:
        """The library without a query."""
        return BrowseLibrary(self.catalogue, self.volumes, everyday_words)

    def load_thumbnail(self) -> LoadThumbnail:
        """Previews."""
        return LoadThumbnail(self.catalogue, self.thumbnails)

    def find_duplicates(self) -> FindDuplicates:
        """Copies, and photos that are nearly the same."""
        return FindDuplicates(self.catalogue)

    def organise_library(self) -> OrganiseLibrary:
        """Taking folders out."""
        return OrganiseLibrary(self.catalogue, self.thumbnails, self.feed)

    def load_picture(self) -> LoadPicture:
        """Whole pictures."""
        return LoadPicture(self.catalogue, self.pictures)

    def trash_photos(self) -> TrashPhotos:
        """Moving photos to the system's trash."""
        from imgsearch_desktop.adapters.filesystem.trash import SystemTrash

        return TrashPhotos(self.catalogue, SystemTrash(), self.feed)

    def correct_date(self) -> CorrectDate:
        """Saying when photos were taken."""
        return CorrectDate(self.catalogue, self.feed)

    def take_out(self) -> TakeOut:
        """Copies and lists of photos."""
        from imgsearch_desktop.adapters.filesystem.outgoing_files import DiskOutgoingFiles

        return TakeOut(self.catalogue, DiskOutgoingFiles())

    def list_failures(self) -> ListFailures:
        """What keeps pictures from being found."""
        return ListFailures(self.catalogue, self.models)

    def retry_failures(self) -> RetryFailures:
        """Another try for files that failed."""
        return RetryFailures(self.catalogue, self.list_failures())

    def web_pictures(self) -> WebPictures:
        """Pictures on the web."""
        from imgsearch_desktop.adapters.web.fetch import HttpPictures

        return HttpPictures()

    def save_settings(self, settings: Settings) -> None:
        """Store settings; they hold from the next start on.

        Raises:
            KnownError: the file cannot be written.
        """
        SettingsFile(self.paths.settings_file).save(settings)

    def cameras(self) -> tuple[str, ...]:
        """The cameras of the library, most photos first."""
        counts = self.index.facets(self.model.spec.vectors_id, NO_FILTERS).cameras
        return tuple(sorted(counts, key=lambda name: (-counts[name], name)))

    def close(self) -> None:
        """Close everything in the reverse order of opening; safe to call twice."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
