"""The language of the window: its own texts, Qt's, numbers, dates and the direction of reading."""

from __future__ import annotations

import logging

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from imgsearch_desktop.runtime.resources import resource

LANGUAGES = ("en", "de")
"""Languages the texts exist in, the one of the source first."""

_log = logging.getLogger(__name__)


def speak(app: QApplication, choice: str) -> str:
    """Show texts, numbers and dates in a language from now on; widgets that exist keep their texts.

    Args:
        app: the application.
        choice: "system", or a language code; one without texts means the system's.

    Returns:
        The language's code, one of `LANGUAGES`.
    """
    code = choice if choice in LANGUAGES else _of_system()
    for former in app.findChildren(QTranslator):
        app.removeTranslator(former)
        former.deleteLater()
    QLocale.setDefault(_locale(code))
    app.setLayoutDirection(QLocale().textDirection())
    places = {f"imgsearch_{code}": str(resource("i18n"))}
    if code != LANGUAGES[0]:
        places[f"qtbase_{code}"] = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, directory in places.items():
        translator = QTranslator(app)
        if translator.load(name, directory):
            app.installTranslator(translator)
        else:
            _log.info("no translation %s in %s", name, directory)
    return code


def _of_system() -> str:
    """The first of the system's languages that texts exist in."""
    wanted = (name.partition("-")[0] for name in QLocale.system().uiLanguages())
    return next((code for code in wanted if code in LANGUAGES), LANGUAGES[0])


def _locale(code: str) -> QLocale:
    """The system's own way to write numbers and dates where its language is the one shown."""
    system = QLocale.system()
    return system if system.name().partition("_")[0] == code else QLocale(code)
