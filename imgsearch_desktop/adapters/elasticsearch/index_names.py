"""How an index and its aliases are called."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from imgsearch_desktop.domain.embedding import ModelId

PREFIX = "imgsearch-"
"""Every name begins like this: privileges are given on `imgsearch-*`."""

_UNFIT = re.compile(r"[^a-z0-9.-]+")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class IndexNames:
    """The names of one library's index for one model.

    Attributes:
        library: as it stands in a name.
        model: as it stands in a name.
        version: of the mapping.
    """

    library: str
    model: str
    version: int

    @property
    def alias(self) -> str:
        """For people and other programs: the index whatever its version."""
        return f"{PREFIX}{self.library}-{self.model}"

    @property
    def index(self) -> str:
        """The index itself."""
        return f"{self.alias}-v{self.version}"

    @property
    def any_version(self) -> str:
        """Pattern that matches the index of every version."""
        return f"{self.alias}-v*"

    def generation(self, generation: str) -> str:
        """The alias that all reading and writing goes through.

        It is made with the index and goes with it: what is meant for an index that has been emptied since
        reaches nothing, whoever emptied it and when.
        """
        return f"{self.index}-{generation}"


def names_of(library_id: str, model_id: ModelId, version: int) -> IndexNames:
    """The names for a library and a model."""
    return IndexNames(_fit(library_id), _fit(model_id), version)


def _fit(text: str) -> str:
    """A part of an index name: what Elasticsearch does not take there becomes "-", told apart by a hash."""
    fit = _UNFIT.sub("-", text.lower())[:_LONGEST].strip("-.")
    if fit == text:
        return fit
    told_apart = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{fit}-{told_apart}" if fit else told_apart
