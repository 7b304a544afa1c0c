"""Who may do what is decided in one place per service (DESIGN §4.9): nothing else asks which roles somebody holds."""

import re
from importlib import import_module
from inspect import isfunction
from pathlib import Path

import pytest

from tests.support.composition import ROOT

ASKS = re.compile(r"\.(?:has|targets)\(")
RULES = sorted((ROOT / "services").glob("*/domain/*permissions.py"))
FILES = [path for path in (ROOT / "services").rglob("*.py") if not path.name.endswith("permissions.py")]


@pytest.mark.parametrize(
    "service", sorted({path.relative_to(ROOT / "services").parts[0] for path in FILES} - {"__init__.py"})
)
def test_roles_are_asked_for_in_the_permissions_only(service: str) -> None:
    files = [path for path in FILES if path.is_relative_to(ROOT / "services" / service)]
    asking = [str(path.relative_to(ROOT)) for path in files if ASKS.search(path.read_text(encoding="utf-8"))]
    assert files
    assert asking == []


@pytest.mark.parametrize("path", RULES, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_every_rule_notes_that_it_was_asked(path: Path) -> None:
    """``noting`` comes last in a module: what stands after it is never noted."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    rules = {
        rule: told
        for rule, told in vars(import_module(name)).items()
        if isfunction(told) and told.__module__ == name and not rule.startswith("_")
    }
    assert rules
    assert [rule for rule, told in rules.items() if not hasattr(told, "__wrapped__")] == []
