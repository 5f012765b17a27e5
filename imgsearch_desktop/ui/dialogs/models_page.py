"""The page of the preferences about the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from imgsearch_desktop.application.settings import Settings
from imgsearch_desktop.ui.dialogs.preferences_page import PreferencesPage, choice_of, form_of, select
from imgsearch_desktop.ui.theme.theme import Theme


class ModelsPage(PreferencesPage):
    """Which model understands the photos.

    Args:
        theme: colours.
        models: value and words of each model there is.
    """

    icon = "brain"

    def __init__(self, theme: Theme, models: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.model = choice_of(theme, self.tr("Model"), models)
        form = form_of(self)
        form.addRow(self.tr("Model"), self.model)
        form.addRow(
            "", self.hint(self.tr("The starter model knows things, animals, food and scenes, offline."))
        )
        self.model.activated.connect(self.changed)

    def title(self) -> str:
        """Name of the page."""
        return self.tr("Models")

    def show_settings(self, settings: Settings) -> None:
        """Set the controls."""
        select(self.model, settings.model_id)

    def applied_to(self, settings: Settings) -> Settings:
        """The settings with what the controls say."""
        return replace(settings, model_id=self.model.currentData())
