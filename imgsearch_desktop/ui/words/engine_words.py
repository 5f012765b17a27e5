"""How the engine on a server is, in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def how_the_server_is(away: str | None, waiting: int) -> str:
    """A few words on whether Elasticsearch is there and what it has yet to take.

    Args:
        away: why it cannot be used now, None if it can.
        waiting: changes that it has not taken yet.
    """
    translate = QCoreApplication.translate
    if away is not None and waiting:
        return translate("EngineWords", "Elasticsearch is away: %n change(s) waiting", "", waiting)
    if away is not None:
        return translate("EngineWords", "Elasticsearch is away")
    if waiting:
        return translate("EngineWords", "Elasticsearch: %n change(s) waiting", "", waiting)
    return translate("EngineWords", "Elasticsearch is up to date")
