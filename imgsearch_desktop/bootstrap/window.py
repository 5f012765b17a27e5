"""Adds Qt to the core: the application object and the window over it. Neither runs the event loop."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from imgsearch_desktop import __version__
from imgsearch_desktop.bootstrap.core import Core
from imgsearch_desktop.runtime.resources import resource
from imgsearch_desktop.ui.acting.photo_acting import ActingUseCases
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.use_cases import ModelUseCases, UseCases
from imgsearch_desktop.ui.window_session import WindowSession
from imgsearch_desktop.ui.words.spoken import spoken


def build_application() -> QApplication:
    """The one application object of the process."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("ImgSearch Desktop")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("imgsearch-desktop")
    application.setWindowIcon(QIcon(str(resource("icon.svg"))))
    return application


def build_window(core: Core, paths: Sequence[bytes]) -> WindowSession:
    """The main window over an open library, not yet shown.

    Args:
        core: the open library; whoever opened it closes it after the window.
        paths: folders to add or pictures to search, absolute or relative to the working directory.
    """
    application = build_application()
    theme = Theme(application, core.settings.window.theme)
    session = WindowSession(application, theme, use_cases_of(core), pictures_folder())
    for notice in core.notices:
        session.window.message.tell(spoken(notice), warn=True)
    session.start([os.path.realpath(path) for path in paths])
    return session


@contextmanager
def closing_on_signals(session: WindowSession) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM close the window as its close button does.

    While Qt waits for events no Python code runs, signal handlers included: the byte that Python writes for a
    signal wakes the event loop, whose slot gives the handlers their turn.
    """
    woken, waker = socket.socketpair()
    for end in (woken, waker):
        end.setblocking(False)
    signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
    notifier = QSocketNotifier(woken.fileno(), QSocketNotifier.Type.Read, session)
    notifier.activated.connect(lambda: woken.recv(64))
    for name in (signal.SIGINT, signal.SIGTERM):
        # Not at once: Python runs the handler wherever it is, which may be in the middle of painting.
        signal.signal(name, lambda *_: QTimer.singleShot(0, session.close_window))
    try:
        yield
    finally:
        notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        woken.close()
        waker.close()


def use_cases_of(core: Core) -> UseCases:
    """What the window can ask of an open library."""
    return UseCases(
        index=core.index_library,
        first_look=core.first_look(),
        search=core.search_photos(),
        browse=core.browse_library(),
        thumbnail=core.load_thumbnail(),
        picture=core.load_picture(),
        duplicates=core.find_duplicates(),
        status=core.library_status(),
        failures=core.list_failures(),
        organise=core.organise_library(),
        acting=acting_of(core),
        engine=core.engine,
        upload_model=core.upload_model(),
        web=core.web_pictures(),
        cameras=core.cameras,
        models=ModelUseCases(core.model_library(), core.switch_model(), core.make_faster()),
        warm_up=lambda: core.model.text_encoder,
        settings=core.stored,
        save_settings=core.save_settings,
        interrupt=core.pictures.interrupt,
    )


def acting_of(core: Core) -> ActingUseCases:
    """What can be done with the photos of an open library."""
    return ActingUseCases(
        photos=core.catalogue.photos,
        pixels=core.load_picture().load,
        trash=core.trash_photos(),
        dates=core.correct_date(),
        take_out=core.take_out(),
        failures=core.retry_failures(),
        file_manager=core.file_manager,
    )


def pictures_folder() -> Path | None:
    """The user's own pictures folder, None if there is none."""
    from platformdirs import user_pictures_path

    folder = user_pictures_path()
    return folder if folder.is_dir() else None
