"""docs/security.md and docs/operations.md: every claim names a test that is there, or says that it is not tested."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent.parent
PAGE = TESTS.parent / "docs" / "security.md"
OPERATIONS = PAGE.with_name("operations.md")
NAMED = sorted(
    {one for page in (PAGE, OPERATIONS) for one in re.findall(r"`([a-z_/]+\.py)::(test_\w+)`", page.read_text("utf-8"))}
)


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


def test_every_section_of_operations_names_one_or_says_that_it_is_not_tested() -> None:
    sections = re.split(r"\n(?=###? )", OPERATIONS.read_text(encoding="utf-8"))[1:]
    assert len(sections) > 15
    assert [one.partition("\n")[0] for one in sections if not re.search(r"\*Shown by\*: `|\*Not tested", one)] == []


@pytest.mark.parametrize("path", re.findall(r"tests/\w+/[\w/]+\.py", OPERATIONS.read_text(encoding="utf-8")))
def test_a_file_of_tests_that_operations_names_is_there(path: str) -> None:
    assert (TESTS.parent / path).is_file()
