"""Looking through the library without a query: the grid, the folder tree, what there is to explore."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.application.ports import CatalogueReader, LabelCount, SortOrder, Volumes
from imgsearch_desktop.domain.filters import NO_FILTERS, Filters, FolderFilter
from imgsearch_desktop.domain.library import Root
from imgsearch_desktop.domain.photo import Photo, PhotoId, RootId


@dataclass(frozen=True, slots=True)
class FolderNode:
    """A folder of the tree.

    Attributes:
        root_id: the root it belongs to.
        relative_path: below the root, the file system's bytes; b"" for the root itself.
        name: for people; a root has its whole path.
        files: present files in it and beneath.
        away: its volume is not connected.
        children: folders directly in it that hold pictures, by name.
    """

    root_id: RootId
    relative_path: bytes
    name: str
    files: int
    away: bool
    children: tuple[FolderNode, ...]

    @property
    def filter(self) -> FolderFilter:
        """What shows the photos of this folder."""
        return FolderFilter(self.root_id, self.relative_path)


class BrowseLibrary:
    """Answers what the window shows before anything is typed; thread-safe.

    Args:
        catalogue: the truth.
        volumes: knows what is connected.
        everyday_words: gives label -> the word that people look for; a label without one is counted by
            itself.
    """

    def __init__(
        self,
        catalogue: CatalogueReader,
        volumes: Volumes,
        everyday_words: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        self._catalogue = catalogue
        self._volumes = volumes
        self._words = everyday_words

    def ids(
        self, filters: Filters = NO_FILTERS, order: SortOrder = SortOrder.DATE_NEWEST
    ) -> NDArray[np.int64]:
        """Ids of the photos that pass, in order; int64 (n,)."""
        return self._catalogue.browse(filters, order)

    def photos(self, photo_ids: Sequence[PhotoId]) -> list[Photo]:
        """Photos in the order asked for; those that are gone are left out."""
        return self._catalogue.photos(photo_ids)

    def folder_tree(self) -> tuple[FolderNode, ...]:
        """The roots in the order they were added, each with the folders that hold pictures."""
        return tuple(self._tree(root) for root in self._catalogue.roots())

    def roots(self) -> list[Root]:
        """The folders (roots) of the library, in the order they were added; `away` as it is now."""
        return [replace(root, away=self._volumes.is_away(root)) for root in self._catalogue.roots()]

    def keywords(self, limit: int = 500) -> list[str]:
        """Keywords that photos carry, most frequent first."""
        return self._catalogue.keywords(limit)

    def explore(self, limit: int = 30) -> list[LabelCount]:
        """What there is most of, by what the model saw, in everyday words ("dogs", not 118 breeds)."""
        return self._catalogue.labels(limit, self._words())

    def _tree(self, root: Root) -> FolderNode:
        away = self._volumes.is_away(root)
        return folder_tree(root, self._catalogue.folder_counts(root.root_id), away=away)


def folder_tree(root: Root, direct: Mapping[bytes, int], *, away: bool) -> FolderNode:
    """Build the tree of one root from the number of files that lie directly in each of its folders."""
    counts: Counter[bytes] = Counter()
    for folder, files in direct.items():
        for around in _with_folders_around(folder):
            counts[around] += files
    below: dict[bytes, list[FolderNode]] = {}
    for folder in sorted(counts, key=lambda path: path.count(b"/"), reverse=True):
        if folder:
            parent, _, name = folder.rpartition(b"/")
            children = tuple(sorted(below.pop(folder, ()), key=lambda node: node.name.casefold()))
            node = FolderNode(root.root_id, folder, _text(name), counts[folder], away, children)
            below.setdefault(parent, []).append(node)
    children = tuple(sorted(below.pop(b"", ()), key=lambda node: node.name.casefold()))
    return FolderNode(root.root_id, b"", root.display_path, counts[b""], away, children)


def _with_folders_around(folder: bytes) -> Iterator[bytes]:
    """A folder, then what it lies in, up to the root (b"")."""
    while folder:
        yield folder
        folder = folder.rpartition(b"/")[0]
    yield b""


def _text(name: bytes) -> str:
    return os.fsdecode(name).encode("utf-8", "replace").decode("utf-8")
