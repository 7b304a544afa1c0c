"""The words that the API tells are words for whatever its documents say."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from marshmallow import fields

from shared.contracts.attendance.days import DayDocument
from shared.jsontext import loads
from shared.vocabulary.words import WORDS

LOCALES = Path(__file__).resolve().parents[3] / "console/src/locales/zh"


def test_whatever_half_a_day_may_be_has_its_word() -> None:
    halves = DayDocument().fields["halves"]
    assert isinstance(halves, fields.List)
    (allowed,) = halves.inner.validators
    assert set(allowed.choices) == set(WORDS["day_word"])  # type: ignore[attr-defined]


def test_the_console_does_not_write_a_list_of_words_again() -> None:
    again = [
        f"{file.stem}{path}"
        for file in LOCALES.glob("*.json")
        if file.stem != "words"  # of what is shown before the API has told its words
        for path, texts in _groups(loads(file.read_text()))
        if any(_repeats(texts, words) for words in WORDS.values())
    ]
    assert again == []


def _groups(texts: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield path, texts
    for key, text in texts.items():
        if isinstance(text, Mapping):
            yield from _groups(text, f"{path}.{key}")


def _repeats(texts: Mapping[str, Any], words: Mapping[str, str]) -> bool:
    """Tell whether these are texts for codes of the list, of which some say what the list says."""
    return len(texts) > 1 and texts.keys() <= words.keys() and any(words[code] == text for code, text in texts.items())
