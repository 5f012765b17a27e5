from datetime import UTC, datetime

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from imgsearch_desktop.domain.library import Failure
from imgsearch_desktop.ui.dialogs.failures_dialog import FailuresDialog
from imgsearch_desktop.ui.dialogs.failures_model import FailuresModel


def failure(name, reason="The file is empty."):
    path = f"/photos/trip/{name}"
    return Failure(path.encode(), path, reason, 2, datetime(2024, 1, 1, tzinfo=UTC))


FAILURES = (failure("a.jpg"), failure("b.png", "It is not a picture."), failure("c.tif"))


@pytest.fixture
def dialog(qtbot, theme):
    parent = QWidget()
    qtbot.addWidget(parent)
    yield FailuresDialog(theme, parent)


def button(dialog, words):
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == words)


def test_the_model_keeps_the_rules_of_qt(qtmodeltester):
    model = FailuresModel()
    model.set_failures(FAILURES)
    qtmodeltester.check(model, force_py=True)


@pytest.mark.usefixtures("german")
def test_reasons_are_told_in_the_language_of_the_window(dialog):
    dialog.set_failures((failure("a.jpg", "This is a Photoshop document, a format that is not supported."),))
    told = "Das ist ein Photoshop-Dokument; dieses Format wird nicht unterstützt."
    assert dialog.model.index(0, 2).data() == told
    dialog._copy.click()
    assert QGuiApplication.clipboard().text() == f"/photos/trip/a.jpg\t{told}"


def test_every_failure_is_listed_with_its_reason(dialog):
    dialog.set_failures(FAILURES)
    cells = [dialog.model.index(1, column).data() for column in range(4)]
    assert cells == ["b.png", "/photos/trip", "It is not a picture.", "2"]
    assert "3 file" in dialog._summary.text()


def test_without_failures_it_says_so_and_offers_nothing(dialog):
    assert dialog._pages.currentWidget() is dialog._empty
    assert not button(dialog, "Try all again").isEnabled()


def test_trying_again_means_the_selected_ones_or_all(dialog, qtbot):
    dialog.set_failures(FAILURES)
    with qtbot.waitSignal(dialog.retry_requested) as everything:
        button(dialog, "Try all again").click()
    assert everything.args[0] == [f.path for f in FAILURES]
    dialog._table.selectRow(1)
    with qtbot.waitSignal(dialog.retry_requested) as one:
        button(dialog, "Try 1 again").click()
    assert one.args[0] == [b"/photos/trip/b.png"]


def test_one_selected_file_can_be_revealed(dialog, qtbot):
    dialog.set_failures(FAILURES)
    assert not button(dialog, "Show in folder").isEnabled()
    dialog._table.selectRow(2)
    with qtbot.waitSignal(dialog.reveal_requested) as revealed:
        button(dialog, "Show in folder").click()
    assert revealed.args == [b"/photos/trip/c.tif"]


def test_the_list_can_be_copied(dialog):
    dialog.set_failures(FAILURES[:1])
    button(dialog, "Copy list").click()
    assert QGuiApplication.clipboard().text() == "/photos/trip/a.jpg\tThe file is empty."
    QGuiApplication.clipboard().clear()


def test_the_selection_survives_new_failures(dialog):
    dialog.set_failures(FAILURES)
    dialog._table.selectRow(2)
    dialog.set_failures((failure("new.jpg"), *FAILURES))
    assert [f.path for f in dialog._selected()] == [b"/photos/trip/c.tif"]
