"""The use cases that the window is given; it knows nothing beyond them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from imgsearch_desktop.application.browse_library import BrowseLibrary
from imgsearch_desktop.application.find_duplicates import FindDuplicates
from imgsearch_desktop.application.index_library import IndexLibrary
from imgsearch_desktop.application.library_status import LibraryStatus
from imgsearch_desktop.application.load_thumbnail import LoadThumbnail
from imgsearch_desktop.application.organise import OrganiseLibrary
from imgsearch_desktop.application.search_photos import SearchPhotos


@dataclass(frozen=True, slots=True)
class UseCases:
    """What the window can ask for. Everything here is called off the GUI thread only.

    Attributes:
        index: bring the library up to its folders.
        search: find photos.
        browse: look through the library.
        thumbnail: small previews.
        duplicates: photos in several files.
        status: how far the library is.
        organise: take folders out.
        cameras: the library's cameras, most photos first.
        model_name: of the active model, for people.
        warm_up: loads what the first search needs, so that it need not wait for it.
    """

    index: IndexLibrary
    search: SearchPhotos
    browse: BrowseLibrary
    thumbnail: LoadThumbnail
    duplicates: FindDuplicates
    status: LibraryStatus
    organise: OrganiseLibrary
    cameras: Callable[[], tuple[str, ...]]
    model_name: str
    warm_up: Callable[[], object]
