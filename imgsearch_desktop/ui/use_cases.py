"""The use cases that the window is given; it knows nothing beyond them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from imgsearch_desktop.application.browse_library import BrowseLibrary
from imgsearch_desktop.application.find_duplicates import FindDuplicates
from imgsearch_desktop.application.first_look import FirstLook
from imgsearch_desktop.application.index_library import IndexLibrary
from imgsearch_desktop.application.library_status import LibraryStatus
from imgsearch_desktop.application.list_failures import ListFailures
from imgsearch_desktop.application.load_picture import LoadPicture
from imgsearch_desktop.application.load_thumbnail import LoadThumbnail
from imgsearch_desktop.application.make_faster import MakeFaster
from imgsearch_desktop.application.manage_engine import ManageEngine
from imgsearch_desktop.application.model_library import ModelLibrary
from imgsearch_desktop.application.organise import OrganiseLibrary
from imgsearch_desktop.application.ports import WebPictures
from imgsearch_desktop.application.search_photos import SearchPhotos
from imgsearch_desktop.application.settings import IndexingSettings, Settings
from imgsearch_desktop.application.switch_model import SwitchModel
from imgsearch_desktop.application.upload_model import UploadModel
from imgsearch_desktop.ui.acting.photo_acting import ActingUseCases


@dataclass(frozen=True, slots=True)
class ModelUseCases:
    """What can be asked about models.

    Attributes:
        library: look at them, fetch, import, verify, remove.
        switch: search with another one.
        faster: make versions that encode photos faster.
    """

    library: ModelLibrary
    switch: SwitchModel
    faster: MakeFaster


@dataclass(frozen=True, slots=True)
class UseCases:
    """What the window can ask for. Everything here is called off the GUI thread only.

    Attributes:
        index: brings the library up to its folders, in the way the settings say.
        first_look: previews of folders that are not indexed yet.
        search: find photos.
        browse: look through the library.
        thumbnail: small previews.
        picture: whole pictures.
        duplicates: photos in several files.
        status: how far the library is.
        failures: what keeps pictures from being found.
        organise: take folders out.
        acting: everything that is done with photos.
        engine: which engine searches.
        upload_model: has Elasticsearch encode searches.
        web: pictures that lie on the web.
        cameras: the library's cameras, most photos first.
        models: look at models, fetch them, search with another one.
        warm_up: loads what the first search needs, so that it need not wait for it.
        settings: what is stored as the settings.
        save_settings: stores them; raises KnownError where it cannot.
        interrupt: lets whoever waits for a whole picture go; the window closes. Any thread.
    """

    index: Callable[[IndexingSettings], IndexLibrary]
    first_look: FirstLook
    search: SearchPhotos
    browse: BrowseLibrary
    thumbnail: LoadThumbnail
    picture: LoadPicture
    duplicates: FindDuplicates
    status: LibraryStatus
    failures: ListFailures
    organise: OrganiseLibrary
    acting: ActingUseCases
    engine: ManageEngine
    upload_model: UploadModel
    web: WebPictures
    cameras: Callable[[], tuple[str, ...]]
    models: ModelUseCases
    warm_up: Callable[[], object]
    settings: Settings
    save_settings: Callable[[Settings], None]
    interrupt: Callable[[], None]
