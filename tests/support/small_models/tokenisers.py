"""A WordPiece tokeniser like that of `distilbert-base-multilingual-cased`, with a small vocabulary."""

from __future__ import annotations

from functools import cache

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from tests.support.small_models.sentences import SAME_MEANING, SENTENCES

PAD, UNKNOWN, CLASS, SEPARATOR, MASK = SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
"""In the order of their ids."""

WORDS = (*(word for group in SAME_MEANING for word in group), "beach", "red", "table", "photo", "cat")


@cache
def vocabulary() -> dict[str, int]:
    """Special tokens, some words, every character of the sentences at the start of a word and within."""
    characters = sorted({character for text in (*SENTENCES, *WORDS) for character in text.strip()})
    ascii_letters = [chr(code) for code in range(33, 127)]
    single = list(dict.fromkeys([*ascii_letters, *(c for c in characters if not c.isspace())]))
    pieces = [*SPECIAL, *single, *(f"##{character}" for character in single), *WORDS]
    return {piece: number for number, piece in enumerate(dict.fromkeys(pieces))}


def tokens_of_same_meaning() -> list[list[int]]:
    """Groups of ids."""
    return [[vocabulary()[word] for word in group] for group in SAME_MEANING]


def multilingual_tokeniser() -> Tokenizer:
    """Cased, Chinese characters apart, `[CLS] ... [SEP]`; neither cuts off nor fills up by itself."""
    tokeniser = Tokenizer(models.WordPiece(vocabulary(), unk_token=UNKNOWN))
    tokeniser.normalizer = normalizers.BertNormalizer(lowercase=False, strip_accents=False)
    tokeniser.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokeniser.decoder = decoders.WordPiece()
    tokeniser.post_processor = processors.BertProcessing(
        (SEPARATOR, vocabulary()[SEPARATOR]), (CLASS, vocabulary()[CLASS])
    )
    tokeniser.add_special_tokens(list(SPECIAL))
    return tokeniser
