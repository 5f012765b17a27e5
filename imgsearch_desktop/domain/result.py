"""What a search found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from imgsearch_desktop.domain.embedding import ModelId
from imgsearch_desktop.domain.photo import PhotoId


class Why(StrEnum):
    """Why a photo matched; keyword fields carry the name of the field that matched."""

    VISUAL = "visual"
    NAME = "name"
    FOLDER = "folder"
    KEYWORD = "keyword"
    TITLE = "title"
    DESCRIPTION = "description"
    CAMERA = "camera"


@dataclass(frozen=True, slots=True)
class Hit:
    """A found photo.

    Attributes:
        photo_id: which.
        score: cosine to the query, None where there was nothing to compare.
        why: reasons, visual first, then in the order of `Why`.
    """

    photo_id: PhotoId
    score: float | None
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """An ordered slice of hits.

    Attributes:
        hits: this slice.
        offset: rank of the first of them (0-based).
        total: good hits in all (before the drop of the score).
        weak_total: hits beyond the drop that "show weaker matches" would add.
        model_id: whose vectors were compared.
        engine: "embedded" or "elasticsearch".
        notice: one sentence to show above the results, None if there is nothing to say.
        took_ms: wall time of the search, encoding included.
        beyond_model: the words are far from everything the model knows, as the notice says.
    """

    hits: tuple[Hit, ...]
    offset: int
    total: int
    weak_total: int
    model_id: ModelId
    engine: str
    notice: str | None
    took_ms: float
    beyond_model: bool = False
