"""Whether a model's pictures and words belong together: the judgement over a small table of cosines.

A dozen drawings and their names in several languages are encoded. Files that are mixed up, a wrong tokeniser
or a wrong preparation of pictures leave vectors that look well and mean nothing; here they are told apart.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST_AGREEMENT = 3.0
"""Standard deviations above chance that a language must reach; chance alone does so once in 700 times."""


@dataclass(frozen=True, slots=True)
class LanguageCheck:
    """How well the words of one language go with the drawings.

    Attributes:
        language: its code.
        agreement: how far the sum over matching pairs lies above what mixed pairs give, in standard
            deviations.
        right: drawings whose own name is the nearest of all names.
        drawings: how many there are.
        claimed: the model is said to understand the language.
    """

    language: str
    agreement: float
    right: int
    drawings: int
    claimed: bool

    @property
    def passed(self) -> bool:
        """Whether the language is understood."""
        return self.agreement >= LEAST_AGREEMENT


@dataclass(frozen=True, slots=True)
class SelfCheckReport:
    """The verdict over a model.

    Attributes:
        languages: each language that was tried.
        problem: why the model could not even be tried, None if it could.
    """

    languages: tuple[LanguageCheck, ...] = ()
    problem: str | None = None

    @property
    def passed(self) -> bool:
        """Whether every language that the model is said to understand is understood, and at least one is."""
        claimed = [check for check in self.languages if check.claimed]
        return self.problem is None and bool(claimed) and all(check.passed for check in claimed)

    @property
    def understood(self) -> tuple[str, ...]:
        """Codes of the languages that passed."""
        return tuple(check.language for check in self.languages if check.passed)

    @property
    def reason(self) -> str:
        """Why it failed, one sentence; "" if it passed."""
        if self.passed:
            return ""
        if self.problem is not None:
            return self.problem
        failed = [check for check in self.languages if check.claimed and not check.passed]
        told = ", ".join(f"{check.language} {check.right} of {check.drawings}" for check in failed)
        return f"its pictures and words do not match each other (drawings recognised: {told})"


def agreement(cosines: NDArray[np.floating]) -> float:
    """How far matching pairs lie above mixed ones.

    The sum over the diagonal is compared with its distribution when rows are assigned to columns at random
    (Hoeffding 1951: mean 0 and variance sum(c^2) / (n - 1) for a table c that is centred both ways).

    Args:
        cosines: shape (n, n), n >= 2; row i and column i belong together.

    Returns:
        Standard deviations, at most n - 1; 0 for a table without differences or with numbers that are none.
    """
    table = np.asarray(cosines, dtype=np.float64)
    if not np.isfinite(table).all():
        return 0.0
    centred = table - table.mean(axis=0) - table.mean(axis=1, keepdims=True) + table.mean()
    deviation = math.sqrt(float(np.square(centred).sum()) / (len(table) - 1))
    return float(np.trace(centred)) / deviation if deviation > 1e-9 else 0.0


def judge(cosines: Mapping[str, NDArray[np.floating]], claimed: tuple[str, ...]) -> SelfCheckReport:
    """Judge a model.

    Args:
        cosines: by language, shape (drawings, names), in the same order both ways.
        claimed: languages that the model is said to understand.
    """
    return SelfCheckReport(
        tuple(
            LanguageCheck(
                language,
                agreement(table),
                int((table.argmax(axis=1) == np.arange(len(table))).sum()),
                len(table),
                language in claimed,
            )
            for language, table in cosines.items()
        )
    )
