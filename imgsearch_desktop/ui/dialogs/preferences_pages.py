"""The pages of the preferences; each turns a part of the settings into controls and back."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from imgsearch_desktop.application.settings import Settings
from imgsearch_desktop.domain.library import Root
from imgsearch_desktop.ui.controls.caret import Choice
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.theme.tokens import SPACE

AWAY = Qt.ItemDataRole.UserRole + 1
FIELD_WIDTH = 260

CACHE_STEPS_MB = (64, 128, 256, 512, 1024)
LANGUAGES = {"en": "English", "de": "Deutsch"}


class PreferencesPage(QWidget):
    """One page. `changed` is sent when the user changes something, not when settings are shown."""

    changed = Signal()
    icon = "gear-six"
    """Phosphor's name of what stands before the title in the list."""

    def title(self) -> str:
        """What the page is called in the list."""
        raise NotImplementedError

    def show_settings(self, settings: Settings) -> None:
        """Set the controls."""
        raise NotImplementedError

    def applied_to(self, settings: Settings) -> Settings:
        """The settings with what the controls say."""
        raise NotImplementedError

    def _hint(self, words: str) -> QLabel:
        label = QLabel(words, wordWrap=True)
        label.setProperty("role", "muted")
        label.setMinimumWidth(FIELD_WIDTH)
        return label


class FoldersPage(PreferencesPage):
    """Folders of the library, and what is left out of them."""

    add_requested = Signal()
    remove_requested = Signal(object)
    """Absolute path (bytes) of the folder."""
    icon = "folder"

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.folders = QListWidget()
        self.folders.setProperty("role", "field")
        self.folders.setIconSize(QSize(16, 16))
        self.folders.setAccessibleName(self.tr("Folders of the library"))
        self._add = QPushButton(self.tr("Add a folder…"))
        self._remove = QPushButton(self.tr("Remove from the library"))
        self.exclude = QPlainTextEdit()
        self.exclude.setAccessibleName(self.tr("Names to leave out"))
        self.exclude.setPlaceholderText("*.tmp.jpg\nScreenshots")
        self.exclude.setTabChangesFocus(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self._add)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.s)
        layout.addWidget(self.folders, 2)
        layout.addLayout(buttons)
        layout.addWidget(self._hint(self.tr("Removing a folder leaves the photos where they are.")))
        layout.addSpacing(SPACE.s)
        words = QLabel(self.tr("Leave out files and folders named (one per line, * stands for anything)"))
        words.setWordWrap(True)
        layout.addWidget(words)
        layout.addWidget(self.exclude, 1)
        self._add.clicked.connect(self.add_requested)
        self._remove.clicked.connect(self._remove_selected)
        self.folders.itemSelectionChanged.connect(self._update_buttons)
        self.exclude.textChanged.connect(self.changed)
        theme.changed.connect(self._draw)
        self._update_buttons()

    def title(self) -> str:
        """Name of the page."""
        return self.tr("Folders")

    def set_roots(self, roots: Sequence[Root]) -> None:
        """Show the folders of the library."""
        self.folders.clear()
        for root in roots:
            words = self.tr("{folder} (not connected)") if root.away else "{folder}"
            item = QListWidgetItem(words.format(folder=root.display_path))
            item.setData(Qt.ItemDataRole.UserRole, root.path)
            item.setData(AWAY, root.away)
            item.setToolTip(root.display_path)
            self.folders.addItem(item)
        self._draw()
        self._update_buttons()

    def show_settings(self, settings: Settings) -> None:
        """Set the controls."""
        text = "\n".join(settings.indexing.exclude)
        if self._patterns() != settings.indexing.exclude:
            self.exclude.setPlainText(text)

    def applied_to(self, settings: Settings) -> Settings:
        """The settings with what the controls say."""
        return replace(settings, indexing=replace(settings.indexing, exclude=self._patterns()))

    def _patterns(self) -> tuple[str, ...]:
        lines = (line.strip() for line in self.exclude.toPlainText().splitlines())
        return tuple(line for line in lines if line)

    def _draw(self) -> None:
        for row in range(self.folders.count()):
            item = self.folders.item(row)
            away = bool(item.data(AWAY))
            item.setIcon(self._theme.icon("hard-drive" if away else "folder"))
            item.setForeground(self._theme.colour("muted" if away else "text"))

    def _remove_selected(self) -> None:
        for item in self.folders.selectedItems():
            self.remove_requested.emit(item.data(Qt.ItemDataRole.UserRole))

    def _update_buttons(self) -> None:
        self._remove.setEnabled(bool(self.folders.selectedItems()))


class SearchPage(PreferencesPage):
    """Engine and model.

    Args:
        theme: colours.
        engines: value and words of each engine there is.
        models: value and words of each model there is.
    """

    icon = "magnifying-glass"

    def __init__(
        self, theme: Theme, engines: Sequence[tuple[str, str]], models: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__()
        self.engine = _choice(theme, self.tr("Engine"), engines)
        self.model = _choice(theme, self.tr("Model"), models)
        form = _form(self)
        form.addRow(self.tr("Engine"), self.engine)
        form.addRow("", self._hint(self.tr("The embedded engine needs no server and no set-up.")))
        form.addRow(self.tr("Model"), self.model)
        form.addRow(
            "", self._hint(self.tr("The starter model knows things, animals, food and scenes, offline."))
        )
        for box in (self.engine, self.model):
            box.activated.connect(self.changed)

    def title(self) -> str:
        """Name of the page."""
        return self.tr("Search")

    def show_settings(self, settings: Settings) -> None:
        """Set the controls."""
        _select(self.engine, settings.engine.engine)
        _select(self.model, settings.model_id)

    def applied_to(self, settings: Settings) -> Settings:
        """The settings with what the controls say."""
        engine = replace(settings.engine, engine=self.engine.currentData())
        return replace(settings, engine=engine, model_id=self.model.currentData())


class PerformancePage(PreferencesPage):
    """How much of the machine indexing and the window may use."""

    icon = "gauge"

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        cores = os.cpu_count() or 1
        automatic = (0, self.tr("Automatic ({count})").format(count=cores))
        counts = [(count, QLocale().toString(count)) for count in range(1, cores + 1)]
        self.workers = _choice(theme, self.tr("Files read at the same time"), (automatic, *counts))
        self.cache = QSlider(Qt.Orientation.Horizontal)
        self.cache.setRange(0, len(CACHE_STEPS_MB) - 1)
        self.cache.setPageStep(1)
        self.cache.setAccessibleName(self.tr("Memory for thumbnails"))
        self._cache_words = QLabel()
        row = QHBoxLayout()
        row.addWidget(self.cache, 1)
        self.cache.setMinimumWidth(FIELD_WIDTH - 72)
        self._cache_words.setMinimumWidth(64)
        self._cache_words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._cache_words)
        form = _form(self)
        form.addRow(self.tr("Files read at the same time"), self.workers)
        form.addRow("", self._hint(self.tr("Fewer leave more of the computer to other programs.")))
        form.addRow(self.tr("Memory for thumbnails"), row)
        self.workers.activated.connect(self.changed)
        self.cache.valueChanged.connect(self._on_cache)

    def title(self) -> str:
        """Name of the page."""
        return self.tr("Performance")

    def show_settings(self, settings: Settings) -> None:
        """Set the controls."""
        _select(self.workers, min(settings.indexing.workers or 0, os.cpu_count() or 1))
        nearest = min(
            range(len(CACHE_STEPS_MB)), key=lambda i: abs(CACHE_STEPS_MB[i] - settings.window.cache_mb)
        )
        self.cache.setValue(nearest)
        self._show_cache()

    def applied_to(self, settings: Settings) -> Settings:
        """The settings with what the controls say."""
        chosen = self.workers.currentData() or None
        many = settings.indexing.workers
        kept = many if many is not None and chosen == min(many, os.cpu_count() or 1) else chosen
        indexing = replace(settings.indexing, workers=kept)
        window = replace(settings.window, cache_mb=CACHE_STEPS_MB[self.cache.value()])
        return replace(settings, indexing=indexing, window=window)

    def _on_cache(self) -> None:
        self._show_cache()
        self.changed.emit()

    def _show_cache(self) -> None:
        megabytes = QLocale().toString(CACHE_STEPS_MB[self.cache.value()])
        self._cache_words.setText(self.tr("{size} MB").format(size=megabytes))


class AppearancePage(PreferencesPage):
    """Theme, language, tiles."""

    icon = "palette"

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = _choice(
            theme,
            self.tr("Theme"),
            (
                ("system", self.tr("Like the system")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
            ),
        )
        self.language = _choice(
            theme, self.tr("Language"), (("system", self.tr("Like the system")), *LANGUAGES.items())
        )
        self.fill = QCheckBox(self.tr("Cut photos to squares in the grid"))
        form = _form(self)
        form.addRow(self.tr("Theme"), self.theme)
        form.addRow(self.tr("Language"), self.language)
        form.addRow("", self._hint(self.tr("A new language shows after the next start.")))
        form.addRow("", self.fill)
        self.theme.activated.connect(self.changed)
        self.language.activated.connect(self.changed)
        self.fill.clicked.connect(self.changed)

    def title(self) -> str:
        """Name of the page."""
        return self.tr("Appearance")

    def show_settings(self, settings: Settings) -> None:
        """Set the controls."""
        _select(self.theme, settings.window.theme)
        _select(self.language, settings.window.language)
        self.fill.setChecked(settings.window.tile_fill)

    def applied_to(self, settings: Settings) -> Settings:
        """The settings with what the controls say."""
        window = replace(
            settings.window,
            theme=self.theme.currentData(),
            language=self.language.currentData(),
            tile_fill=self.fill.isChecked(),
        )
        return replace(settings, window=window)


def _form(page: QWidget) -> QFormLayout:
    form = QFormLayout(page)
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(SPACE.xl)
    form.setVerticalSpacing(SPACE.m)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    form.setFormAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
    return form


def _choice(theme: Theme, name: str, entries: Sequence[tuple[object, str]]) -> Choice:
    box = Choice(theme, name)
    box.setMinimumWidth(FIELD_WIDTH)
    for value, words in entries:
        box.addItem(words, value)
    return box


def _select(box: Choice, value: object) -> None:
    box.setCurrentIndex(max(box.findData(value), 0))
