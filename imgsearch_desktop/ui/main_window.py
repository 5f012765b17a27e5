"""The main window: puts panels and presenters together; decides nothing itself."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from imgsearch_desktop.application.settings import WindowSettings
from imgsearch_desktop.ui.actions import Actions
from imgsearch_desktop.ui.controls.columns import Columns
from imgsearch_desktop.ui.controls.inline_message import InlineMessage
from imgsearch_desktop.ui.grid.grid import PhotoGrid
from imgsearch_desktop.ui.grid.model import PhotoModel
from imgsearch_desktop.ui.grid.pixmap_cache import PixmapCache
from imgsearch_desktop.ui.panels.details_area import DetailsSide
from imgsearch_desktop.ui.panels.drop_overlay import DropOverlay
from imgsearch_desktop.ui.panels.empty_state import EmptyState
from imgsearch_desktop.ui.panels.explore_row import ExploreRow
from imgsearch_desktop.ui.panels.filter_row import FilterRow
from imgsearch_desktop.ui.panels.first_look import FirstLookPanel
from imgsearch_desktop.ui.panels.search_bar import TopBar
from imgsearch_desktop.ui.panels.sidebar import Sidebar
from imgsearch_desktop.ui.panels.similar_panel import SimilarPanel
from imgsearch_desktop.ui.panels.status_bar import StatusBar
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SIZE, SPACE

SMALLEST = (640, 440)
USUAL = (1440, 900)


class MainWindow(QMainWindow):
    """Every part of the window, by name; `ui.presenters.window_presenter` brings them to life.

    Args:
        theme: colours.
        settings: how it looks.

    Attributes:
        drag_taken: whether the drag that `drag_entered` told of can be dropped; set by its listener.
        sidebar_width: of the sidebar while it shows words, logical pixels.
        panel_width: of the similar panel, and of the details in its place, logical pixels.
    """

    drag_entered = Signal(object, QPoint)
    """QMimeData, and where."""
    drag_moved = Signal(QPoint)
    drag_left = Signal()
    dropped = Signal(object, QPoint)
    """QMimeData, and where."""
    escape_pressed = Signal()
    delete_pressed = Signal()
    """The Delete key, which nothing with the keyboard focus has taken."""
    details_shown = Signal()
    full_screen_changed = Signal(bool)
    widths_dragged = Signal()
    """Sidebar, panel or details have another width; see `sidebar_width` and `panel_width`."""
    closing = Signal()

    def __init__(self, theme: Theme, settings: WindowSettings) -> None:
        super().__init__()
        self.theme = theme
        self.drag_taken = False
        self.sidebar_width, self.panel_width = settings.sidebar_width, settings.panel_width
        self._details_wanted = False
        self.setWindowTitle(self.tr("ImgSearch Desktop"))
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self.setAcceptDrops(True)
        self._make_parts(settings)
        self._lay_out()
        self.actions_table = Actions(self, theme)
        self.top.menu.setMenu(self.actions_table.main_menu(self))
        self.filter_row.show_tiles(settings.tile_size, fill=settings.tile_fill)
        self._set_tab_order()

    def _make_parts(self, settings: WindowSettings) -> None:
        theme = self.theme
        self.content = QWidget(self)
        self.content.setObjectName("Content")
        self.top = TopBar(theme, self.content)
        self.sidebar = Sidebar(theme, self.content)
        self.pages = QStackedWidget(self.content)
        self.welcome = EmptyState(theme, framed=True, parent=self.pages)
        self.browser = QWidget(self.pages)
        self.filter_row = FilterRow(theme, parent=self.browser)
        self.message = InlineMessage(theme, self.browser)
        self.offer = InlineMessage(theme, self.browser)
        self.notice = InlineMessage(theme, self.browser)
        self.results = QStackedWidget(self.browser)
        cache = PixmapCache(settings.cache_mb << 20)
        self.grid = PhotoGrid(PhotoModel(self), theme, cache, parent=self.results)
        self.grid.set_tile_size(settings.tile_size)
        self.grid.set_fill(settings.tile_fill)
        self.nothing = EmptyState(theme, parent=self.results)
        self.weaker = QPushButton(self.browser)
        self.weaker.setProperty("kind", "link")
        self.weaker.hide()
        self.explore = ExploreRow(theme, self.grid.viewport())
        self.first_look = FirstLookPanel(theme, self.browser, self.results)
        self.similar = SimilarPanel(theme, self.content)
        self.similar.hide()
        self.details_side = DetailsSide(theme, self.browser)
        self.details_side.hide()
        self.status = StatusBar(theme, self.content)
        self.overlay = DropOverlay(theme, self.content)

    def _lay_out(self) -> None:
        self.results.addWidget(self.grid)
        self.results.addWidget(self.nothing)
        messages = QVBoxLayout()
        messages.setContentsMargins(SPACE.l, 0, SPACE.l, 0)
        messages.setSpacing(SPACE.s)
        messages.addWidget(self.message)
        messages.addWidget(self.offer)
        messages.addWidget(self.notice)
        page = _column(self.browser)
        page.addWidget(self.filter_row)
        page.addLayout(messages)
        self._shown = Columns((self.results, self.details_side), self.results, self.browser)
        page.addWidget(self._shown, 1)
        page.addWidget(self.weaker, 0, Qt.AlignmentFlag.AlignHCenter)
        self.pages.addWidget(self.welcome)
        self.pages.addWidget(self.browser)
        self.pages.setCurrentWidget(self.browser)  # whether there are photos is not known yet
        self._middle = Columns((self.sidebar, self.pages, self.similar), self.pages, self.content)
        for columns in (self._middle, self._shown):
            columns.splitterMoved.connect(self._note_widths)
        whole = _column(self.content)
        whole.addWidget(self.top)
        whole.addWidget(self._middle, 1)
        whole.addWidget(self.status)
        self.setCentralWidget(self.content)

    def _set_tab_order(self) -> None:
        order: list[QWidget] = [
            self.top.field.line,
            self.top.preferences,
            self.sidebar.view,
            self.sidebar.add,
            self.filter_row.date,
            self.grid,
        ]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self.top.field.line.setFocus()

    # --- what fits -------------------------------------------------------------------------------------

    @property
    def narrow(self) -> bool:
        """Whether the panel takes the grid's place and the sidebar shows icons."""
        return self.width() < SIZE.narrow

    def show_sidebar(self, show: bool) -> None:
        """Show or hide the sidebar."""
        self.sidebar.setVisible(show)
        self._give_widths()

    def show_similar(self, show: bool) -> None:
        """Show or hide the similar panel."""
        self.similar.setVisible(show)
        self._adapt()

    def show_details(self, show: bool) -> None:
        """Show or hide the details of the selected photo; the similar panel has its own in their place."""
        self._details_wanted = show
        self._adapt()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or stop doing so."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def _adapt(self) -> None:
        narrow = self.narrow
        if self.sidebar.delegate.icons_only != narrow:
            self.sidebar.set_icons_only(narrow)
        wide = narrow and not self.similar.isHidden()
        self.similar.set_wide(wide)
        self.pages.setHidden(wide)
        details = self._details_wanted and self.similar.isHidden()
        if details == self.details_side.isHidden():
            self.details_side.setVisible(details)
            if details:
                self.details_shown.emit()
        self._give_widths()

    def _give_widths(self) -> None:
        """Show every part as wide as the user wants it."""
        # Qt's splitter keeps what a part had when the part's own bounds become narrower: a gap.
        self._middle.give(self.sidebar, SIZE.sidebar_icons if self.narrow else self.sidebar_width)
        if not self.narrow:
            self._middle.give(self.similar, self.panel_width)
        self._shown.give(self.details_side, self.panel_width)

    def _note_widths(self) -> None:
        """A border was dragged."""
        if not self.narrow and not self.sidebar.isHidden():
            self.sidebar_width = self.sidebar.width()
        if not self.narrow and not self.similar.isHidden():
            self.panel_width = self.similar.width()
        elif not self.details_side.isHidden():
            self.panel_width = self.details_side.width()
        self._give_widths()
        self.widths_dragged.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Adapt to the width."""
        super().resizeEvent(event)
        self._adapt()

    def changeEvent(self, event: QEvent) -> None:
        """Tell whether the window fills the screen, whoever made it do so."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.full_screen_changed.emit(self.isFullScreen())

    # --- events that concern the whole window ----------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A drag from anywhere; whoever listens says by `drag_taken` whether it can be dropped."""
        self.drag_taken = False
        self.drag_entered.emit(event.mimeData(), event.position().toPoint())
        if self.drag_taken:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Light the target under the pointer."""
        self.drag_moved.emit(event.position().toPoint())
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The drag has gone elsewhere."""
        self.drag_left.emit()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        event.acceptProposedAction()
        self.dropped.emit(event.mimeData(), event.position().toPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One Escape for everything."""
        if event.key() == Qt.Key.Key_Escape:
            self.escape_pressed.emit()
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let everything stop."""
        self.closing.emit()
        super().closeEvent(event)


def _column(widget: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    return layout
