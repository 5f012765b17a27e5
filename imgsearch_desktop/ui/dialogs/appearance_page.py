"""The page of the preferences about theme, language and tiles."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox

from imgsearch_desktop.application.settings import Settings
from imgsearch_desktop.ui.dialogs.preferences_page import PreferencesPage, choice_of, form_of, select
from imgsearch_desktop.ui.theme.theme import Theme

LANGUAGES = {"en": "English", "de": "Deutsch"}


class AppearancePage(PreferencesPage):
    """Theme, language, tiles."""

    icon = "palette"

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = choice_of(
            theme,
            self.tr("Theme"),
            (
                ("system", self.tr("Like the system")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
            ),
        )
        self.language = choice_of(
            theme, self.tr("Language"), (("system", self.tr("Like the system")), *LANGUAGES.items())
        )
        self.fill = QCheckBox(self.tr("Cut photos to squares in the grid"))
        form = form_of(self)
        form.addRow(self.tr("Theme"), self.theme)
        form.addRow(self.tr("Language"), self.language)
        form.addRow("", self.fill)
        self.theme.activated.connect(self.changed)
        self.language.activated.connect(self.changed)
        self.fill.clicked.connect(self.changed)

    def title(self) -> str:
        """Name of the page."""
        return self.tr("Appearance")

    def show_settings(self, settings: Settings) -> None:
        """Set the controls."""
        select(self.theme, settings.window.theme)
        select(self.language, settings.window.language)
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
