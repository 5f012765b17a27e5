"""Where one is: text, chips, filters, place, trail; and the way there and back."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from imgsearch_desktop.application.ports import SortOrder
from imgsearch_desktop.domain.filters import Filters, FolderFilter
from imgsearch_desktop.domain.photo import PhotoId
from imgsearch_desktop.domain.query import Example, FileExample, LibraryExample, PictureExample
from imgsearch_desktop.domain.query_parser import PartKind
from imgsearch_desktop.ui.grid.place import Place
from imgsearch_desktop.ui.panels.search_bar import ChipFace
from imgsearch_desktop.ui.presenters.covers import Covers
from imgsearch_desktop.ui.state.asked import Asked, Section, take_chips, with_folder
from imgsearch_desktop.ui.state.dropped import Dropped
from imgsearch_desktop.ui.state.history import NO_TRAIL, History, Trail, Visit

MOST_EXAMPLES = 8
"""Pictures that one query may have; of a drop of more the first ones are taken."""


class Navigator(QObject):
    """Keeps what is asked and says when it becomes something else. Knows no widget.

    Args:
        covers: numbers pictures that are not in the library, for their chips.
        history: where one has been, None for nowhere.
        parent: owner.
    """

    asked_changed = Signal(object, object, bool)
    """`Asked`, the `Place` to be at (None for the top), and whether a word is being typed."""
    trail_changed = Signal(object)
    """`Trail`."""
    history_changed = Signal(bool, bool)
    """Whether one can go back and forward."""
    place_wanted = Signal()
    """Answered at once by `note_place`."""

    def __init__(self, covers: Covers, history: History | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._covers = covers
        self._history = history or History(Visit(Asked()))
        self._place: Place | None = None
        self._browse_place: Place | None = None
        self._typing = False
        self._cameras: tuple[str, ...] = ()

    @property
    def asked(self) -> Asked:
        """What the grid shows or is about to show."""
        return self._history.current.asked

    @property
    def trail(self) -> Trail:
        """What the similar panel shows."""
        return self._history.current.trail

    def set_cameras(self, cameras: Sequence[str]) -> None:
        """Cameras that can be named in a query."""
        self._cameras = tuple(cameras)

    @property
    def history(self) -> History:
        """Where one has been, the place one is at noted."""
        self.place_wanted.emit()
        if self._place is not None:
            self._history.leave(self._place)
        return self._history

    def tell(self) -> None:
        """Say where one is, to parts that have just been made."""
        self._tell(self._history.current.place, typing=False)
        if self.trail.anchor is not None:
            self.trail_changed.emit(self.trail)

    def note_place(self, place: Place) -> None:
        """Where in the grid one is now."""
        self._place = place

    # --- asking ----------------------------------------------------------------------------------------

    def type(self, text: str) -> None:
        """The text in the search field is another one; finished parts become chips."""
        left, chips = take_chips(text, self._cameras)
        asked = replace(self.asked, text=left, words=(*self.asked.words, *chips), weak=False)
        if asked.searching:
            asked = replace(asked, section=Section.ALL)
        self._go(asked, typing=not chips)

    def search_words(self, text: str) -> None:
        """Search for these words alone."""
        self._go(replace(self.asked.browsing(), text=text, section=Section.ALL))

    def remove_chip(self, key: str) -> None:
        """Take a chip out of the query."""
        kind, _, number = key.partition(":")
        place = int(number)
        if kind == "word":
            words = self.asked.words
            self._go(replace(self.asked, words=words[:place] + words[place + 1 :], weak=False))
        else:
            examples = self.asked.examples
            self._go(replace(self.asked, examples=examples[:place] + examples[place + 1 :], weak=False))

    def add_examples(self, examples: Sequence[Example], *, alone: bool = False) -> None:
        """Search with pictures, beside what is asked already or alone."""
        start = replace(self.asked.browsing(), section=Section.ALL) if alone else self.asked
        known = [one for one in start.examples if one not in examples]
        together = (*known, *examples)[-MOST_EXAMPLES:]
        self._go(replace(start, examples=together, section=Section.ALL, weak=False))

    def search_dropped(self, dropped: Dropped, *, alone: bool) -> None:
        """Search with what was dropped or pasted."""
        examples: list[Example] = [LibraryExample(PhotoId(one)) for one in dropped.photo_ids]
        examples += [FileExample(path) for path in dropped.pictures]
        if dropped.data:
            examples.append(PictureExample(dropped.data, self.tr("pasted picture")))
        if examples:
            self.add_examples(examples[:MOST_EXAMPLES], alone=alone)

    def filter(self, filters: Filters) -> None:
        """Narrow by other filters."""
        self._go(replace(self.asked, filters=filters))

    def sort(self, order: SortOrder | None) -> None:
        """Show the same in another order."""
        self._go(self.asked.sorted_by(order))

    def show_weak(self) -> None:
        """Show weaker matches too."""
        self._go(replace(self.asked, weak=True), keep_place=True)

    def go_to_section(self, section: Section) -> None:
        """Browse a place of the sidebar."""
        self._go(Asked(section=section))

    def go_to_folder(self, folder: FolderFilter) -> None:
        """Look at one folder; a search goes on within it."""
        self._go(with_folder(self.asked, folder))

    def stop_searching(self) -> None:
        """Go back to browsing where one was."""
        if self.asked.searching:
            place, self._browse_place = self._browse_place, None
            self._go(self.asked.browsing(), place=place)

    # --- walking ---------------------------------------------------------------------------------------

    def walk_from(self, photo_id: int) -> None:
        """Begin a trail: show what is similar to a photo of the main grid."""
        self._walk(Trail((photo_id,), 0))

    def walk_on(self, photo_id: int) -> None:
        """Go on along the trail: show what is similar to a photo of the panel."""
        self._walk(self.trail.go_on(photo_id))

    def go_to_step(self, step: int) -> None:
        """Go to a step of the trail."""
        self._walk(self.trail.to(step))

    def close_trail(self) -> None:
        """Close the similar panel."""
        self._walk(NO_TRAIL)

    def back(self) -> None:
        """Go back in history."""
        self._travel(self._history.back)

    def forward(self) -> None:
        """Go forward in history."""
        self._travel(self._history.forward)

    # --- chips -----------------------------------------------------------------------------------------

    def chips(self) -> tuple[ChipFace, ...]:
        """The query's chips, words first."""
        words = tuple(self._word_face(place) for place in range(len(self.asked.words)))
        pictures = tuple(self._picture_face(place) for place in range(len(self.asked.examples)))
        return words + pictures

    def _word_face(self, place: int) -> ChipFace:
        chip = self.asked.words[place]
        shown = {
            PartKind.MINUS: self.tr("not: {words}"),
            PartKind.PHRASE: self.tr("exactly: {words}"),
        }.get(chip.kind, "{words}")
        return ChipFace(f"word:{place}", shown.format(words=chip.text), chip.kind is PartKind.MINUS)

    def _picture_face(self, place: int) -> ChipFace:
        example = self.asked.examples[place]
        key = f"example:{place}"
        if isinstance(example, LibraryExample):
            return ChipFace(key, self.tr("like this"), picture=int(example.photo_id))
        if isinstance(example, FileExample):
            name = os.fsdecode(example.path).replace("\\", "/").rpartition("/")[2]
            number = self._covers.number_of(Path(os.fsdecode(example.path)))
            return ChipFace(key, name.encode("utf-8", "replace").decode(), picture=number)
        return ChipFace(key, example.name, picture=self._covers.number_of(example.data))

    # --- moving ----------------------------------------------------------------------------------------

    def _go(
        self, asked: Asked, *, typing: bool = False, place: Place | None = None, keep_place: bool = False
    ) -> None:
        if not asked.searching:
            asked = asked.browsing()
        if asked == self.asked:
            return
        self.place_wanted.emit()
        leaving = self._place
        if asked.searching and not self.asked.searching:
            self._browse_place = leaving
        instead = typing and self._typing and self.asked.searching
        self._history.visit(Visit(asked, self.trail), leaving, instead=instead)
        self._typing = typing
        self._tell(leaving if keep_place else place, typing=typing)

    def _walk(self, trail: Trail) -> None:
        if trail == self.trail:
            return
        self.place_wanted.emit()
        self._typing = False
        self._history.visit(Visit(self.asked, trail), self._place)
        self.trail_changed.emit(trail)
        self._tell_history()

    def _travel(self, step: Callable[[Place | None], Visit]) -> None:
        self.place_wanted.emit()
        before = self._history.current
        visit = step(self._place)
        self._typing = False
        if visit.asked != before.asked:
            self._tell(visit.place, typing=False)
        if visit.trail != before.trail:
            self.trail_changed.emit(visit.trail)
        self._tell_history()

    def _tell(self, place: Place | None, *, typing: bool) -> None:
        self.asked_changed.emit(self.asked, place, typing)
        self._tell_history()

    def _tell_history(self) -> None:
        self.history_changed.emit(self._history.can_go_back, self._history.can_go_forward)
