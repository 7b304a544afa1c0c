"""The words of all closed lists, for whoever shows codes to people."""

from typing import Any

from marshmallow import fields

from gateway.api.core import Document, blueprint
from rules import QUANTITIES
from shared.vocabulary.words import WORDS

words = blueprint("words", "词汇 what the codes are called")
words.truthful = True


class WordDocument(Document):
    zh = fields.String(required=True)
    en = fields.String(required=True)


class WordsDocument(Document):
    words = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=fields.Nested(WordDocument)),
        required=True,
        metadata={"description": "list -> code -> names"},
    )


@words.route("/words")
@words.response(200, WordsDocument)
def list_words() -> dict[str, Any]:
    """词汇 every closed list of codes with its Chinese and English words"""
    lists = {**WORDS, "quantity": QUANTITIES}
    told = {name: {code: {"zh": zh, "en": english(code)} for code, zh in one.items()} for name, one in lists.items()}
    return {"words": told}


list_words.asked_again = True  # type: ignore[attr-defined]


def english(code: str) -> str:
    """Return a code as English words."""
    return code.replace("_", " ")
