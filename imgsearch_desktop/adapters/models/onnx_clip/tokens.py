"""Texts to tokens, as the model's own tokeniser cuts them."""

from __future__ import annotations

import string
from typing import Any

from imgsearch_desktop.adapters.models.onnx_clip.text_layout import Cleaning, TextLayout
from imgsearch_desktop.domain.errors import ModelError

_USUAL_PAD_TOKENS = ("<pad>", "[PAD]", "<|endoftext|>")
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)


class Tokeniser:
    """Cuts texts into tokens; thread-safe.

    Args:
        layout: the text tower.

    Raises:
        ModelError: its file is damaged, or the library for it is missing.
    """

    def __init__(self, layout: TextLayout) -> None:
        self._cleaning = layout.cleaning
        self._padded_to = layout.longest if layout.padded else None
        self._tokeniser, filler = _load(layout)
        self._pad = filler if filler is not None else 0

    def tokens(self, text: str) -> tuple[list[int], list[int]]:
        """Ids of the tokens, and 1 for each that counts, 0 for what fills up."""
        # Lone surrogates (undecodable bytes of a command line) are no text.
        valid = text.encode("utf-8", "replace").decode("utf-8")
        ids = list(self._tokeniser.encode(cleaned(valid, self._cleaning)).ids)
        missing = 0 if self._padded_to is None else self._padded_to - len(ids)
        return ids + [self._pad] * missing, [1] * len(ids) + [0] * missing


def cleaned(text: str, cleaning: Cleaning) -> str:
    """What the tokeniser is given.

    `CANONICALIZE` is what SigLIP's texts went through (open_clip's `canonicalize_text`, after big_vision's).
    """
    if cleaning is Cleaning.NONE:
        return text
    if cleaning is Cleaning.CANONICALIZE:
        text = text.replace("_", " ").translate(_NO_PUNCTUATION).lower()
    return " ".join(text.split())


def _load(layout: TextLayout) -> tuple[Any, int | None]:
    """The tokeniser, and the id of what fills up."""
    try:
        import tokenizers
    except ImportError as error:
        raise ModelError(
            "The library tokenizers, which models need, is not installed. "
            "Install the program again to mend it."
        ) from error
    try:
        tokeniser = tokenizers.Tokenizer.from_file(str(layout.tokenizer))
    except Exception as error:  # the library raises bare exceptions
        raise ModelError(f"The model's file {layout.tokenizer} is damaged. Fetch the model again.") from error
    filler = _filler(tokeniser, layout.pad_token)
    tokeniser.no_padding()
    tokeniser.enable_truncation(layout.longest)
    return tokeniser, filler


def _filler(tokeniser: Any, told: str | None) -> int | None:
    """The id of what fills up: as told beside the tokeniser, within it, or as it is usually called."""
    if told is not None and (known := tokeniser.token_to_id(told)) is not None:
        return int(known)
    if tokeniser.padding is not None:
        return int(tokeniser.padding["pad_id"])
    usual = (tokeniser.token_to_id(token) for token in _USUAL_PAD_TOKENS)
    return next((token for token in usual if token is not None), None)
