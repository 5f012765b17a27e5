"""Finds photos by keywords, in bounded time whatever the words.

FTS5 says which photos hold a term in which field; scores are added up from that. FTS5's own ranking would
visit every photo that holds any of the words: a second for a word that all of a million photos share, such as
the name of their folder. So a frequent word alone finds as many photos as can be shown, those first that hold
it in a telling field; beside other words it only adds to what they find.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from imgsearch_desktop.adapters.embedded import match_expressions as match
from imgsearch_desktop.adapters.embedded.keyword_scores import FIELD_WEIGHTS, KeywordScores, idf
from imgsearch_desktop.adapters.embedded.line_sets import lines_of
from imgsearch_desktop.application.ports import KeywordHit
from imgsearch_desktop.domain.keyword_weights import PREFIX_WEIGHT, matches_beginnings

FREQUENT = 2000
"""A word that more photos hold says little: beside a rarer one it finds none by itself."""

_LINES = "SELECT rowid AS line FROM words WHERE words MATCH ?"

_Holders = list[tuple[str, NDArray[np.int64], float]]
"""Per field: its letter, lines that hold a term there, share of the field's weight."""


@dataclass(frozen=True, slots=True)
class _Term:
    """A query token that some photos hold.

    Attributes:
        token: itself.
        prefix: it is still being typed.
        expression: matches it in any field.
        lines: that hold it, all or the first; allowed or not.
        complete: whether these are all.
        holding: about how many hold it in all.
    """

    token: str
    prefix: bool
    expression: str
    lines: NDArray[np.int64]
    complete: bool
    holding: int

    def in_field(self, letter: str) -> Iterator[tuple[str, float]]:
        """Expressions for one field, with the share of its weight that each adds."""
        share = 1.0
        if self.prefix:
            share = PREFIX_WEIGHT
            yield match.one_field(self.token, letter, prefix=True), share
        yield match.one_field(self.token, letter), share


class KeywordSearch:
    """One search on one snapshot.

    Args:
        connection: inside a read transaction.
        allowed: (rows,) which lines may be found.
        photo_ids: (rows,) the photo of each line.
        photos: how many photos there are.
        limit: how many are wanted at most.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        allowed: NDArray[np.bool_],
        photo_ids: NDArray[np.int64],
        photos: int,
        limit: int,
    ) -> None:
        self._connection = connection
        self._allowed = allowed
        self._photo_ids = photo_ids
        self._photos = photos
        self._limit = limit
        self._most = max(limit, 500)

    def run(
        self, tokens: Sequence[str], prefix_last: bool, phrases: Sequence[Sequence[str]]
    ) -> list[KeywordHit]:
        """The best photos, best first, ties by ascending photo id.

        Args:
            tokens: distinct; any of them may match.
            prefix_last: the last one is still being typed.
            phrases: every allowed line holds them; they say why, and count without any token too.
        """
        terms = list(self._terms(tokens, prefix_last))
        if phrases:
            return self._in_phrases(terms, phrases)
        rare = [term for term in terms if term.complete]
        if rare:
            return self._beside_rare(rare, [term for term in terms if not term.complete])
        if not terms:
            return []
        rarest = min(terms, key=lambda term: term.holding)
        if len(terms) == 1:
            return self._frequent(rarest)
        every = match.all_of(term.expression for term in terms)
        together = self._scored(self._some(every), terms, rarest.expression)
        return together or self._scored(self._some(rarest.expression), terms, rarest.expression)

    def _terms(self, tokens: Sequence[str], prefix_last: bool) -> Iterator[_Term]:
        """The tokens that any photo holds; the density of the first lines tells the number of all."""
        for number, token in enumerate(tokens):
            typed = prefix_last and number == len(tokens) - 1
            prefix = typed and matches_beginnings(token)
            expression = match.any_field(token, prefix=prefix)
            if expression is None:
                continue
            lines = lines_of(self._connection, f"{_LINES} LIMIT ?", (expression, FREQUENT + 1))
            complete = len(lines) <= FREQUENT
            density = 1.0 if complete else len(self._allowed) / (int(lines[-1]) + 1)
            if len(lines):
                yield _Term(token, prefix, expression, lines, complete, int(len(lines) * density))

    def _in_phrases(self, terms: Sequence[_Term], phrases: Sequence[Sequence[str]]) -> list[KeywordHit]:
        lines = np.flatnonzero(self._allowed)[: self._most]
        if not len(lines):
            return []
        scope = match.all_of(match.phrase(phrase) or '""' for phrase in phrases)
        scores = KeywordScores(lines)
        for phrase in phrases:
            holders: _Holders = []
            for letter in FIELD_WEIGHTS:
                held = self._between(lines, match.phrase(phrase, letter) or '""')
                holders.append((letter, held, 1.0))
            scores.add(idf(self._photos, len(lines)), holders, token=False)
        self._add_terms(scores, lines, terms, scope)
        return scores.best(self._photo_ids, self._limit)

    def _beside_rare(self, rare: Sequence[_Term], frequent: Sequence[_Term]) -> list[KeywordHit]:
        lines = np.unique(np.concatenate([term.lines for term in rare]))
        scope = match.any_of(term.expression for term in rare)
        return self._scored(lines[self._allowed[lines]], [*rare, *frequent], scope)

    def _frequent(self, term: _Term) -> list[KeywordHit]:
        """A single word that very many photos hold: the first of them, telling fields before others."""
        holders: _Holders = []
        telling: list[str] = []
        first_of_many = lines = np.empty(0, np.int64)
        for letter in FIELD_WEIGHTS:
            for expression, share in term.in_field(letter):
                if len(first_of_many):
                    held = self._between(first_of_many, expression)
                else:
                    held = self._some(expression)
                    lines = np.union1d(lines, held)
                    if len(held) < self._most:
                        telling.append(expression)
                    else:
                        first_of_many = held
                if len(first_of_many) and telling:
                    scope = match.any_of(telling)
                    both = lines_with(self._connection, match.all_of((expression, scope)))
                    held = np.union1d(held, both)
                holders.append((letter, held, share))
        scores = KeywordScores(lines)
        scores.add(idf(self._photos, term.holding), holders, token=True)
        return scores.best(self._photo_ids, self._limit)

    def _scored(self, lines: NDArray[np.int64], terms: Sequence[_Term], scope: str) -> list[KeywordHit]:
        """Score lines; all of them are among those that the expression `scope` finds."""
        if not len(lines):
            return []
        scores = KeywordScores(lines)
        self._add_terms(scores, lines, terms, scope)
        return scores.best(self._photo_ids, self._limit)

    def _add_terms(
        self, scores: KeywordScores, lines: NDArray[np.int64], terms: Sequence[_Term], scope: str
    ) -> None:
        for term in terms:
            holders: _Holders = []
            for letter in FIELD_WEIGHTS:
                for expression, share in term.in_field(letter):
                    direct = term.complete or term.expression == scope
                    narrowed = expression if direct else match.all_of((expression, scope))
                    holders.append((letter, self._between(lines, narrowed), share))
            scores.add(idf(self._photos, term.holding), holders, token=True)

    def _between(self, lines: NDArray[np.int64], expression: str) -> NDArray[np.int64]:
        """Lines that an expression matches, from the first to the last of some lines."""
        parameters = (expression, int(lines[0]), int(lines[-1]))
        return lines_of(self._connection, f"{_LINES} AND rowid BETWEEN ? AND ?", parameters)

    def _some(self, expression: str) -> NDArray[np.int64]:
        """The first allowed lines that an expression matches, read in growing portions."""
        allowed_lines = np.flatnonzero(self._allowed)
        if not len(allowed_lines):
            return allowed_lines
        start, end = int(allowed_lines[0]), int(allowed_lines[-1])
        portion = self._most * max(1, (end - start + 1) // len(allowed_lines))
        found: list[NDArray[np.int64]] = []
        missing = self._most
        while missing > 0:
            lines = lines_of(
                self._connection,
                f"{_LINES} AND rowid BETWEEN ? AND ? ORDER BY rowid LIMIT ?",
                (expression, start, end, portion),
            )
            found.append(lines[self._allowed[lines]][:missing])
            missing -= len(found[-1])
            if len(lines) < portion:
                break
            start = int(lines[-1]) + 1
            portion *= 4
        return np.concatenate(found)


def lines_with(connection: sqlite3.Connection, expression: str) -> NDArray[np.int64]:
    """Every line that an expression matches."""
    return lines_of(connection, _LINES, (expression,))
