"""A new rule touches its own file and the table: nobody else compares the code of a rule or lists the codes (docs/decisions/0332)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from rules import RULES
from tests.support.composition import ROOT

ROOMS = ("shared", "services", "gateway", "ops")
MEANT = {
    "services/scoring/kernel/forms.py",  # the forms for columns; a rule without one is reckoned by its definition
    "ops/simulation/behaviour.py",  # what simulated people do; of other rules they do something plain
}
AMBIGUOUS = {"grade", "ratio", "veto"}  # words of other things too: a fault where they stand beside a rule
FILES = [
    path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if "migrations" not in path.parts
]  # fmt: skip


def named(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, code of a rule) of every place that names one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in set(RULES) - AMBIGUOUS:
            yield node.lineno, node.value
        if isinstance(node, (ast.Compare, ast.Match)) and any(map(_is_rule, ast.walk(node))):
            beside = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
            yield from ((node.lineno, value) for value in beside if value in AMBIGUOUS)
        if isinstance(node, ast.Dict):
            keys = {one.value for one in node.keys if isinstance(one, ast.Constant)}
            yield from ((node.lineno, key) for key in sorted(keys & AMBIGUOUS) if len(keys & set(RULES)) > 1)


def _is_rule(node: ast.AST) -> bool:
    name = getattr(node, "attr", None) or getattr(node, "id", None)
    return name == "rule" or (isinstance(node, ast.Subscript) and getattr(node.slice, "value", None) == "rule")


def places(path: Path) -> list[tuple[int, str]]:
    return list(named(ast.parse(path.read_text(encoding="utf-8"))))


def test_nobody_names_a_rule() -> None:
    found = {str(path.relative_to(ROOT)): there for path in FILES if (there := places(path))}
    assert {path: there for path, there in found.items() if path not in MEANT} == {}
    assert set(found) == MEANT


@pytest.mark.parametrize(
    "code",
    [
        'rule == "ratio"',
        'one["rule"] != "veto"',
        'c.rule.in_(["deduct"])',
        'MEAN = ("grade", "checklist")',
        'NAMES = {"grade": 1, "veto": 2}',
        'match rule:\n    case "grade": pass',
        'query.filter_by(rule="tier")',
    ],
)
def test_a_name_is_found_in_every_shape(code: str) -> None:
    assert list(named(ast.parse(code)))


@pytest.mark.parametrize("code", ['row["grade"]', 'VETO = "veto"', 'kind == "veto"', '{"grade": 1, "reason": 2}'])
def test_other_things_of_the_same_name_are_none(code: str) -> None:
    assert not list(named(ast.parse(code)))
