"""How the client treats a server it cannot reach; imported with the client only."""

from __future__ import annotations

from elastic_transport import BaseNode, NodePool


class SingleNode(NodePool):
    """One address that is asked whatever happened before.

    The client would log a warning and set the address aside for a while; what goes wrong is told in words
    instead, and how long to leave a server alone is for the use cases to say.
    """

    def mark_dead(self, node: BaseNode, _now: float | None = None) -> None:
        """Ask it again next time."""
