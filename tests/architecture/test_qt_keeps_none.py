import sys

from PySide6.QtWidgets import QWidget


def test_calling_qt_takes_no_reference_from_none(qtbot):
    """On Python 3.11 a binding that does aborts the program after some ten thousand calls (ADR 7)."""
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _ in range(200):
        widget.update()
    assert sys.getrefcount(None) - before > -100
