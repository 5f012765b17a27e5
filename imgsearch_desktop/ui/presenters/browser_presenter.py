"""Search field, filter row and grid: shows what was gathered, says what the user wants."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QLocale, QObject, Signal

from imgsearch_desktop.application.browse_library import FolderNode
from imgsearch_desktop.domain.filters import NO_FILTERS
from imgsearch_desktop.ui.grid.feed import GridFeed
from imgsearch_desktop.ui.grid.place import Place
from imgsearch_desktop.ui.main_window import MainWindow
from imgsearch_desktop.ui.presenters.covers import Covers
from imgsearch_desktop.ui.presenters.gather import Gathered, Kind
from imgsearch_desktop.ui.presenters.library_presenter import Overview
from imgsearch_desktop.ui.presenters.navigator import Navigator
from imgsearch_desktop.ui.presenters.search_presenter import SearchPresenter
from imgsearch_desktop.ui.state.asked import Asked, Section
from imgsearch_desktop.ui.words.label_words import label_word
from imgsearch_desktop.ui.words.spoken import spoken
from imgsearch_desktop.workers.contract import Problem

MOST_REMEMBERED = 50
"""Searches that are offered again while typing."""


class BrowserPresenter(QObject):
    """Between the browser page and what is asked.

    Args:
        window: its parts.
        navigator: what is asked.
        search: gathers.
        covers: thumbnails of chips.
        feed: of the main grid.
        searches: what was searched before, the latest first.
    """

    searches_changed = Signal(object)
    """What was searched, the latest first: a tuple of texts."""
    beyond_model = Signal()
    """What is shown was found by words that the model does not know; `window.notice` says so."""

    def __init__(
        self,
        window: MainWindow,
        navigator: Navigator,
        search: SearchPresenter,
        covers: Covers,
        feed: GridFeed,
        searches: tuple[str, ...] = (),
    ) -> None:
        super().__init__(window)
        self._window = window
        self._navigator = navigator
        self._search = search
        self._covers = covers
        self._feed = feed
        self._next_place: Place | None = Place()
        self._searches = searches[:MOST_REMEMBERED]
        self._library_words: list[str] = []
        self._keywords: list[str] = []
        self._searchable: tuple[int, int] = (0, 0)
        self.shown = Gathered(Asked())
        self._connect()

    def _connect(self) -> None:
        window, navigator = self._window, self._navigator
        field, row, grid = window.top.field, window.filter_row, window.grid
        field.edited.connect(navigator.type)
        field.chip_removed.connect(navigator.remove_chip)
        field.submitted.connect(self._submit)
        for used in (grid.view_requested, grid.similar_requested):
            used.connect(lambda _row: self._remember())
        field.cleared.connect(navigator.stop_searching)
        field.left_downwards.connect(self._focus_grid)
        row.filters_chosen.connect(navigator.filter)
        row.order_chosen.connect(navigator.sort)
        row.tile_size_chosen.connect(grid.set_tile_size)
        row.fill_chosen.connect(grid.set_fill)
        grid.tile_size_changed.connect(lambda size: row.show_tiles(size, fill=grid.fill))
        window.weaker.clicked.connect(navigator.show_weak)
        window.nothing.primary_clicked.connect(navigator.show_weak)
        window.nothing.secondary_clicked.connect(self._clear_filters)
        navigator.asked_changed.connect(self._on_asked)
        navigator.place_wanted.connect(lambda: navigator.note_place(grid.place()))
        self._search.gathered.connect(self._on_gathered)
        self._search.failed.connect(self._on_failed)
        self._covers.loaded.connect(field.set_chip_picture)

    # --- what is asked ---------------------------------------------------------------------------------

    def _on_asked(self, asked: Asked, place: Place | None, typing: bool) -> None:
        self._next_place = place or Place()
        self.show_asked()
        self._search.ask(asked, typing=typing)

    def show_asked(self) -> None:
        """Bring field, chips, filters and order up to what is asked."""
        asked, field = self._navigator.asked, self._window.top.field
        faces = self._navigator.chips()
        field.set_chips(faces)
        field.set_text(asked.text)
        self._covers.want([face.picture for face in faces if face.picture is not None])
        self._window.filter_row.show_filters(asked.filters)
        self._window.filter_row.show_order(asked.shown_order, found=asked.searching)
        folders = asked.filters.folders
        self._window.sidebar.show_place(folders[0] if len(folders) == 1 else asked.section)

    def _submit(self) -> None:
        self._remember()
        self._search.ask(self._navigator.asked)

    def _remember(self) -> None:
        """What one has searched with Enter, or found something with, is offered again."""
        text = self._navigator.asked.text.strip()
        if text and self._searches[:1] != (text,):
            others = tuple(one for one in self._searches if one != text)
            self._keep((text, *others)[:MOST_REMEMBERED])

    def forget_searches(self) -> None:
        """Offer nothing that was searched before."""
        self._keep(())
        self._window.message.tell(self.tr("Earlier searches are forgotten."))

    def _keep(self, searches: tuple[str, ...]) -> None:
        self._searches = searches
        self._offer()
        self.searches_changed.emit(searches)

    def _focus_grid(self) -> None:
        grid = self._window.grid
        grid.setFocus()
        if not grid.currentIndex().isValid() and grid.photos.rowCount():
            grid.setCurrentIndex(grid.photos.index(0))

    def _clear_filters(self) -> None:
        self._navigator.filter(NO_FILTERS)

    # --- what was gathered -----------------------------------------------------------------------------

    def _on_gathered(self, gathered: Gathered) -> None:
        window = self._window
        place, self._next_place = self._next_place, None
        self.shown = gathered
        self._show_header(gathered)
        window.grid.show_contents(gathered.contents, place)
        if place is None:
            self._feed.refresh()
        self._show_notice(gathered)
        window.results.setCurrentWidget(window.grid if len(gathered.contents.ids) else window.nothing)
        more = gathered.weak_total if gathered.kind is Kind.FOUND and not gathered.asked.weak else 0
        window.weaker.setVisible(bool(more and gathered.total))
        words = self.tr("Show %n weaker match(es)", "", more)
        window.weaker.setText(words.replace(str(more), QLocale().toString(more), 1))
        self._show_summary()

    def _show_header(self, gathered: Gathered) -> None:
        """The Explore row stands above all photos only."""
        plain = gathered.asked == Asked() and gathered.kind is Kind.BROWSED
        header = self._window.explore if plain and self._window.explore.tiles else None
        if header is not self._window.grid.header:
            self._window.grid.set_header(header)

    def _show_notice(self, gathered: Gathered) -> None:
        window = self._window
        told = len(gathered.contents.ids) > 0 or gathered.beyond_model
        window.notice.tell(spoken(gathered.notice or "") if told else "")
        if gathered.beyond_model:
            self.beyond_model.emit()
        if len(gathered.contents.ids):
            return
        if gathered.kind is Kind.FOUND:
            weaker = self.tr("Show weaker matches") if gathered.weak_total else ""
            text = "" if gathered.weak_total or gathered.beyond_model else spoken(gathered.notice or "")
            hint = self.tr("Nothing in your photos fits these words well. Other words may do better.")
            window.nothing.tell(
                "magnifying-glass",
                self.tr("No good match"),
                text or hint,
                weaker,
                self._clear_words(gathered),
            )
        else:
            window.nothing.tell("image", *self._nothing_here(gathered), "", self._clear_words(gathered))

    def _clear_words(self, gathered: Gathered) -> str:
        return "" if gathered.asked.filters.empty else self.tr("Clear filters")

    def _nothing_here(self, gathered: Gathered) -> tuple[str, str]:
        if not gathered.asked.filters.empty:
            return self.tr("No photos here"), self.tr("None of your photos passes these filters.")
        return {
            Section.ALL: (
                self.tr("No photos yet"),
                self.tr("Photos appear here as soon as the first ones are indexed."),
            ),
            Section.RECENT: (self.tr("Nothing new"), self.tr("No photo was added in the last 30 days.")),
            Section.DUPLICATES: (self.tr("No duplicates"), self.tr("Every photo lies in one file only.")),
            Section.AWAY: (
                self.tr("Nothing is away"),
                self.tr("Every drive and folder of your library is connected."),
            ),
        }[gathered.asked.section]

    def _on_failed(self, problem: Problem) -> None:
        self._next_place = None
        self._window.message.tell(spoken(problem.message), warn=True)

    # --- summary and completion ------------------------------------------------------------------------

    def show_overview(self, overview: Overview) -> None:
        """The library has been read anew."""
        self._searchable = (overview.state.searchable, overview.state.photos)
        self._search.set_cameras(overview.cameras)
        self._navigator.set_cameras(overview.cameras)
        self._window.filter_row.set_cameras(overview.cameras)
        names = [name for root in overview.tree for name in _folder_names(root)]
        labels = [label_word(label.name) for label in overview.labels]
        self._library_words = list(dict.fromkeys([*labels, *names, *overview.cameras]))
        self._offer()
        self._show_header(self.shown)
        self._show_summary()

    def _offer(self) -> None:
        words = [*self._searches, *self._library_words, *self._keywords]
        self._window.top.field.set_completions(list(dict.fromkeys(words)))

    def offer_keywords(self, keywords: Sequence[str]) -> None:
        """Keywords of photos are offered while typing."""
        self._keywords = list(keywords)
        self._offer()

    def _show_summary(self) -> None:
        locale, gathered = QLocale(), self.shown
        total = locale.toString(gathered.total)
        if gathered.kind is Kind.BROWSED:
            words = self.tr("%n photo(s)", "", gathered.total).replace(str(gathered.total), total, 1)
        else:
            words = self.tr("{total} found · {ms} ms").format(
                total=total, ms=locale.toString(round(gathered.took_ms))
            )
            done, all_photos = self._searchable
            if done < all_photos:
                words = self.tr("{found} · searching {done} of {all}").format(
                    found=words, done=locale.toString(done), all=locale.toString(all_photos)
                )
        self._window.filter_row.show_summary(words)


def _folder_names(node: FolderNode) -> Iterator[str]:
    """Names of the folders below a root, outer ones first."""
    waiting = deque(node.children)
    while waiting:
        folder = waiting.popleft()
        yield folder.name
        waiting.extend(folder.children)
