"""Texts of the core are recognised again, whatever stands in their places."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imgsearch_desktop.runtime.resources import resource
from imgsearch_desktop.ui.words.templates import Interpreter, Template

TEMPLATES = json.loads(resource("i18n/core_sentences.json").read_text("utf-8"))
WITH_PLACES = [template for template in TEMPLATES if re.search(r"\{\w+\}", template)]

odd = st.one_of(
    st.sampled_from(
        [
            "/home/anna/Bilder 2019. Neu/IMG_1 (2).jpg",
            "C:\\Fotos\\Ü & ß.jpg",
            'a "quoted" name',
            "two\nlines",
            "{0}",
            "100 %",
            "a. b? c! d",
            "-",
            "",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters=","), max_size=30),
)


def in_brackets(templates: list[str]) -> Interpreter:
    """An interpreter whose other language is the same in brackets, so that what it said can be seen."""
    return Interpreter(templates, lambda source: f"⟦{source}⟧", lambda number: f"{number:_}")


def filled(template: str, values: list[str]) -> str:
    return template.format(*values, n=values[0] if values else "")


@given(st.sampled_from(WITH_PLACES), st.lists(odd, min_size=6, max_size=6), st.integers(1, 10**9))
def test_a_filled_template_is_found_again(template: str, values: list[str], number: int) -> None:
    if "{n}" in template:
        values = [f"{number:,}"] * 6
    said = in_brackets(TEMPLATES).say(filled(template, values))
    whole = [f"{number:_}"] * 6 if "{n}" in template and number > 999 else values
    assert said == f"⟦{filled(template, whole)}⟧"


@given(st.lists(st.sampled_from(TEMPLATES), min_size=1, max_size=4), odd)
def test_sentences_that_follow_one_another_are_each_found(templates: list[str], value: str) -> None:
    sentences = [template for template in templates if template.endswith(".") and "{" not in template]
    said = in_brackets(TEMPLATES).say(" ".join([*sentences, value]).rstrip())
    for sentence in sentences:
        assert f"⟦{sentence}⟧" in said


@given(odd)
def test_unknown_text_stays_as_it_is(text: str) -> None:
    assert in_brackets(["It is kept as {0}.", "{n} files"]).say(text) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3 files", "⟦3 files⟧"),
        ("60,000 files", "⟦60_000 files⟧"),
        ("my files", "my files"),
        ("Lost: 60,000 files.", "⟦Lost: ⟦60_000 files⟧.⟧"),
        ("It is gone. 1,200 were there.", "⟦It is gone.⟧ 1,200 were there."),
        ("Read /a. b/c.jpg: It is gone.", "⟦Read /a. b/c.jpg: ⟦It is gone.⟧⟧"),
    ],
)
def test_places_are_read_in_their_turn(text: str, said: str) -> None:
    templates = ["{n} files", "Lost: {0}.", "It is gone.", "Read {0}: {1}"]
    assert in_brackets(templates).say(text) == said


def test_the_more_telling_of_two_readings_is_taken() -> None:
    templates = ["The file {0} is gone.", "The file {0} is gone. Add it again.", "Add it again."]
    assert in_brackets(templates).say("The file x is gone. Add it again.").count("⟦") == 1


def test_places_may_change_their_order() -> None:
    interpreter = Interpreter(["{0} lies in {1}."], lambda _source: "In {1} liegt {0}.", str)
    assert interpreter.say("a lies in b.") == "In b liegt a."


def test_adjoining_places_and_braces_are_read() -> None:
    assert Template("{{x}} {0}{1}!").values("{x} abc!") == ("", "abc")
