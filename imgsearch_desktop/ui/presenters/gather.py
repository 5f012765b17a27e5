"""Gathers what the grid is to show, found or browsed, with headings; off the GUI thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import Enum

import numpy as np
from PySide6.QtCore import QCoreApplication, QDate, QLocale

from imgsearch_desktop.application.ports import SortOrder
from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.domain.filters import Filters
from imgsearch_desktop.domain.photo import RAW_FORMATS, Photo, PhotoId
from imgsearch_desktop.domain.result import Hit, ResultPage
from imgsearch_desktop.ui.grid.contents import NOTHING, Contents, Ids, TileFacts
from imgsearch_desktop.ui.state.asked import Asked, Section
from imgsearch_desktop.ui.state.months import KeysOf, sections
from imgsearch_desktop.ui.use_cases import UseCases
from imgsearch_desktop.ui.words.photo_details import photo_name

MOST_FOUND = 10_000
"""Found photos that are shown at most."""

Month = tuple[int, int]
"""Year and month (1 to 12)."""

RECENT = timedelta(days=30)
"""What counts as recently added."""


translate = QCoreApplication.translate


class Kind(Enum):
    """What a gathering is."""

    BROWSED = "browsed"
    FOUND = "found"


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """What the grid is to show.

    Attributes:
        asked: what it answers.
        kind: browsed or found.
        contents: photos and headings.
        hits: why each photo was found, by id; empty while browsing.
        total: good hits, or photos.
        weak_total: what "show weaker matches" would add.
        notice: a sentence to show above the photos, None for none.
        took_ms: wall time of the search.
        beyond_model: the words are far from everything the model knows, as the notice says.
    """

    asked: Asked
    kind: Kind = Kind.BROWSED
    contents: Contents = NOTHING
    hits: Mapping[int, Hit] = field(default_factory=dict)
    total: int = 0
    weak_total: int = 0
    notice: str | None = None
    took_ms: float = 0.0
    beyond_model: bool = False


class Gatherer:
    """Asks the use cases.

    Args:
        use_cases: what can be asked.
    """

    def __init__(self, use_cases: UseCases) -> None:
        self._use = use_cases

    def gather(self, asked: Asked, cameras: Sequence[str], control: TaskControl) -> Gathered:
        """What the grid is to show.

        Raises:
            KnownError: the search cannot be answered.
            Cancelled: something else was asked meanwhile.
        """
        if asked.searching:
            query = asked.query(cameras)
            control.checkpoint()
            if not query.empty:
                page = self._use.search.search(query, limit=MOST_FOUND, weak=asked.weak, prefix_last=True)
                control.checkpoint()
                return found(asked, self._sorted(page, asked.found_order, query.filters))
            return self._browse(asked, query.filters, control)
        return self._browse(asked, asked.filters, control)

    def similar(self, query_asked: Asked, control: TaskControl) -> Gathered:
        """Photos similar to an example, those beyond the drop of the score included."""
        control.checkpoint()
        page = self._use.search.search(query_asked.query(), limit=200, weak=True)
        ids = np.fromiter((hit.photo_id for hit in page.hits), np.int64, len(page.hits))
        hits = {int(hit.photo_id): hit for hit in page.hits}
        return Gathered(
            query_asked, Kind.FOUND, Contents(ids), hits, page.total, page.weak_total, page.notice
        )

    def facts(self, photo_ids: Sequence[int]) -> list[TileFacts]:
        """What tiles show."""
        return [facts_of(photo) for photo in self._photos(photo_ids)]

    def photo(self, photo_id: int) -> Photo | None:
        """Everything that is known about a photo, None if it is gone."""
        found = self._photos([photo_id])
        return found[0] if found else None

    def _photos(self, photo_ids: Sequence[int]) -> list[Photo]:
        return self._use.browse.photos([PhotoId(photo_id) for photo_id in photo_ids])

    def _sorted(self, page: ResultPage, order: SortOrder | None, filters: Filters) -> ResultPage:
        """The same hits in an order of browsing, good and weaker ones each for themselves."""
        if order is None:
            return page
        ids = self._use.browse.ids(filters, order)
        there = ids[np.isin(ids, [hit.photo_id for hit in page.hits])]
        places = {photo_id: place for place, photo_id in enumerate(there.tolist())}
        last = len(places)  # what is gone since the search

        def place_of(hit: Hit) -> int:
            return places.get(int(hit.photo_id), last)

        good, weaker = page.hits[: page.total], page.hits[page.total :]
        return replace(page, hits=(*sorted(good, key=place_of), *sorted(weaker, key=place_of)))

    def _browse(self, asked: Asked, filters: Filters, control: TaskControl) -> Gathered:
        order = asked.browse_order
        ids = self.section_ids(asked.section, filters, order)
        control.checkpoint()
        contents = self._headed(ids, order) if asked.section is not Section.DUPLICATES else Contents(ids)
        return Gathered(asked, Kind.BROWSED, contents, total=len(ids))

    def section_ids(self, section: Section, filters: Filters, order: SortOrder) -> Ids:
        """Photos of a place of the sidebar, in order."""
        ids = self._use.browse.ids(filters, order)
        if section is Section.RECENT:
            recent = self._recent()
            return ids[np.isin(ids, recent)] if len(recent) < len(ids) else ids
        if section is Section.DUPLICATES:
            return ids[np.isin(ids, self._use.duplicates.copied())]
        if section is Section.AWAY:
            here = self._use.browse.ids(Filters(include_away=False), order)
            return ids[~np.isin(ids, here)]
        return ids

    def _recent(self) -> Ids:
        since = datetime.now(UTC) - RECENT
        ids = self._use.browse.ids(order=SortOrder.ADDED)
        starts, fresh = sections(
            ids, lambda some: {p.photo_id: _is_after(p, since) for p in self._photos(some)}
        )
        if not fresh or not fresh[0]:
            return np.empty(0, np.int64)
        return ids[: int(starts[1])] if len(starts) > 1 else ids

    def _months(self, photo_ids: Sequence[int]) -> dict[int, Month | None]:
        return {photo.photo_id: month_of(photo) for photo in self._photos(photo_ids)}

    def _headed(self, ids: Ids, order: SortOrder) -> Contents:
        if order not in (SortOrder.DATE_NEWEST, SortOrder.DATE_OLDEST) or len(ids) == 0:
            return Contents(ids)
        keys_of: KeysOf[Month | None] = self._months
        starts, months = sections(ids, keys_of)
        if not months:
            return Contents(ids)
        return Contents(ids, starts, tuple(month_title(month) for month in months))


def found(asked: Asked, page: ResultPage) -> Gathered:
    """What a search found, the best matches apart from the weaker ones."""
    ids = np.fromiter((hit.photo_id for hit in page.hits), np.int64, len(page.hits))
    good = min(page.total, len(ids))
    starts = [start for start, size in ((0, good), (good, len(ids) - good)) if size]
    words = (
        {0: translate("Gather", "Best matches"), good: translate("Gather", "Weaker matches")}
        if good
        else {0: translate("Gather", "Weaker matches")}
    )
    titles = tuple(words[start] for start in starts)
    contents = Contents(ids, np.array(starts, np.int64), titles) if len(ids) else NOTHING
    hits = {int(hit.photo_id): hit for hit in page.hits}
    return Gathered(
        asked,
        Kind.FOUND,
        contents,
        hits,
        page.total,
        page.weak_total,
        page.notice,
        page.took_ms,
        page.beyond_model,
    )


def facts_of(photo: Photo) -> TileFacts:
    """What a tile shows of a photo."""
    present = [file for file in photo.files if not file.missing]
    taken = photo.metadata.date_taken
    when = QLocale().toString(QDate(taken.local.year, taken.local.month, taken.local.day)) if taken else ""
    name = photo_name(photo)
    return TileFacts(
        photo_id=int(photo.photo_id),
        name=name,
        description=", ".join(part for part in (name, when, photo.metadata.camera) if part),
        colour=photo.facts.average_colour,
        width=photo.facts.width,
        height=photo.facts.height,
        copies=len(present),
        raw=photo.facts.format in RAW_FORMATS,
        path=present[0].path if present else None,
        display_path=present[0].display_path if present else "",
    )


def month_of(photo: Photo) -> Month | None:
    """Year and month a photo was taken in, None without a date."""
    taken = photo.metadata.date_taken
    return (taken.local.year, taken.local.month) if taken else None


def month_title(month: Month | None) -> str:
    """A month as a heading."""
    if month is None:
        return translate("Gather", "Without a date")
    return QLocale().toString(QDate(month[0], month[1], 1), "MMMM yyyy")


def _is_after(photo: Photo, moment: datetime) -> bool:
    return photo.added >= moment
