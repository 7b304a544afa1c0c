"""docs/security.md: every claim names a test that is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent.parent
PAGE = TESTS.parent / "docs" / "security.md"
NAMED = re.findall(r"`([a-z_/]+\.py)::(test_\w+)`", PAGE.read_text(encoding="utf-8"))


@cache
def names_in(path: str) -> set[str]:
    tree = ast.parse((TESTS / path).read_text(encoding="utf-8"))
    return {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}


@pytest.mark.parametrize(("path", "name"), NAMED, ids=lambda part: part)
def test_a_test_that_the_page_names_is_there(path: str, name: str) -> None:
    assert name in names_in(path)


def test_every_line_of_a_threat_names_one() -> None:
    threats = PAGE.read_text(encoding="utf-8").partition("## 等级保护")[0]
    rows = [line for line in threats.splitlines() if line.startswith("| ") and not line.startswith(("| wants", "| |"))]
    assert len(rows) > 30
    assert [row for row in rows if "::test_" not in row] == []
