"""What the window shows, as one value: text, chips, filters, place in the sidebar, order."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from imgsearch_desktop.application.ports import SortOrder
from imgsearch_desktop.domain.filters import NO_FILTERS, Filters, FolderFilter
from imgsearch_desktop.domain.query import Example, Query
from imgsearch_desktop.domain.query_parser import PartKind, parse, split

T = TypeVar("T")


class Section(StrEnum):
    """The places of the sidebar above the folders."""

    ALL = "all"
    RECENT = "recently added"
    DUPLICATES = "duplicates"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class WordChip:
    """A part of the typed text that has become a chip.

    Attributes:
        kind: what it is taken for.
        text: its words, for people.
        typed: as it was typed, what the query parser reads.
    """

    kind: PartKind
    text: str
    typed: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that decides what the grid shows.

    Attributes:
        text: what stands in the search field.
        words: parts of it that have become chips.
        examples: pictures to be near to.
        section: where in the sidebar one is.
        filters: of the filter row and of the folder chosen in the sidebar.
        order: of browsing; None for the usual one of the section.
        found_order: of found photos, good and weaker ones each for themselves; None for relevance.
        weak: whether weaker matches are shown too.
    """

    text: str = ""
    words: tuple[WordChip, ...] = ()
    examples: tuple[Example, ...] = ()
    section: Section = Section.ALL
    filters: Filters = NO_FILTERS
    order: SortOrder | None = None
    found_order: SortOrder | None = None
    weak: bool = False

    @property
    def searching(self) -> bool:
        """Whether anything is searched, as opposed to browsing."""
        return bool(self.text.strip() or self.words or self.examples)

    @property
    def browse_order(self) -> SortOrder:
        """The order in force while browsing."""
        usual = SortOrder.ADDED if self.section is Section.RECENT else SortOrder.DATE_NEWEST
        return self.order or usual

    @property
    def shown_order(self) -> SortOrder | None:
        """The order in force, None for relevance."""
        return self.found_order if self.searching else self.browse_order

    def sorted_by(self, order: SortOrder | None) -> Asked:
        """The same in another order: of what is found, or else of browsing."""
        return replace(self, found_order=order) if self.searching else replace(self, order=order)

    def query(self, cameras: Collection[str] = ()) -> Query:
        """The query, typed filters and those of the filter row composed."""
        typed = " ".join([*(chip.typed for chip in self.words), self.text])
        parsed = parse(typed, cameras)
        return replace(parsed, examples=self.examples, filters=both(parsed.filters, self.filters))

    def browsing(self) -> Asked:
        """The same place without the search."""
        return replace(self, text="", words=(), examples=(), found_order=None, weak=False)


def both(one: Filters, other: Filters) -> Filters:
    """Filters that let through what both let through, as far as `Filters` can say it.

    Cameras, formats and folders named on both sides: those named by both, or the typed ones where none is.
    """
    return Filters(
        folders=_common(one.folders, other.folders),
        after=max((day for day in (one.after, other.after) if day), default=None),
        before=min((day for day in (one.before, other.before) if day), default=None),
        cameras=_common(one.cameras, other.cameras),
        formats=_common(one.formats, other.formats),
        include_away=one.include_away and other.include_away,
    )


def _common(one: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    if not one or not other:
        return one or other
    return tuple(value for value in one if value in other) or one


def take_chips(text: str, cameras: Collection[str] = ()) -> tuple[str, tuple[WordChip, ...]]:
    """Take finished minus words, phrases and filters out of typed text.

    A part is finished when a space follows it: what is still being typed stays text.

    Returns:
        The text that is left, and the chips in the order typed.
    """
    left: list[str] = []
    chips: list[WordChip] = []
    at = 0
    for part in split(text, cameras):
        finished = part.end < len(text) and text[part.end].isspace()
        if part.kind is PartKind.TEXT or not finished:
            continue
        left.append(text[at : part.start])
        chips.append(WordChip(part.kind, part.text, text[part.start : part.end]))
        at = part.end + 1
    left.append(text[at:])
    return "".join(left), tuple(chips)


def with_folder(asked: Asked, folder: FolderFilter | None) -> Asked:
    """The same with another folder, or none."""
    filters = replace(asked.filters, folders=(folder,) if folder else ())
    return replace(asked, filters=filters, section=Section.ALL)
