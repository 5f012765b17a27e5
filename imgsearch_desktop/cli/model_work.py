"""What the commands about models share: long work that can be stopped, and what came of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from imgsearch_desktop.cli import model_words
from imgsearch_desktop.cli.session import Session
from imgsearch_desktop.domain.errors import ModelError

if TYPE_CHECKING:
    from imgsearch_desktop.application.ports import StoredModel
    from imgsearch_desktop.application.tasks import Progress, TaskControl
    from imgsearch_desktop.bootstrap.core import Core


def tell_taken(session: Session, core: Core, stored: StoredModel) -> None:
    """Say that a model is here now.

    Raises:
        ModelError: it is here, and cannot be used.
    """
    if session.screen.json:
        session.screen.result(model_words.model_shape(core, stored))
    if not stored.usable and stored.check is not None:
        for line in model_words.check_lines(stored.check):
            session.screen.note(line)
    refuse_what_is_not_ready(stored)
    if not session.screen.json:
        session.screen.line(f"{stored.entry.name} is here: imgsearch models use {stored.model_id}")


def refuse_what_is_not_ready(stored: StoredModel) -> None:
    """Say why a model cannot be used, and the command that helps.

    Raises:
        ModelError: it is not ready.
    """
    name, model_id = stored.entry.name, stored.model_id
    again = f"imgsearch models {'download' if stored.entry.downloadable else 'import'}"
    match stored.state.value:
        case "damaged" if stored.elsewhere:
            raise ModelError(
                f"{name} cannot be used: {stored.reason}. Bring its two models' folders back as they were, "
                "or add the pair again: imgsearch models pair"
            )
        case "absent":
            raise ModelError(f"{name} is not on this computer yet: {again} {model_id}")
        case "partial":
            raise ModelError(f"{name} is here in parts only; {again} {model_id} goes on.")
        case "damaged":
            raise ModelError(f"{name} is damaged: {stored.reason}. {_mended_by(stored)}")
        case "refused":
            raise ModelError(
                f"{name} is not used: {stored.reason}. imgsearch models remove {model_id} frees its room."
            )


def _mended_by(stored: StoredModel) -> str:
    made_here = stored.model_id.removesuffix("-int8")
    if stored.entry.downloadable:
        return f"imgsearch models download {stored.model_id} brings what is missing."
    if made_here != stored.model_id:
        return f"imgsearch models faster {made_here} makes it again."
    return "Import its folder again: imgsearch models import FOLDER"


@contextmanager
def working(
    session: Session, words: Callable[[Progress], str], stopped: str
) -> Iterator[tuple[TaskControl, Callable[[Progress], None]]]:
    """What long work is given: stopped by Ctrl-C, shown as it goes on.

    Args:
        session: where it is shown.
        words: one line on how far the work is.
        stopped: what is said when it was stopped.
    """
    from imgsearch_desktop.application.tasks import TaskControl
    from imgsearch_desktop.cli.index_display import progress_display, stopped_by_ctrl_c
    from imgsearch_desktop.domain.errors import Cancelled

    control = TaskControl()

    def leave() -> NoReturn:
        session.screen.notes.show_cursor(True)
        session.screen.note(stopped)
        sys.stderr.flush()
        os._exit(130)

    try:
        with stopped_by_ctrl_c(control, leave), progress_display(session.screen, words=words) as report:
            yield control, report
    except Cancelled:
        session.screen.note(stopped)
        raise
