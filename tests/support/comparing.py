"""The simulated year, as `kaohe simulate-year --results` fetched it, against the oracle's recomputation of it."""

from decimal import Decimal
from typing import Any

from tests.oracle.recompute import recompute

SAME = ("rank", "nominated", "struck", "tied", "layer", "unit", "line")
SCORES = ("final", "layer_score")
TABLES = ("categories", "line_scores")
COMMENDED_FROM = 70


def differences(results: dict[str, Any]) -> list[str]:
    """Every number, rank and nomination in which system and oracle differ; empty where they agree."""
    least = {"commend_from": COMMENDED_FROM}  # where the bureau says nothing else (data/reference/README.md)
    expected = recompute({**results, "cycle": {**least, **results["cycle"]}})
    published = {row["subject"]: row for row in results["scores"]}
    found = []
    if _number(results["run"]["summary"]["score"]) != expected["bureau"]:
        found.append(f"bureau: {results['run']['summary']['score']}, not {expected['bureau']}")
    if set(published) != set(expected["subjects"]):
        found.append(f"subjects: {sorted(set(published) ^ set(expected['subjects']))}")
    for code in sorted(set(published) & set(expected["subjects"])):
        found += [f"{code}.{one}" for one in _different(published[code], expected["subjects"][code])]
    return found


def item_differences(subject: str, explanation: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    """The items of one explanation against the oracle's points for them."""
    shown = {
        item["indicator"]: _number(item["points"])
        for line in explanation["lines"]
        for category in line["categories"]
        for item in category["items"]
    }
    wrong = [
        f"{subject}.{code}: {shown.get(code)}, not {points}"
        for code, points in expected["items"].items()
        if shown.get(code) != points
    ]
    return wrong + [f"{subject}: items {sorted(set(shown) ^ set(expected['items']))}"] * (
        set(shown) != set(expected["items"])
    )


def _different(row: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    found = [f"{name}: {row[name]}, not {expected[name]}" for name in SAME if row[name] != expected[name]]
    found += [f"{name}: {row[name]}, not {expected[name]}" for name in SCORES if _number(row[name]) != expected[name]]
    for table in TABLES:
        found += [
            f"{table}.{key}: {row[table][key]}, not {value}"
            for key, value in expected[table].items()
            if _number(row[table][key]) != value
        ]
    return found


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
