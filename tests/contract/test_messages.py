"""What people read in Chinese says no word of the program's: no name of a member, no code of a state, a period, a layer."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.composition import ROOT

CHINESE = re.compile("[\u4e00-\u9fff]")
PROGRAM_WORD = re.compile(r"(?<![A-Za-z./<_-])[a-z][a-z_]{3,}(?![A-Za-z./>-])")
# Members that hold a code: said by their word (LAYERS[layer], period_name(period)), never as they are.
CODES = {"status", "state", "frequency", "layer", "kind", "category", "tool", "period", "step", "of_line"}
# Descriptions for the API page are English and quote a Chinese term.
ENGLISH = re.compile(r"\b[A-Za-z]{2,}\b")
SENTENCE = 4  # English words
# What stands in a sheet or a file as it is, and places of a template.
STANDING = {"evidence", "parquet", "base", "held_on", "kind"}


def _texts(tree: ast.Module) -> Iterator[tuple[str, list[ast.expr]]]:
    """Yield every text of a module with what is put into it; docstrings are none."""
    within = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    within |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield (
                "".join(str(one.value) for one in node.values if isinstance(one, ast.Constant)),
                [one.value for one in node.values if isinstance(one, ast.FormattedValue)],
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in within:
            yield node.value, []


def _is_english(text: str) -> bool:
    return (
        len(ENGLISH.findall(text)) >= SENTENCE
        or not CHINESE.search(text.partition(" ")[0])
        or bool(re.match("[\u4e00-\u9fff、]+ [a-z]", text))
    )


def _internal(text: str, put_in: list[ast.expr]) -> list[str]:
    names = [
        one.id if isinstance(one, ast.Name) else one.attr for one in put_in if isinstance(one, ast.Name | ast.Attribute)
    ]
    return [*(name for name in names if name in CODES), *(set(PROGRAM_WORD.findall(text)) - STANDING)]


def test_no_word_of_the_program_stands_in_what_people_read():
    found = [
        f"{path.relative_to(ROOT)}: {wrong} in {text!r}"
        for folder in ("services", "shared", "gateway", "rules")
        for path in sorted(Path(ROOT, folder).rglob("*.py"))
        if not {"migrations", "contracts"} & set(path.parts)
        for text, put_in in _texts(ast.parse(path.read_text(encoding="utf-8")))
        if CHINESE.search(text) and not _is_english(text) and (wrong := _internal(text, put_in))
    ]
    assert not found, "\n".join(found)
