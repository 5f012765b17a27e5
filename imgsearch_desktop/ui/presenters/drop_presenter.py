"""Drops and pastes: shows the targets, looks at what was dropped, searches or adds."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from PySide6.QtCore import QLocale, QMimeData, QObject, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from imgsearch_desktop.application.ports import WebPictures
from imgsearch_desktop.ui.main_window import MainWindow
from imgsearch_desktop.ui.panels.drop_overlay import Target, targets_of
from imgsearch_desktop.ui.presenters.library_presenter import LibraryPresenter
from imgsearch_desktop.ui.presenters.navigator import MOST_EXAMPLES, Navigator
from imgsearch_desktop.ui.state.dropped import PICTURE_ENDINGS, Dropped, guess, look
from imgsearch_desktop.ui.words.spoken import spoken
from imgsearch_desktop.workers.background import Background
from imgsearch_desktop.workers.contract import Problem

LONGEST_SHOWN = 200


class DropPresenter(QObject):
    """Between drags and what they do.

    Args:
        window: its parts.
        navigator: searches.
        library: adds folders.
        web: fetches pictures whose address was dropped.
    """

    def __init__(
        self, window: MainWindow, navigator: Navigator, library: LibraryPresenter, web: WebPictures
    ) -> None:
        super().__init__(window)
        self._web = web
        self._window = window
        self._navigator = navigator
        self._library = library
        self._dragged = Dropped()
        self._at = QPoint()
        self._looker = Background("dropped files", self)
        self._looker.succeeded.connect(lambda _generation, answer: self._on_looked(*answer))
        self._looker.failed.connect(lambda _generation, problem: self._tell(problem))
        self._fetcher = Background("web pictures", self)
        self._fetcher.succeeded.connect(lambda _generation, answer: self._on_fetched(*answer))
        self._fetcher.failed.connect(lambda _generation, problem: self._tell(problem))
        self._connect()

    def _connect(self) -> None:
        window, field = self._window, self._window.top.field
        window.drag_entered.connect(self._on_entered)
        window.drag_moved.connect(self._on_moved)
        window.drag_left.connect(window.overlay.hide)
        window.dropped.connect(self._on_dropped)
        field.slot.dropped.connect(lambda data: self.take(data, Target.SEARCH, alone=False))
        field.pasted.connect(lambda data: self.take(data, None, alone=False))
        field.picture_wanted.connect(self.choose_picture)
        for grid in (window.grid, window.similar.grid):
            grid.dragging.connect(field.slot.light)

    def close(self) -> None:
        """Let the threads end."""
        self._looker.close()
        self._fetcher.close()

    def paste(self) -> None:
        """Search with the picture in the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        self.take(data or QMimeData(), None, alone=True)

    def choose_picture(self) -> None:
        """Let the user choose a picture file and search with it."""
        endings = " ".join(f"*{ending}" for ending in sorted(PICTURE_ENDINGS))
        pattern = self.tr("Pictures ({endings})").format(endings=endings)
        names, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Search with a picture"), "", pattern)
        if names:
            pictures = tuple(os.fsencode(name) for name in names)
            self._navigator.search_dropped(Dropped(pictures=pictures), alone=False)

    def take_paths(self, paths: list[bytes]) -> None:
        """Add or search paths as if they had been dropped."""
        self._submit(Dropped(folders=tuple(paths)), None, alone=True)

    def take(self, data: QMimeData, target: Target | None, *, alone: bool) -> None:
        """Take what was dropped or pasted.

        Args:
            data: what.
            target: what to do with it; None for whatever can be done, adding first.
            alone: search with it alone, not beside what is asked already.
        """
        dropped = guess(data)
        if dropped.url:
            self._ask_to_fetch(dropped, alone=alone)
        else:
            self._submit(dropped, target, alone=alone)

    # --- the web ---------------------------------------------------------------------------------------

    def fetch(self, url: str, *, alone: bool) -> None:
        """Fetch a picture from the web and search with it; the user has said so."""
        host = urlsplit(url).hostname or url
        self._window.message.tell(
            self.tr("Fetching the picture from {host}…").format(host=host),
            action=self.tr("Cancel"),
            run=self._stop_fetching,
        )
        web = self._web
        self._fetcher.submit(lambda context: (web.fetch(url, context.control.checkpoint), alone))

    def _ask_to_fetch(self, dropped: Dropped, *, alone: bool) -> None:
        """Pasting an address, or dropping it where nothing says what happens, is no consent yet."""
        words = self.tr("Fetch from {host} and search").format(host=dropped.host)
        self._window.message.tell(
            dropped.url[:LONGEST_SHOWN], action=words, run=lambda: self.fetch(dropped.url, alone=alone)
        )

    def _stop_fetching(self) -> None:
        self._fetcher.cancel()
        self._window.message.tell("")

    def _on_fetched(self, data: bytes, alone: bool) -> None:
        self._window.message.tell("")
        self._navigator.search_dropped(Dropped(data=data), alone=alone)

    def _tell(self, problem: Problem) -> None:
        self._window.message.tell(spoken(problem.message), warn=True)

    # --- drags -----------------------------------------------------------------------------------------

    def _on_entered(self, data: QMimeData, at: QPoint) -> None:
        self._dragged = guess(data)
        if self._dragged.photo_ids or not targets_of(self._dragged):
            return  # photos of our own can be dropped on the slot alone
        self._window.drag_taken = True
        self._window.overlay.show_for(self._dragged, self._inside(at))

    def _on_moved(self, at: QPoint) -> None:
        self._window.overlay.show_for(self._dragged, self._inside(at))

    def _on_dropped(self, data: QMimeData, at: QPoint) -> None:
        target = self._window.overlay.target_at(self._inside(at))
        self._window.overlay.hide()
        dropped = guess(data)
        if dropped.url:
            self.fetch(dropped.url, alone=True)  # the target said so: dropping there is the consent
        else:
            self._submit(dropped, target, alone=True)

    def _inside(self, at: QPoint) -> QPoint:
        return self._window.content.mapFrom(self._window, at)

    # --- looking ---------------------------------------------------------------------------------------

    def _submit(self, dropped: Dropped, target: Target | None, *, alone: bool) -> None:
        self._looker.submit(lambda _context: (look(dropped), target, alone))

    def _on_looked(self, dropped: Dropped, target: Target | None, alone: bool) -> None:
        searches = bool(dropped.photo_ids or dropped.pictures or dropped.data)
        if dropped.folders and target is not Target.SEARCH:
            self._library.add_folders(dropped.folders)
        elif dropped.folders and not searches:
            self._library.add_folders(dropped.folders)  # taken for a picture by its name
        if searches and (target is not Target.ADD or not dropped.folders):
            self._navigator.search_dropped(dropped, alone=alone)
            self._offer_folder(dropped)
        elif not dropped.folders:
            self._window.message.tell(
                self.tr("There is no picture and no folder in what was dropped, so there is nothing to do."),
                warn=True,
            )

    def _offer_folder(self, dropped: Dropped) -> None:
        """A loose file is searched, never added; its folder can be."""
        overview = self._library.overview
        roots = [os.fsencode(root.name) for root in overview.tree] if overview else []
        given = len(dropped.photo_ids) + len(dropped.pictures)
        if given > MOST_EXAMPLES:
            self._window.message.tell(
                self.tr("{count} of the {all} pictures are searched: one question takes no more.").format(
                    count=QLocale().toString(MOST_EXAMPLES), all=QLocale().toString(given)
                )
            )
            return
        outside = [
            path
            for path in dropped.pictures
            if not any(path.startswith(root.rstrip(b"/") + b"/") for root in roots)
        ]
        if not outside:
            return
        folder = os.path.dirname(outside[0])  # noqa: PTH120 - bytes, which pathlib does not take
        self._window.message.tell(
            self.tr("{name} is searched without being added to the library.").format(
                name=os.fsdecode(outside[0]).rpartition("/")[2].encode("utf-8", "replace").decode()
            ),
            action=self.tr("Add its folder"),
            run=lambda: self._add_folder(folder),
        )

    def _add_folder(self, folder: bytes) -> None:
        self._window.message.tell("")
        self._library.add_folders([folder])
