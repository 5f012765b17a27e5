"""The pages of the preferences below the folders, from top to bottom."""

from __future__ import annotations

from imgsearch_desktop.ui.dialogs.appearance_page import AppearancePage
from imgsearch_desktop.ui.dialogs.engine_page import EnginePage
from imgsearch_desktop.ui.dialogs.models_page import ModelsPage
from imgsearch_desktop.ui.dialogs.performance_page import PerformancePage
from imgsearch_desktop.ui.dialogs.preferences_page import PreferencesPage
from imgsearch_desktop.ui.presenters.engine_presenter import EnginePagePresenter
from imgsearch_desktop.ui.presenters.model_presenter import ModelPresenter
from imgsearch_desktop.ui.presenters.models_page_presenter import ModelsPagePresenter, ModelWork
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.use_cases import UseCases


def preferences_pages(
    theme: Theme, use_cases: UseCases, work: ModelWork, models: ModelPresenter
) -> list[PreferencesPage]:
    """Make the pages; a new part of the program adds its own here.

    Args:
        theme: colours.
        use_cases: what the pages may ask.
        work: what is being done with models' files.
        models: prepares and switches models.
    """
    engine = EnginePage(theme)
    EnginePagePresenter(engine, use_cases.engine, use_cases.upload_model)
    model_page = ModelsPage()
    ModelsPagePresenter(model_page, use_cases.models, work, models)
    return [
        AppearancePage(theme),
        PerformancePage(theme),
        model_page,
        engine,
    ]
