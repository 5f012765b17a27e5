"""What the facts about a server mean."""

from __future__ import annotations

from typing import Any

import pytest

from imgsearch_desktop.adapters.elasticsearch.findings import (
    Disk,
    disk_finding,
    disks_of,
    privileges_finding,
    version_finding,
)
from imgsearch_desktop.application.ports import FindingKind

GB = 2**30


@pytest.mark.parametrize(
    ("versions", "kind"),
    [
        (["9.2.0"], FindingKind.GOOD),
        (["9.10.1"], FindingKind.GOOD),
        (["10.0.0-SNAPSHOT"], FindingKind.GOOD),
        (["9.1.9"], FindingKind.PROBLEM),
        (["8.19.0"], FindingKind.PROBLEM),
        (["9.3.0", "9.1.0", "9.2.1"], FindingKind.PROBLEM),
        ([], FindingKind.NOTE),
    ],
)
def test_the_oldest_node_decides_over_the_version(versions: list[str], kind: FindingKind) -> None:
    finding = version_finding(versions)
    assert finding.kind is kind
    assert "9.1" not in finding.text or "9.1" in min(versions)


def answer(**held: bool) -> dict[str, Any]:
    return {"username": "anna", "has_all_requested": all(held.values()), "index": {"imgsearch-*": held}}


def test_the_privileges_that_are_missing_are_named() -> None:
    assert privileges_finding(answer(read=True, write=True, manage=True)).kind is FindingKind.GOOD
    lacking = privileges_finding(answer(read=True, write=False, manage=False))
    assert lacking.kind is FindingKind.PROBLEM
    assert "lacks the index privilege write, manage on imgsearch-*" in lacking.text
    assert privileges_finding({}).kind is FindingKind.PROBLEM


@pytest.mark.parametrize(
    ("total", "free", "kind"),
    [
        (100, 50, FindingKind.GOOD),
        (100, 14, FindingKind.NOTE),
        (100, 4, FindingKind.PROBLEM),
        (10_000, 300, FindingKind.GOOD),
        (10_000, 150, FindingKind.NOTE),
        (10_000, 90, FindingKind.PROBLEM),
    ],
)
def test_the_fullest_disk_decides_over_the_room(total: int, free: int, kind: FindingKind) -> None:
    found = disk_finding([Disk("roomy", 1000 * GB, 900 * GB), Disk("full", total * GB, free * GB)])
    assert found is not None
    assert found.kind is kind
    assert "on the node full" in found.text


def test_disks_are_read_where_they_are_told() -> None:
    told = {
        "a": {"name": "one", "fs": {"total": {"total_in_bytes": 10, "available_in_bytes": 4}}},
        "b": {"name": "no disk"},
    }
    assert disks_of({"nodes": told}) == [Disk("one", 10, 4)]
    assert disk_finding(disks_of({})) is None
