"""The page of the preferences about how much of the machine is used."""

from __future__ import annotations

import os
from dataclasses import replace

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider

from imgsearch_desktop.application.settings import Settings
from imgsearch_desktop.ui.dialogs.preferences_page import (
    FIELD_WIDTH,
    PreferencesPage,
    choice_of,
    form_of,
    select,
)
from imgsearch_desktop.ui.theme.theme import Theme

CACHE_STEPS_MB = (64, 128, 256, 512, 1024)


class PerformancePage(PreferencesPage):
    """How much of the machine indexing and the window may use."""

    icon = "gauge"

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        cores = os.cpu_count() or 1
        automatic = (0, self.tr("Automatic ({count})").format(count=cores))
        counts = [(count, QLocale().toString(count)) for count in range(1, cores + 1)]
        self.workers = choice_of(theme, self.tr("Files read at the same time"), (automatic, *counts))
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
        form = form_of(self)
        form.addRow(self.tr("Files read at the same time"), self.workers)
        form.addRow("", self.hint(self.tr("Fewer leave more of the computer to other programs.")))
        form.addRow(self.tr("Memory for thumbnails"), row)
        self.workers.activated.connect(self.changed)
        self.cache.valueChanged.connect(self._on_cache)

    def title(self) -> str:
        """Name of the page."""
        return self.tr("Performance")

    def show_settings(self, settings: Settings) -> None:
        """Set the controls."""
        select(self.workers, min(settings.indexing.workers or 0, os.cpu_count() or 1))
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
