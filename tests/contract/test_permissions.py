"""Who may do what is decided in one place per service (DESIGN §4.9): nothing else asks which roles somebody holds."""

import re

import pytest

from tests.support.composition import ROOT

ASKS = re.compile(r"\.(?:has|targets)\(")
FILES = [path for path in (ROOT / "services").rglob("*.py") if not path.name.endswith("permissions.py")]


@pytest.mark.parametrize(
    "service", sorted({path.relative_to(ROOT / "services").parts[0] for path in FILES} - {"__init__.py"})
)
def test_roles_are_asked_for_in_the_permissions_only(service: str) -> None:
    files = [path for path in FILES if path.is_relative_to(ROOT / "services" / service)]
    asking = [str(path.relative_to(ROOT)) for path in files if ASKS.search(path.read_text(encoding="utf-8"))]
    assert files
    assert asking == []
