"""The page of the preferences about the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from imgsearch_desktop.application.settings import Settings
from imgsearch_desktop.ui.dialogs.preferences_page import PreferencesPage, choice_of, form_of, select
from imgsearch_desktop.ui.theme.theme import Theme


class EnginePage(PreferencesPage):
    """Which engine answers.

    Args:
        theme: colours.
        engines: value and words of each engine there is.
    """

    icon = "database"

    def __init__(self, theme: Theme, engines: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.engine = choice_of(theme, self.tr("Engine"), engines)
        form = form_of(self)
        form.addRow(self.tr("Engine"), self.engine)
        form.addRow("", self.hint(self.tr("The embedded engine needs no server and no set-up.")))
        self.engine.activated.connect(self.changed)

    def title(self) -> str:
        """Name of the page."""
        return self.tr("Engine")

    def show_settings(self, settings: Settings) -> None:
        """Set the controls."""
        select(self.engine, settings.engine.engine)

    def applied_to(self, settings: Settings) -> Settings:
        """The settings with what the controls say."""
        return replace(settings, engine=replace(settings.engine, engine=self.engine.currentData()))
