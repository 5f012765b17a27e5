"""What the window's tests share: a theme, made once and put back, and languages."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, QTranslator

from imgsearch_desktop.ui.language import speak
from imgsearch_desktop.ui.theme.theme import Theme


@pytest.fixture(scope="session")
def _session_theme(qapp):
    return Theme(qapp, "light")


@pytest.fixture
def theme(_session_theme):
    _session_theme.choose("light")
    return _session_theme


@pytest.fixture
def language(qapp):
    """Speaks another language when called with its code; afterwards it is as before."""
    before = QLocale()
    yield lambda code: speak(qapp, code)
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(before)


@pytest.fixture
def german(language):
    language("de")
