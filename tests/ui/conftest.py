"""What the window's tests share: a theme, made once and put back."""

from __future__ import annotations

import pytest

from imgsearch_desktop.ui.theme.theme import Theme


@pytest.fixture(scope="session")
def _session_theme(qapp):
    return Theme(qapp, "light")


@pytest.fixture
def theme(_session_theme):
    _session_theme.choose("light")
    return _session_theme
