"""The filter row: date, folder, camera, type; what was found; tile size and shape; order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDateEdit,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSlider,
    QWidget,
    QWidgetAction,
)

from imgsearch_desktop.application.ports import SortOrder
from imgsearch_desktop.domain.filters import NO_FILTERS, Filters, FolderFilter
from imgsearch_desktop.ui.controls.icon_button import IconButton
from imgsearch_desktop.ui.controls.menu_button import MenuButton
from imgsearch_desktop.ui.grid.arranged_view import LARGEST_TILE, SMALLEST_TILE
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SIZE, SPACE

FORMATS = ("jpeg", "raw", "heic", "png", "webp", "avif", "jxl", "gif", "tiff", "bmp")
_NAMES = {"jxl": "JPEG XL", "webp": "WebP"}


@dataclass(frozen=True, slots=True)
class FolderChoice:
    """A folder that can be chosen, with its name for people."""

    name: str
    filter: FolderFilter


def format_name(name: str) -> str:
    """A format for people."""
    return _NAMES.get(name, name.upper())


class FilterRow(QFrame):
    """Shows filters and order as they are and says when the user wants others.

    Args:
        theme: colours.
        today: the day "this year" and the like go by; replaced in tests.
        parent: owner.
    """

    filters_chosen = Signal(object)
    """`Filters`."""
    order_chosen = Signal(object)
    """`SortOrder`, None for relevance."""
    tile_size_chosen = Signal(int)
    fill_chosen = Signal(bool)

    def __init__(
        self, theme: Theme, today: Callable[[], date] = date.today, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("FilterRow")
        self.setFixedHeight(SIZE.filter_bar)
        self._today = today
        self._filters = NO_FILTERS
        self._folders: tuple[FolderChoice, ...] = ()
        self._cameras: tuple[str, ...] = ()
        self.date = MenuButton(theme, self.tr("Date"), self)
        self.folder = MenuButton(theme, self.tr("Folder"), self)
        self.camera = MenuButton(theme, self.tr("Camera"), self)
        self.type = MenuButton(theme, self.tr("Type"), self)
        self.clear = QPushButton(self.tr("Clear filters"), self)
        self.clear.setProperty("kind", "link")
        self.clear.clicked.connect(lambda: self.filters_chosen.emit(NO_FILTERS))
        self.summary = QLabel(self)
        self.summary.setProperty("role", "muted")
        self.shape = IconButton(theme, "squares-four", self.tr("Fill the tiles"), self)
        self.shape.setCheckable(True)
        self.shape.toggled.connect(self.fill_chosen)
        self.size_slider = self._slider()
        self.order = MenuButton(theme, self.tr("Sort"), self)
        self._by_relevance = self._fill_orders()
        self._build()
        self._fill_menus()
        self.show_filters(NO_FILTERS)
        self.show_order(SortOrder.DATE_NEWEST, found=False)

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE.l, 0, SPACE.l, 0)
        layout.setSpacing(SPACE.s)
        left: list[QWidget] = [self.date, self.folder, self.camera, self.type, self.clear]
        right: list[QWidget] = [self.summary, self.shape, self.size_slider, self.order]
        for widget in left:
            layout.addWidget(widget)
        layout.addStretch(1)
        for widget in right:
            layout.addWidget(widget)

    def _slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(SMALLEST_TILE, LARGEST_TILE)
        slider.setPageStep(32)
        slider.setFixedWidth(96)
        slider.setAccessibleName(self.tr("Size of the tiles"))
        slider.setToolTip(self.tr("Size of the tiles"))
        slider.valueChanged.connect(self.tile_size_chosen)
        return slider

    # --- what is shown ---------------------------------------------------------------------------------

    def set_folders(self, folders: Sequence[FolderChoice]) -> None:
        """Folders that can be chosen."""
        if tuple(folders) != self._folders:
            self._folders = tuple(folders)
            self._fill_menus()
            self.show_filters(self._filters)

    def set_cameras(self, cameras: Sequence[str]) -> None:
        """Cameras that can be chosen."""
        if tuple(cameras) != self._cameras:
            self._cameras = tuple(cameras)
            self._fill_menus()
            self.show_filters(self._filters)

    def show_filters(self, filters: Filters) -> None:
        """Show what is chosen."""
        self._filters = filters
        self.date.set_choice(_dates(filters.after, filters.before))
        names = {choice.filter: choice.name for choice in self._folders}
        folders = [names.get(folder, self.tr("A folder")) for folder in filters.folders]
        self.folder.set_choice(_joined(folders))
        self.camera.set_choice(_joined(filters.cameras))
        self.type.set_choice(_joined([format_name(name) for name in filters.formats]))
        self.clear.setVisible(not filters.empty)
        for button in (self.folder, self.camera, self.type):
            for action in button.menu_shown.actions():
                if action.isCheckable():
                    action.setChecked(self._chosen(action.data()))

    def show_order(self, order: SortOrder | None, *, found: bool) -> None:
        """Show the order in force, None for relevance; only what was found has that."""
        self.order.set_choice(dict(self._orders())[order], narrows=False)
        self._by_relevance.setVisible(found)

    def show_summary(self, text: str) -> None:
        """Show how many photos there are."""
        self.summary.setText(text)

    def show_tiles(self, size: int, *, fill: bool) -> None:
        """Show size and shape of the tiles, without telling anyone."""
        for control in (self.size_slider, self.shape):
            control.blockSignals(True)
        self.size_slider.setValue(size)
        self.shape.setChecked(fill)
        for control in (self.size_slider, self.shape):
            control.blockSignals(False)

    # --- menus -----------------------------------------------------------------------------------------

    def _orders(self) -> list[tuple[SortOrder | None, str]]:
        """What one can sort by, relevance first."""
        return [
            (None, self.tr("Relevance")),
            (SortOrder.DATE_NEWEST, self.tr("Newest first")),
            (SortOrder.DATE_OLDEST, self.tr("Oldest first")),
            (SortOrder.NAME, self.tr("Name")),
            (SortOrder.ADDED, self.tr("Recently added")),
        ]

    def _fill_menus(self) -> None:
        self._fill_dates()
        self._fill_choices(
            self.folder.menu_shown, self.tr("All folders"), [(c.name, c.filter) for c in self._folders]
        )
        self._fill_choices(self.camera.menu_shown, self.tr("All cameras"), [(c, c) for c in self._cameras])
        formats = [(format_name(name), f"format:{name}") for name in FORMATS]
        self._fill_choices(self.type.menu_shown, self.tr("All types"), formats)

    def _fill_orders(self) -> QAction:
        """Returns: the entry for relevance."""
        add = self.order.menu_shown.addAction
        actions = [add(words, partial(self.order_chosen.emit, order)) for order, words in self._orders()]
        return actions[0]

    def _fill_choices(self, menu: QMenu, everything: str, choices: Sequence[tuple[str, object]]) -> None:
        menu.clear()
        first = menu.addAction(everything)
        first.triggered.connect(lambda: self._forget(menu))
        menu.addSeparator()
        for words, value in choices:
            action = QAction(words.replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setData(value)
            action.triggered.connect(lambda checked, value=value: self._toggle(value, checked))
            menu.addAction(action)

    def _forget(self, menu: QMenu) -> None:
        fields = {self.folder: "folders", self.camera: "cameras", self.type: "formats"}
        name = next(field for button, field in fields.items() if button.menu_shown is menu)
        self.filters_chosen.emit(_with(self._filters, name, ()))

    def _toggle(self, value: object, on: bool) -> None:
        name, plain = _field(value)
        values = tuple(one for one in getattr(self._filters, name) if one != plain)
        self.filters_chosen.emit(_with(self._filters, name, (*values, plain) if on else values))

    def _chosen(self, value: object) -> bool:
        name, plain = _field(value)
        return plain in getattr(self._filters, name)

    def _fill_dates(self) -> None:
        menu, today = self.date.menu_shown, self._today()
        menu.clear()
        year = today.year
        spans: list[tuple[str, date | None, date | None]] = [
            (self.tr("Any date"), None, None),
            (self.tr("Last 7 days"), today - timedelta(days=6), None),
            (self.tr("Last 30 days"), today - timedelta(days=29), None),
            *((str(y), date(y, 1, 1), date(y, 12, 31)) for y in range(year, year - 6, -1)),
        ]
        for words, after, before in spans:
            menu.addAction(words, partial(self._choose_dates, after, before))
        menu.addSeparator()
        span = QWidgetAction(menu)
        span.setDefaultWidget(self._span_editor(menu))
        menu.addAction(span)

    def _choose_dates(self, after: date | None, before: date | None) -> None:
        self.filters_chosen.emit(replace(self._filters, after=after, before=before))

    def _span_editor(self, menu: QMenu) -> QWidget:
        box = QWidget(menu)
        today = self._today()
        editors = []
        form = QFormLayout(box)
        form.setContentsMargins(SPACE.s, SPACE.s, SPACE.s, SPACE.s)
        for words, day in ((self.tr("From"), date(today.year, 1, 1)), (self.tr("To"), today)):
            editor = QDateEdit(QDate(day.year, day.month, day.day), box)
            editor.setCalendarPopup(True)
            editor.setAccessibleName(words)
            form.addRow(words, editor)
            editors.append(editor)
        button = QPushButton(self.tr("Show"), box)
        form.addRow(button)

        def choose() -> None:
            first, last = sorted(_day(editor.date()) for editor in editors)
            self._choose_dates(first, last)
            menu.close()

        button.clicked.connect(choose)
        return box


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())


def _field(value: object) -> tuple[str, object]:
    """Name of the field of `Filters` a menu entry stands for, and its value."""
    if isinstance(value, FolderFilter):
        return "folders", value
    text = str(value)
    return ("formats", text.removeprefix("format:")) if text.startswith("format:") else ("cameras", text)


def _with(filters: Filters, name: str, values: tuple[Any, ...]) -> Filters:
    if name == "folders":
        return replace(filters, folders=values)
    return replace(filters, cameras=values) if name == "cameras" else replace(filters, formats=values)


def _joined(names: Sequence[str]) -> str:
    if not names:
        return ""
    shown = names[0] if len(names[0]) <= 24 else names[0][:23] + "…"
    return shown if len(names) == 1 else f"{shown} +{len(names) - 1}"


def _dates(after: date | None, before: date | None) -> str:
    if after and before and after == date(after.year, 1, 1) and before == date(after.year, 12, 31):
        return str(after.year)
    locale = QLocale()

    def words(day: date | None) -> str:
        form = QLocale.FormatType.ShortFormat
        return locale.toString(QDate(day.year, day.month, day.day), form) if day else ""

    return f"{words(after)} – {words(before)}".strip() if after or before else ""
