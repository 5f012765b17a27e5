"""What the core says in English, in the language of the window."""

from __future__ import annotations

import json
from functools import cache, lru_cache

from PySide6.QtCore import QCoreApplication, QLocale

from imgsearch_desktop.runtime.resources import resource
from imgsearch_desktop.ui.words.templates import Interpreter

CONTEXT = "Core"
"""Where the translations of the core's texts stand in the translation files."""

_LIST = "i18n/core_sentences.json"


def spoken(message: str) -> str:
    """A text from below the window (an error, a reason, a notice) in the language spoken now.

    What is not known (another program's words, a path) is shown as it is.
    """
    return _spoken(message, QLocale().name())


@lru_cache(maxsize=2000)
def _spoken(message: str, _locale: str) -> str:
    return _interpreter().say(message)


@cache
def _interpreter() -> Interpreter:
    templates = json.loads(resource(_LIST).read_text("utf-8"))
    return Interpreter(
        templates,
        lambda source: QCoreApplication.translate(CONTEXT, source),
        lambda number: QLocale().toString(number),
    )
