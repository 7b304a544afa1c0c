"""What a contract's own check says is English, and has its Chinese."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.vocabulary.faults import fault_in_chinese

CONTRACTS = Path(__file__).parents[3] / "shared" / "contracts"


def said(node: ast.expr) -> str | None:
    """The text, with 1 wherever something is put in; None where it is marshmallow's own, by member."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "1" for one in node.values)
    return str(node.value) if isinstance(node, ast.Constant) else None


def calls(path: Path) -> Iterator[ast.Call]:
    yield from (one for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(one, ast.Call))


def messages() -> Iterator[str]:
    for path in CONTRACTS.rglob("*.py"):
        for one in calls(path):
            raised = isinstance(one.func, ast.Name) and one.func.id == "ValidationError"
            if raised and (text := said(one.args[0])):
                yield text


@pytest.mark.parametrize("english", sorted(set(messages())))
def test_a_fault_is_told_in_both_languages(english: str) -> None:
    assert english.isascii()
    assert fault_in_chinese(english) != "有误"


def test_what_was_put_into_it_is_told_as_well() -> None:
    assert fault_in_chinese("at most 3 decimals") == "最多 3 位小数"
    assert fault_in_chinese("missing: 单位, 岗位") == "缺少：单位, 岗位"
    assert fault_in_chinese("something new") == "有误"
