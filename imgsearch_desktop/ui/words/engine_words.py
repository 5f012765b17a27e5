"""How the engine on a server is, in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale


def how_the_server_is(away: str | None, waiting: int) -> str:
    """A few words on whether Elasticsearch is there and what it has yet to take.

    Args:
        away: why it cannot be used now, None if it can.
        waiting: changes that it has not taken yet.
    """
    translate = QCoreApplication.translate
    if not waiting:
        up_to_date = translate("EngineWords", "Elasticsearch is up to date")
        return up_to_date if away is None else translate("EngineWords", "Elasticsearch is away")
    one, many = (
        translate("EngineWords", "1 change waiting"),
        translate("EngineWords", "{count} changes waiting"),
    )
    changes = one if waiting == 1 else many.format(count=QLocale().toString(waiting))
    if away is None:
        return f"Elasticsearch: {changes}"
    return translate("EngineWords", "Elasticsearch is away: {changes}").format(changes=changes)
