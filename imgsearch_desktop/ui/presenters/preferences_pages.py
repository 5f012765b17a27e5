"""The pages of the preferences below the folders, from top to bottom."""

from __future__ import annotations

from imgsearch_desktop.application.settings import Settings
from imgsearch_desktop.ui.dialogs.appearance_page import AppearancePage
from imgsearch_desktop.ui.dialogs.engine_page import EnginePage
from imgsearch_desktop.ui.dialogs.models_page import ModelsPage
from imgsearch_desktop.ui.dialogs.performance_page import PerformancePage
from imgsearch_desktop.ui.dialogs.preferences_page import PreferencesPage
from imgsearch_desktop.ui.presenters.engine_presenter import EnginePagePresenter
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.use_cases import UseCases


def preferences_pages(theme: Theme, use_cases: UseCases, settings: Settings) -> list[PreferencesPage]:
    """Make the pages; a new part of the program adds its own here.

    Args:
        theme: colours.
        use_cases: what the pages may ask.
        settings: what holds now.
    """
    engine = EnginePage(theme)
    EnginePagePresenter(engine, use_cases.engine)
    return [
        AppearancePage(theme),
        PerformancePage(theme),
        ModelsPage(theme, [(settings.model_id, use_cases.model_name)]),
        engine,
    ]
