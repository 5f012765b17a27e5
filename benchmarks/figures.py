"""A measured figure beside its budget, and how a set of them is written down."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import psutil

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure.

    Attributes:
        name: what was measured, for people.
        value: the figure.
        unit: its unit.
        budget: the limit that DESIGN sets, None where there is none.
        better: whether more or less is better; decides on which side of the budget it must lie.
        note: how it was measured, or what was tried where it missed.
    """

    name: str
    value: float
    unit: str
    budget: float | None = None
    better: Literal["more", "less"] = "less"
    note: str = ""

    @property
    def verdict(self) -> str:
        """Whether the budget holds: "met", "missed", or "" without a budget."""
        if self.budget is None:
            return ""
        met = self.value >= self.budget if self.better == "more" else self.value <= self.budget
        return "met" if met else "missed"


def write_results(topic: str, figures: Sequence[Figure]) -> Path:
    """Write one topic's figures to ``results/<topic>.json`` with the machine they were taken on.

    Returns:
        The file written.
    """
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{topic}.json"
    document = {
        "topic": topic,
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "cores": psutil.cpu_count(),
            "memory_gib": round(psutil.virtual_memory().total / 2**30),
            "python": platform.python_version(),
            "system": platform.system(),
            "load": round(psutil.getloadavg()[1], 1),
        },
        "figures": [asdict(figure) | {"verdict": figure.verdict} for figure in figures],
    }
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def write_table() -> Path:
    """Collect every topic in ``results/`` into one Markdown table.

    Returns:
        The file written.
    """
    lines = [
        "# Measured",
        "",
        "Made by `make bench`. A figure is the median of its runs unless its note says otherwise.",
    ]
    for path in sorted(RESULTS.glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        machine = document["machine"]
        lines += [
            "",
            f"## {document['topic'].replace('_', ' ')}",
            "",
            f"{document['measured']}, {machine['cores']} cores, {machine['memory_gib']} GiB, "
            f"Python {machine['python']}, {machine['system']}; "
            f"load of the machine over the five minutes before: {machine['load']}",
            "",
            "| what | figure | budget | | note |",
            "|---|---|---|---|---|",
            *(_row(figure) for figure in document["figures"]),
        ]
    table = RESULTS / "README.md"
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return table


def _row(figure: dict[str, object]) -> str:
    sign = ">=" if figure["better"] == "more" else "<="
    budget = "" if figure["budget"] is None else f"{sign} {figure['budget']:g} {figure['unit']}"
    return (
        f"| {figure['name']} | {_short(figure['value'])} {figure['unit']} | {budget} "
        f"| {figure['verdict']} | {figure['note']} |"
    )


def _short(value: object) -> str:
    number = float(str(value))
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.4g}"
