"""Texts with places, recognised again in what was made of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from string import Formatter
from typing import NamedTuple

NUMBER = re.compile(r"\d{1,3}(?:,\d{3})*")
"""A whole number as the core writes it: "7", "60,000"."""

_SENTENCE_ENDS = re.compile(r"(?<=[.!?)]) ")
_MOST_SENTENCES = 12


class Template:
    """A text with places, as `str.format` writes them; "{n}" takes whole numbers only.

    Args:
        source: the text.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self._numbers: list[bool] = []
        self._literals = [""]
        for literal, name, _, _ in Formatter().parse(source):
            self._literals[-1] += literal
            if name is not None:
                self._numbers.append(name == "n")
                self._literals.append("")
        self.letters = sum(map(len, self._literals))

    def values(self, text: str) -> tuple[str, ...] | None:
        """What stands in the places, in their order, if the text was made of this template; else None."""
        if not self._numbers:
            return () if text == self._literals[0] else None
        first, *between, last = self._literals
        if len(text) < self.letters or not (text.startswith(first) and text.endswith(last)):
            return None
        found, at, end = [], len(first), len(text) - len(last)
        for literal in between:
            place = text.find(literal, at, end)
            if place < 0:
                return None
            found.append(text[at:place])
            at = place + len(literal)
        found.append(text[at:end])
        fits = all(
            NUMBER.fullmatch(value) for value, whole in zip(found, self._numbers, strict=True) if whole
        )
        return tuple(found) if fits else None

    def filled(self, translation: str, values: Iterable[str]) -> str:
        """The translation with values in its places, which may stand in another order."""
        values = tuple(values)
        return translation.format(*values, n=values[0] if values else "")


class Reading(NamedTuple):
    """One way to read a text.

    Attributes:
        words: the text in other words.
        letters: how many of its letters belong to templates.
        doubts: how often it looks as if a sentence had been cut at the wrong place.
        sentences: how many it is made of.
    """

    words: str
    letters: int = 0
    doubts: int = 0
    sentences: int = 1


class Interpreter:
    """Says texts made of templates in other words; whatever is not made of them stays as it is.

    A text may be several sentences, and a place may hold such a text again. Of all ways to read a text, the
    one that leaves the fewest letters unexplained is taken, then the one with the fewest doubts.

    Args:
        templates: what is known.
        translate: a template's source to the words it has in the other language.
        number: a whole number to the way the other language writes it.
    """

    def __init__(
        self,
        templates: Iterable[str],
        translate: Callable[[str], str],
        number: Callable[[int], str],
    ) -> None:
        self._templates = [Template(source) for source in templates]
        self._translate = translate
        self._number = number

    def say(self, text: str) -> str:
        """The text in other words."""
        return self._best(text, {}).words

    def _best(self, text: str, known: dict[str, Reading]) -> Reading:
        if text not in known:
            known[text] = Reading(self._plain(text))
            readings = [known[text], *self._whole(text, known), *self._in_two(text, known)]
            known[text] = max(readings, key=lambda reading: (reading.letters, -reading.doubts))
        return known[text]

    def _plain(self, text: str) -> str:
        return self._number(int(text.replace(",", ""))) if NUMBER.fullmatch(text) and "," in text else text

    def _whole(self, text: str, known: dict[str, Reading]) -> Iterator[Reading]:
        """The text as one template each; a place that holds several sentences may have swallowed some."""
        for template in self._templates:
            values = template.values(text)
            if values is not None:
                read = [self._best(value, known) for value in values]
                words = template.filled(self._translate(template.source), (value.words for value in read))
                letters = template.letters + sum(value.letters for value in read)
                doubts = sum(value.doubts + (value.sentences > 1) for value in read)
                yield Reading(words, letters, doubts)

    def _in_two(self, text: str, known: dict[str, Reading]) -> Iterator[Reading]:
        """The text as sentences that follow one another; a part that says nothing may belong to the other."""
        cuts = list(_SENTENCE_ENDS.finditer(text))
        for cut in cuts if len(cuts) <= _MOST_SENTENCES else ():
            halves = self._best(text[: cut.start()], known), self._best(text[cut.end() :], known)
            yield Reading(
                " ".join(half.words for half in halves),
                sum(half.letters for half in halves),
                sum(half.doubts + (not half.letters) for half in halves),
                sum(half.sentences for half in halves),
            )
