"""What a public function says of itself begins with what it does."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.composition import ROOT

PACKAGES = ("services", "shared", "gateway", "ops", "rules")
# Words that begin a description of a thing; what users read (addresses, commands) begins in Chinese.
THINGS = re.compile(
    r"(?:The|A|An|What|Whether|Who|Whose|Which|How|Where|When|Of|One|Every|All|Each|Those|These|This|It|Its|In|By|With|From|As|For|"
    r"Only|Nobody|Everybody|Everyone|Everything|Somebody|Rows|Codes|Names|Lines)\b|``|\("
)


def _sayings(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and (said := ast.get_docstring(node)):
            yield node.name, said


@pytest.mark.parametrize("package", PACKAGES)
def test_public_docstrings_begin_with_a_verb(package: str) -> None:
    files = [path for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts]
    said = [(path, name, text) for path in files for name, text in _sayings(path)]
    assert len(said) > 20
    assert [
        f"{path.relative_to(ROOT)} {name}: {text[:40]}" for path, name, text in said if THINGS.match(text + " ")
    ] == []
