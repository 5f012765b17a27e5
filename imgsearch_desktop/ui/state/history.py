"""One history of searches and anchors, to walk back and forward in; and the trail of the similar panel."""

from __future__ import annotations

from dataclasses import dataclass, replace

from imgsearch_desktop.ui.grid.place import Place
from imgsearch_desktop.ui.state.asked import Asked

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Trail:
    """The way from photo to photo: A > B > [C].

    Attributes:
        steps: photo ids in the order walked.
        at: which of them is the anchor, -1 when the panel is closed.
    """

    steps: tuple[int, ...] = ()
    at: int = -1

    @property
    def anchor(self) -> int | None:
        """The photo whose similar ones are shown, None when the panel is closed."""
        return self.steps[self.at] if 0 <= self.at < len(self.steps) else None

    def go_on(self, photo_id: int) -> Trail:
        """Walk on from the anchor; what lay beyond it is left behind. The anchor itself is no step on."""
        if photo_id == self.anchor:
            return self
        steps = (*self.steps[: self.at + 1], photo_id)
        return Trail(steps, len(steps) - 1)

    def to(self, step: int) -> Trail:
        """Go to a step; the others stay in sight."""
        return replace(self, at=step) if 0 <= step < len(self.steps) else self


NO_TRAIL = Trail()


@dataclass(frozen=True, slots=True, eq=False)
class Visit:
    """A state of the window that one can come back to.

    Attributes:
        asked: what the grid showed.
        trail: what the similar panel showed.
        place: where in the grid one was when leaving; None for the top.
    """

    asked: Asked
    trail: Trail = NO_TRAIL
    place: Place | None = None

    def same(self, other: Visit) -> bool:
        """Whether both show the same, wherever one was in it."""
        return self.asked == other.asked and self.trail == other.trail


class History:
    """Visits in the order made; the one shown is somewhere among them."""

    def __init__(self, first: Visit) -> None:
        self._visits = [first]
        self._at = 0

    @property
    def current(self) -> Visit:
        """What is shown."""
        return self._visits[self._at]

    @property
    def can_go_back(self) -> bool:
        """Whether there is something before."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is something after."""
        return self._at + 1 < len(self._visits)

    def visit(self, visit: Visit, leaving: Place | None, *, instead: bool = False) -> None:
        """Go somewhere new; what lay ahead is forgotten.

        Args:
            visit: where to.
            leaving: where in the grid one was until now.
            instead: the present visit goes on (a word is still being typed), no new one begins.
        """
        if visit.same(self.current):
            return
        self.leave(leaving)
        del self._visits[self._at + 1 :]
        if instead:
            self._visits[self._at] = visit
        else:
            self._visits.append(visit)
            del self._visits[:-LONGEST]
        self._at = len(self._visits) - 1

    def leave(self, place: Place | None) -> None:
        """Note where in the grid one was."""
        self._visits[self._at] = replace(self.current, place=place)

    def back(self, leaving: Place | None) -> Visit:
        """Go back one visit; stays at the first."""
        return self._step(-1, leaving)

    def forward(self, leaving: Place | None) -> Visit:
        """Go forward one visit; stays at the last."""
        return self._step(1, leaving)

    def _step(self, by: int, leaving: Place | None) -> Visit:
        self.leave(leaving)
        self._at = min(max(0, self._at + by), len(self._visits) - 1)
        return self.current
