"""The sidebar: places, and the folder tree with counts and states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from imgsearch_desktop.application.browse_library import FolderNode
from imgsearch_desktop.domain.filters import FolderFilter
from imgsearch_desktop.ui.state.asked import Section
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SIZE, SPACE, TYPE

ROW = 34
INDENT = 14
OPEN = 8
"""A new root with at most so many folders below is shown open."""

PLACE = Qt.ItemDataRole.UserRole + 1
"""What a row stands for: `PlaceRow`, `FolderNode`, or None for a heading."""
COUNT = Qt.ItemDataRole.UserRole + 2
STATE = Qt.ItemDataRole.UserRole + 3
ICON = Qt.ItemDataRole.UserRole + 4


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """What the row of a place stands for; a bare `Section` would come back from Qt as a plain text."""

    section: Section


Index = QModelIndex | QPersistentModelIndex


class SidebarModel(QStandardItemModel):
    """Places first, then the folders; what stays keeps its row, so that open folders stay open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        places = (
            (Section.ALL, self.tr("All"), "image"),
            (Section.RECENT, self.tr("Recently added"), "clock"),
            (Section.DUPLICATES, self.tr("Duplicates"), "copy"),
            (Section.AWAY, self.tr("Away"), "hard-drive"),
        )
        self._places = {section: _item(words, PlaceRow(section), icon) for section, words, icon in places}
        for item in self._places.values():
            self.appendRow(item)
        heading = _item(self.tr("FOLDERS"), None, "")
        heading.setEnabled(False)
        heading.setSelectable(False)
        self.appendRow(heading)
        self._first_folder = self.rowCount()

    def set_counts(self, counts: Mapping[Section, int]) -> None:
        """Show how many photos each place holds."""
        for section, count in counts.items():
            item = self._places[section]
            item.setData(count, COUNT)
            item.setData(f"{item.text()}, {QLocale().toString(count)}", Qt.ItemDataRole.AccessibleTextRole)

    def set_folders(self, roots: Sequence[FolderNode]) -> None:
        """Show the folder tree."""
        _fill(self, self.invisibleRootItem(), self._first_folder, roots, top=True)

    def set_states(self, states: Mapping[int, str]) -> None:
        """Show the state of roots by their ids, in the user's words; others have none."""
        for row in range(self._first_folder, self.rowCount()):
            item = self.item(row)
            node = item.data(PLACE)
            item.setData(self.tr("away") if node.away else states.get(int(node.root_id), ""), STATE)

    def index_of(self, place: Section | FolderFilter) -> QModelIndex:
        """Where a place or folder stands; invalid if it is not there."""
        if isinstance(place, Section):
            return self._places[place].index()
        pending = [self.item(row) for row in range(self._first_folder, self.rowCount())]
        while pending:
            item = pending.pop()
            node = item.data(PLACE)
            if node.filter == place:
                return item.index()
            pending.extend(item.child(row) for row in range(item.rowCount()))
        return QModelIndex()

    @property
    def has_folders(self) -> bool:
        """Whether any folder is shown."""
        return self.rowCount() > self._first_folder


def _item(words: str, place: object, icon: str) -> QStandardItem:
    item = QStandardItem(words)
    item.setEditable(False)
    item.setData(place, PLACE)
    item.setData(icon, ICON)
    return item


def _fill(
    model: SidebarModel, parent: QStandardItem, first: int, nodes: Sequence[FolderNode], *, top: bool
) -> None:
    """Bring rows up to the nodes, keeping those that are there already."""
    wanted = {node.filter for node in nodes}
    for row in range(parent.rowCount() - 1, first - 1, -1):
        if parent.child(row).data(PLACE).filter not in wanted:
            parent.removeRow(row)
    for offset, node in enumerate(nodes):
        row = first + offset
        item = parent.child(row) if row < parent.rowCount() else None
        if item is None or item.data(PLACE).filter != node.filter:
            item = _item("", node, "folder")
            parent.insertRows(row, 1)
            parent.setChild(row, item)  # unlike insertRow, this hands the item over to the model
        _describe(item, node, top=top)
        _fill(model, item, 0, node.children, top=False)
    while parent.rowCount() > first + len(nodes):
        parent.removeRow(parent.rowCount() - 1)


def _describe(item: QStandardItem, node: FolderNode, *, top: bool) -> None:
    name = node.name.rstrip("/\\").replace("\\", "/").rpartition("/")[2] or node.name if top else node.name
    item.setText(name)
    item.setToolTip(node.name)
    item.setData(node, PLACE)
    item.setData(node.files, COUNT)
    item.setData("hard-drives" if node.away else "folder", ICON)
    item.setData(f"{name}, {QLocale().toString(node.files)}", Qt.ItemDataRole.AccessibleTextRole)


class SidebarDelegate(QStyledItemDelegate):
    """Paints a row: caret, icon, words, and the count or state at the end."""

    def __init__(self, theme: Theme, view: SidebarView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self.icons_only = False

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Rows are of one height."""
        return QSize(option.rect.width(), ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(SPACE.s, option.rect.y() + 1, self._view.viewport().width() - 2 * SPACE.s, ROW - 2)
        if index.data(PLACE) is None:
            self._paint_heading(painter, box, index)
        else:
            self._paint_ground(painter, box, option)
            self._paint_row(painter, box, option, index)
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRect, option: QStyleOptionViewItem) -> None:
        state = option.state
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(self._theme.colour("selected"))
            painter.drawRoundedRect(box, 8, 8)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(self._theme.colour("hover"))
            painter.drawRoundedRect(box, 8, 8)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(self._theme.colour("accent"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 8, 8)

    def _paint_row(self, painter: QPainter, box: QRect, option: QStyleOptionViewItem, index: Index) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        state = index.data(STATE) or ""
        away = state and index.data(PLACE) is not None and getattr(index.data(PLACE), "away", False)
        depth = self._view.level(index)
        inner = box.adjusted(10 + (0 if self.icons_only else depth * INDENT), 0, -10, 0)
        icon = QRect(0, 0, 18, 18)
        name = index.data(ICON)
        if not self.icons_only and self._view.can_open(index):
            name = "caret-down" if self._view.isExpanded(index) else "caret-right"
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        icon.moveCenter(QPoint(inner.right() - 9 if mirrored else inner.left() + 9, box.center().y() + 1))
        if self.icons_only:
            icon.moveCenter(QPoint(box.center().x(), box.center().y() + 1))
        self._theme.icon(name, "accent" if selected else "muted").paint(painter, icon)
        if self.icons_only:
            return
        words = inner.adjusted(0, 0, -28, 0) if mirrored else inner.adjusted(28, 0, 0, 0)
        end = state or (QLocale().toString(index.data(COUNT)) if index.data(COUNT) is not None else "")
        font = QFont(option.font)
        font.setPixelSize(TYPE.small)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        trailing, leading = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight) if mirrored else (
            Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft,
        )  # fmt: skip
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(words, trailing | middle, end)
        room = painter.fontMetrics().horizontalAdvance(end) + 8
        words = words.adjusted(room, 0, 0, 0) if mirrored else words.adjusted(0, 0, -room, 0)
        font.setPixelSize(TYPE.body)
        font.setWeight(QFont.Weight.DemiBold if selected else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted" if away else "text"))
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, leading | middle, text)

    def _paint_heading(self, painter: QPainter, box: QRect, index: Index) -> None:
        if self.icons_only:
            painter.setPen(self._theme.colour("line"))
            painter.drawLine(box.left(), box.center().y(), box.right(), box.center().y())
            return
        font = QFont(painter.font())
        font.setPixelSize(TYPE.caption)
        font.setWeight(QFont.Weight.DemiBold)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(box.adjusted(10, 8, -10, 0), Qt.AlignmentFlag.AlignVCenter, index.data())


class SidebarView(QTreeView):
    """The tree; carets are painted by the delegate, a click on one opens or closes the folder."""

    def sizeHint(self) -> QSize:
        """As high as its open rows, so that what stands below follows them."""
        rows, index = 0, self.model().index(0, 0)
        while index.isValid():
            rows, index = rows + 1, self.indexBelow(index)
        return QSize(super().sizeHint().width(), rows * ROW + 2)

    def minimumSizeHint(self) -> QSize:
        """A few rows; it scrolls."""
        return QSize(SIZE.sidebar_icons, min(3 * ROW, self.sizeHint().height()))

    def level(self, index: Index) -> int:
        """How far below the top a row stands."""
        steps, parent = 0, index.parent()
        while parent.isValid():
            steps, parent = steps + 1, parent.parent()
        return steps

    def can_open(self, index: Index) -> bool:
        """Whether there are folders below."""
        return self.model().rowCount(index) > 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open and close at the caret, choose elsewhere."""
        index = self.indexAt(event.position().toPoint())
        left = SPACE.s + 10 + self.level(index) * INDENT
        at = event.position().x()
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            at = self.viewport().width() - at
        if index.isValid() and self.can_open(index) and left - 6 <= at <= left + 24:
            self.setExpanded(index, not self.isExpanded(index))
            event.accept()
            return
        super().mousePressEvent(event)


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
        selection = self.view.selectionModel()
        selection.blockSignals(True)
        self.view.setCurrentIndex(self.model.index_of(place))
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
