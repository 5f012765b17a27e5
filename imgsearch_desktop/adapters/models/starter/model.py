"""The starter model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from imgsearch_desktop.adapters.models.lazy import Lazy
from imgsearch_desktop.adapters.models.starter.calibration import CALIBRATION
from imgsearch_desktop.adapters.models.starter.class_space import load_class_space
from imgsearch_desktop.adapters.models.starter.image_encoder import (
    SIDE,
    ImageTower,
    StarterImageEncoder,
    default_threads,
)
from imgsearch_desktop.adapters.models.starter.joint_space import DIMS, SEMANTIC_DIMS
from imgsearch_desktop.adapters.models.starter.packages import read_class_names
from imgsearch_desktop.adapters.models.starter.sentences import SentenceEncoder
from imgsearch_desktop.adapters.models.starter.text_encoder import StarterTextEncoder
from imgsearch_desktop.domain.embedding import STARTER, EncoderInput, ModelSpec

SPEC = ModelSpec(
    model_id=STARTER,
    name="Starter model",
    dims=DIMS,
    text_dims=SEMANTIC_DIMS,
    encoder_input=EncoderInput(size=SIDE, short_side=256),
    calibration=CALIBRATION,
    licence="Apache-2.0",
    limits="The starter model does not know people, events or moods.",
)


class StarterModel:
    """Fulfils `ports.Model`; thread-safe. Each encoder is loaded on first access, apart from the other.

    Args:
        cache_directory: where what takes seconds to work out is kept; need not exist or be writable.
        threads: how many a batch of pictures may use, None for half of the cores.
        words: gives word in lower case -> names of the classes that it means; such words are found more
            surely. Called when the text encoder is loaded.
    """

    def __init__(
        self,
        cache_directory: Path,
        threads: int | None = None,
        words: Callable[[], Mapping[str, Sequence[str]]] = dict,
    ) -> None:
        self._cache = cache_directory
        self._words = words
        self._threads = threads or default_threads()
        self._sentences = SentenceEncoder()
        self._classes = Lazy(lambda: load_class_space(self._cache, self._sentences))
        self._image = Lazy(self._load_image_encoder)
        self._text = Lazy(self._load_text_encoder)

    @property
    def spec(self) -> ModelSpec:
        """What kind of vectors it makes."""
        return SPEC

    @property
    def image_encoder(self) -> StarterImageEncoder:
        """Loaded on first access.

        Raises:
            ModelError: files are missing or damaged.
        """
        return self._image.get()

    @property
    def text_encoder(self) -> StarterTextEncoder:
        """Loaded on first access; needs no part of the image encoder.

        Raises:
            ModelError: files are missing or damaged.
        """
        return self._text.get()

    def _load_image_encoder(self) -> StarterImageEncoder:
        tower = ImageTower(self._cache, self._threads)
        return StarterImageEncoder(tower, self._classes.get().vectors, read_class_names())

    def _load_text_encoder(self) -> StarterTextEncoder:
        self._sentences.load()
        return StarterTextEncoder(self._sentences, self._classes.get(), self._named_classes())

    def _named_classes(self) -> dict[str, list[int]]:
        """Word -> the numbers of the classes it means; two classes may have one name."""
        numbers: dict[str, list[int]] = {}
        for number, name in enumerate(read_class_names()):
            numbers.setdefault(name, []).append(number)
        return {
            word: [number for name in names for number in numbers.get(name, ())]
            for word, names in self._words().items()
        }
