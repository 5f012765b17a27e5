"""What the facts about a server mean: its version, its disks, what may be done there. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from imgsearch_desktop.application.ports import Finding, FindingKind

OLDEST = (9, 2)
"""The oldest version that the engine works with."""

PRIVILEGES = ("read", "write", "manage")
"""What is needed on `imgsearch-*`; manage stands for making, deleting, refreshing and setting up an index."""

INDICES = "imgsearch-*"

_FULL, _NEARLY_FULL = 0.05, 0.15
"""Free share of a disk below which Elasticsearch takes no changes, or places no copies on it any more."""

_FULL_BYTES, _NEARLY_FULL_BYTES = 100 * 2**30, 200 * 2**30
"""On very large disks so much free room is enough, whatever its share."""


@dataclass(frozen=True, slots=True)
class Disk:
    """The room a node of the server has for its indices, in bytes."""

    node: str
    total: int
    free: int


def version_finding(versions: Iterable[str]) -> Finding:
    """Whether the versions of all nodes will do; without any, nobody may see them."""
    oldest = min(versions, key=_numbers, default=None)
    if oldest is None:
        return Finding(
            "version",
            FindingKind.NOTE,
            "The version cannot be seen without the cluster privilege monitor. It has to be 9.2 or later.",
        )
    if _numbers(oldest) < OLDEST:
        return Finding(
            "version",
            FindingKind.PROBLEM,
            f"Elasticsearch {oldest} is too old: version 9.2 or later is needed. Update the server.",
        )
    return Finding("version", FindingKind.GOOD, f"Elasticsearch {oldest}.")


def privileges_finding(answer: Mapping[str, Any]) -> Finding:
    """What the answer of `_has_privileges` means."""
    held = answer.get("index", {}).get(INDICES, {})
    missing = [privilege for privilege in PRIVILEGES if not held.get(privilege)]
    if missing:
        return Finding(
            "privileges",
            FindingKind.PROBLEM,
            f"This user or API key lacks the index privilege {', '.join(missing)} on {INDICES}. Give it to"
            " them.",
        )
    return Finding("privileges", FindingKind.GOOD, f"It may read, write and manage {INDICES}.")


def disk_finding(disks: Iterable[Disk]) -> Finding | None:
    """Whether there is room on the fullest disk; None where no disk is known."""
    fullest = min(disks, key=lambda disk: disk.free / disk.total, default=None)
    if fullest is None:
        return None
    free, total, node = f"{fullest.free / 2**30:,.1f}", f"{fullest.total / 2**30:,.0f}", fullest.node
    if fullest.free < min(fullest.total * _FULL, _FULL_BYTES):
        text = (
            f"Of {total} GB, {free} are free on the node {node}: Elasticsearch takes no more changes. Free"
            " some room there."
        )
        return Finding("disk", FindingKind.PROBLEM, text)
    if fullest.free < min(fullest.total * _NEARLY_FULL, _NEARLY_FULL_BYTES):
        text = (
            f"Of {total} GB, {free} are free on the node {node}; that is little. Free some room there before"
            " Elasticsearch takes no more changes."
        )
        return Finding("disk", FindingKind.NOTE, text)
    return Finding("disk", FindingKind.GOOD, f"Of {total} GB, {free} are free on the node {node}.")


def disks_of(answer: Mapping[str, Any]) -> list[Disk]:
    """The disks of the nodes, out of the answer of `_nodes/stats/fs`."""
    found: list[Disk] = []
    for node in answer.get("nodes", {}).values():
        room = node.get("fs", {}).get("total", {})
        if room.get("total_in_bytes"):
            found.append(
                Disk(str(node.get("name")), room["total_in_bytes"], room.get("available_in_bytes", 0))
            )
    return found


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version)[:3])
