"""What `imgsearch status --json` says while a library is prepared for another model."""

from __future__ import annotations

from imgsearch_desktop.application.switch_model import SwitchState
from imgsearch_desktop.cli import shapes
from imgsearch_desktop.domain.embedding import STARTER, ModelId
from imgsearch_desktop.domain.library import LibraryState

STATE = LibraryState(
    photos=50,
    files=60,
    missing=0,
    searchable=50,
    failed=0,
    waiting=0,
    videos=0,
    model_id=STARTER,
    model_name="Starter model",
    engine="embedded",
    library="/library",
)
CONTRACT = {"photos", "files", "searchable", "failed", "waiting", "model", "engine", "library"}


def test_without_another_model_it_has_the_keys_of_the_contract_only() -> None:
    assert set(shapes.status(STATE, SwitchState(STARTER, None, 50, 50, on_starter=True))) == CONTRACT


def test_the_model_that_was_chosen_is_told_with_its_share() -> None:
    better = ModelId("better-1")
    shape = shapes.status(STATE, SwitchState(STARTER, better, 19, 50, on_starter=True))
    assert set(shape) == CONTRACT | {"next_model", "next_model_percent"}
    assert (shape["model"], shape["next_model"], shape["next_model_percent"]) == (STARTER, better, 38)


def test_all_but_one_is_not_all() -> None:
    assert SwitchState(STARTER, None, 999, 1000, on_starter=True).percent == 99
    assert SwitchState(STARTER, None, 1000, 1000, on_starter=True).percent == 100
    assert SwitchState(STARTER, None, 0, 0, on_starter=True).percent == 100
