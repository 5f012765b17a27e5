"""What the documents point at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.repository import ROOT, needs_checkout, tracked_files

DECISIONS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "adr").glob("*.md"))
DOCUMENTS = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", *DECISIONS]

LINK = re.compile(r"""\]\(\s*<?([^)\s>]+)|\b(?:src|srcset|href)=["']([^"' ]+)""")
"""The target of a link or picture, in Markdown and in the HTML that pages of GitHub may have."""


def _targets(document: Path) -> list[str]:
    """Relative targets, without the place within the page."""
    text = re.sub(r"^```.*?^```", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = (first or second for first, second in LINK.findall(text))
    return [link.partition("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]


@needs_checkout
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_to_a_file_of_the_checkout(name: str) -> None:
    """Of the checkout, not only of this disk: whoever clones it has nothing else."""
    document = ROOT / name
    tracked = set(tracked_files())
    there = tracked | {folder for path in tracked for folder in path.parents}
    dead = [link for link in _targets(document) if (document.parent / link).resolve() not in there]
    assert dead == []


def test_links_are_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        '[a](b.md#c) ![d](e/f.png "g") [h](https://i.j) [k](#l) <img src="m.svg">\n```\n[n](o)\n```\n'
    )
    assert _targets(page) == ["b.md", "e/f.png", "m.svg"]
