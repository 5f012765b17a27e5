"""What the sidebar shows: places first, then the folder tree with counts and states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLocale, QModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from imgsearch_desktop.application.browse_library import FolderNode
from imgsearch_desktop.domain.filters import FolderFilter
from imgsearch_desktop.ui.state.asked import Section

PLACE = Qt.ItemDataRole.UserRole + 1
"""What a row stands for: `PlaceRow`, `FolderNode`, or None for a heading."""
COUNT = Qt.ItemDataRole.UserRole + 2
STATE = Qt.ItemDataRole.UserRole + 3
ICON = Qt.ItemDataRole.UserRole + 4


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """What the row of a place stands for; a bare `Section` would come back from Qt as a plain text."""

    section: Section


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
