"""Back and forward through searches and anchors; the trail."""

from __future__ import annotations

from imgsearch_desktop.ui.grid.place import Anchor, Place
from imgsearch_desktop.ui.state.asked import Asked
from imgsearch_desktop.ui.state.history import NO_TRAIL, History, Trail, Visit

DOG, CAT, SEA = (Asked(text=text) for text in ("dog", "cat", "sea"))


def place(offset: int) -> Place:
    return Place(Anchor(1, offset))


def test_a_trail_grows_with_every_photo():
    trail = NO_TRAIL.go_on(1).go_on(2).go_on(3)
    assert trail.steps == (1, 2, 3)
    assert trail.anchor == 3
    assert trail.go_on(3) == trail


def test_every_step_can_be_gone_to_and_the_others_stay():
    trail = NO_TRAIL.go_on(1).go_on(2).go_on(3).to(0)
    assert trail.anchor == 1
    assert trail.steps == (1, 2, 3)
    assert trail.to(7) == trail


def test_going_on_from_an_earlier_step_leaves_the_rest_behind():
    assert NO_TRAIL.go_on(1).go_on(2).go_on(3).to(0).go_on(9) == Trail((1, 9), 1)


def test_a_closed_panel_has_no_anchor():
    assert NO_TRAIL.anchor is None


def test_back_and_forward_run_through_searches_and_anchors():
    history = History(Visit(Asked()))
    history.visit(Visit(DOG), place(1))
    history.visit(Visit(DOG, Trail((5,), 0)), place(2))
    assert history.back(place(3)).trail == NO_TRAIL
    back = history.back(place(4))
    assert back.asked == Asked()
    assert back.place is not None
    assert back.place.anchor.offset == 1
    assert not history.can_go_back
    assert history.back(None).asked == Asked()
    assert history.forward(None).asked == DOG
    forward = history.forward(None)
    assert forward.trail.anchor == 5
    assert not history.can_go_forward


def test_going_somewhere_new_forgets_what_lay_ahead():
    history = History(Visit(Asked()))
    history.visit(Visit(DOG), None)
    history.back(None)
    history.visit(Visit(CAT), None)
    assert not history.can_go_forward
    assert history.back(None).asked == Asked()


def test_a_word_being_typed_is_one_visit():
    history = History(Visit(Asked()))
    for text, instead in (("d", False), ("do", True), ("dog", True)):
        history.visit(Visit(Asked(text=text)), None, instead=instead)
    assert history.current.asked == DOG
    assert history.back(None).asked == Asked()


def test_the_same_again_is_no_visit():
    history = History(Visit(Asked()))
    history.visit(Visit(DOG), place(1))
    history.visit(Visit(DOG), place(2))
    history.back(None)
    assert not history.can_go_back
    assert history.current.asked == Asked()


def test_the_history_does_not_grow_for_ever():
    history = History(Visit(Asked()))
    for number in range(1000):
        history.visit(Visit(Asked(text=str(number))), None)
    steps = 0
    while history.can_go_back:
        history.back(None)
        steps += 1
    assert steps == 199
