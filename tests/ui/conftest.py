"""What the window's tests share: a theme, made once and put back, and languages."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, Qt, QTranslator

from imgsearch_desktop.ui.language import speak
from imgsearch_desktop.ui.theme.theme import Theme


@pytest.fixture(scope="session")
def _session_theme(qapp):
    return Theme(qapp, "light")


@pytest.fixture
def theme(_session_theme):
    _session_theme.choose("light")
    return _session_theme


@pytest.fixture(autouse=True)
def _language_of_the_source(qapp):
    """No test speaks what another has left behind."""
    _forget_translations(qapp)
    yield
    _forget_translations(qapp)


def _forget_translations(app):
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(QLocale.system())
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def language(qapp):
    """Speaks another language when called with its code, until the end of the test."""
    return lambda code: speak(qapp, code)


@pytest.fixture
def german(language):
    language("de")
