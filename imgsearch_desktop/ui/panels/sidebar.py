"""The sidebar: places, folders, "add a folder"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from imgsearch_desktop.application.browse_library import FolderNode
from imgsearch_desktop.domain.filters import FolderFilter
from imgsearch_desktop.ui.panels.sidebar_model import PLACE, PlaceRow, SidebarModel
from imgsearch_desktop.ui.panels.sidebar_tree import ROW, SidebarDelegate, SidebarView
from imgsearch_desktop.ui.state.asked import Section
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SIZE, SPACE

OPEN = 8
"""A new root with at most so many folders below is shown open."""


class Sidebar(QFrame):
    """Places, folders, "add a folder".

    Args:
        theme: colours.
        parent: owner.
    """

    section_chosen = Signal(object)
    """`Section`."""
    folder_chosen = Signal(object)
    """`FolderNode`."""
    add_clicked = Signal()
    menu_requested = Signal(object, QPoint)
    """`FolderNode` and a place on the screen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("Sidebar")
        self.model = SidebarModel(self)
        self.view = SidebarView(self)
        self._set_up_view()
        self.add = QPushButton(self)
        self.add.setProperty("kind", "link")
        self.add.setIconSize(QSize(18, 18))
        self.add.setAccessibleName(self.tr("Add a folder"))
        self.add.setToolTip(self.tr("Add a folder"))
        self.add.setFixedHeight(ROW)
        self.add.clicked.connect(self.add_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE.m, 0, SPACE.s)
        layout.setSpacing(0)
        layout.addWidget(self.view)
        layout.addWidget(self.add)
        layout.addStretch(1)
        theme.changed.connect(self._draw)
        self.set_icons_only(False)
        self.show_place(Section.ALL)

    def _set_up_view(self) -> None:
        view = self.view
        self.delegate = SidebarDelegate(self._theme, view)
        view.setModel(self.model)
        view.setItemDelegate(self.delegate)
        view.setHeaderHidden(True)
        view.setRootIsDecorated(False)
        view.setIndentation(0)
        view.setUniformRowHeights(True)
        view.setMouseTracking(True)
        view.setExpandsOnDoubleClick(False)
        view.setAccessibleName(self.tr("Places and folders"))
        view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        for changed in (view.expanded, view.collapsed, self.model.rowsInserted, self.model.rowsRemoved):
            changed.connect(self._fit)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._ask_menu)
        view.selectionModel().currentChanged.connect(self._on_current)

    def set_icons_only(self, icons_only: bool) -> None:
        """Shrink to icons, or show the words too."""
        self.delegate.icons_only = icons_only
        self.setMinimumWidth(SIZE.sidebar_icons if icons_only else SIZE.sidebar_least)
        self.setMaximumWidth(SIZE.sidebar_icons if icons_only else SIZE.sidebar_most)
        self.add.setProperty("align", "centre" if icons_only else "leading")
        self.add.style().unpolish(self.add)
        self.add.style().polish(self.add)
        self.add.setText("" if icons_only else self.tr("Add a folder"))
        if icons_only:
            self.view.collapseAll()
        self._draw()

    def set_folders(self, roots: Sequence[FolderNode], states: Mapping[int, str]) -> None:
        """Show the folder tree with the state of each root; a new root opens."""
        before = {self.model.item(row).data(PLACE) for row in range(5, self.model.rowCount())}
        known = {node.root_id for node in before if isinstance(node, FolderNode)}
        self.model.set_folders(roots)
        self.model.set_states(states)
        for node in roots:
            if node.root_id not in known and not self.delegate.icons_only and len(node.children) <= OPEN:
                self.view.expand(self.model.index_of(node.filter))

    def set_empty(self, empty: bool) -> None:
        """Without photos there is one place only."""
        for section in Section:
            if section is not Section.ALL:
                row = self.model.index_of(section).row()
                self.view.setRowHidden(row, QModelIndex(), empty)
        self._fit()

    def show_place(self, place: Section | FolderFilter) -> None:
        """Mark where one is, without telling anyone."""
        index, selection = self.model.index_of(place), self.view.selectionModel()
        if index == self.view.currentIndex():
            return  # asked with every key that is typed
        selection.blockSignals(True)
        self.view.setCurrentIndex(index)
        selection.blockSignals(False)
        self.view.viewport().update()

    def _on_current(self, index: QModelIndex, _previous: QModelIndex) -> None:
        place = index.data(PLACE)
        if isinstance(place, PlaceRow):
            self.section_chosen.emit(place.section)
        elif isinstance(place, FolderNode):
            self.folder_chosen.emit(place)

    def _fit(self, *_what: object) -> None:
        self.view.updateGeometry()

    def _ask_menu(self, at: QPoint) -> None:
        node = self.view.indexAt(at).data(PLACE)
        if isinstance(node, FolderNode) and node.relative_path == b"":
            self.menu_requested.emit(node, self.view.viewport().mapToGlobal(at))

    def _draw(self) -> None:
        self.add.setIcon(self._theme.icon("plus", "accent"))
        self.view.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Paint anew in another direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.view.viewport().update()
