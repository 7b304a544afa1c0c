"""What a quantity is called: the library's page, the form and the explanation of a score say the same word."""

import csv
import json
import re
from pathlib import Path

import pytest

from rules import QUANTITIES, RULES, counted
from services.declarations.domain.quantities import name_of
from services.targets.domain.rule_schemas import SCHEMAS
from shared.vocabulary import library

REFERENCE = Path(__file__).parents[3] / "data" / "reference"
KEYS = re.findall(
    r"^\| (deduct|accumulate) \| (\w+) \| (\S+) \|", (REFERENCE / "README.md").read_text("utf-8"), re.MULTILINE
)


def per_tables() -> dict[str, set[str]]:
    """indicator -> the keys of its table, of the reference library."""
    with (REFERENCE / "indicators.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    tables = {row["code"]: json.loads(row["rule_params"]).get("per") for row in rows}
    return {code: set(per) for code, per in tables.items() if isinstance(per, dict)}


@pytest.mark.parametrize(("rule", "key", "meaning"), KEYS)
def test_a_key_is_called_what_the_library_means_by_it(rule: str, key: str, meaning: str) -> None:
    word = QUANTITIES[key].removesuffix("天数")
    assert word in meaning
    assert name_of(key) == QUANTITIES[key]
    assert counted({key: "2"}) == f"{QUANTITIES[key]} 2"
    table = SCHEMAS[rule]["properties"]["per"]["oneOf"][1]["properties"]
    assert word in table[key]["title"]


def test_every_key_of_the_library_has_its_word() -> None:
    used = set().union(*per_tables().values())
    assert used == {key for _, key, _ in KEYS}
    assert used <= set(QUANTITIES)


def test_the_two_that_were_asked_for_by_a_wrong_word() -> None:
    tables = per_tables()
    assert "转借账号或弱口令" in {name_of(key) for key in tables["03-04-06"]}
    assert "漏报" in {name_of(key) for key in tables["03-01-04"]}


def test_the_contracts_know_the_rules_that_there_are() -> None:
    assert tuple(library.RULES) == tuple(RULES)
