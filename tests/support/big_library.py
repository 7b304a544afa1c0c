"""Libraries and staff of any size, in the reference's own words: what the office's benchmark feeds to the service."""

from collections.abc import Iterator
from itertools import cycle, islice

from tests.unit.targets.reference import Rows, rows

EACH_LINE = 1000  # items of 0.1 points: a line's full points add up to 100
_PER_LEVEL2 = 95
_EVERYWHERE = "division|station|person"


def lines(number: int) -> Rows:
    return [{"code": f"line_{n}", "name": f"第{n}口"} for n in range(1, number + 1)]


def indicators(number_of_lines: int) -> Rows:
    """30 common, contribution and additional items, and 1000 professional ones a line."""
    known = [row for row in rows("indicators") if row["source"] == "declared" and row["rule"] != "veto"]
    made = list(_few(known))
    professional = cycle([row for row in known if row["rule"] in ("ratio", "tier", "deduct", "checklist")])
    for number in range(1, number_of_lines + 1):
        items = islice(professional, EACH_LINE)
        made += [_professional(row, number, place) for place, row in enumerate(items)]
    return made


def models(number_of_lines: int) -> Rows:
    shares = {"common": "0.25", "professional": "0.51", "contribution": "0.09", "additional": "0.15"}
    layers = ("division", "station", "person")
    return [{"layer": layer, "line": line["code"], **shares} for layer in layers for line in lines(number_of_lines)]


def composite(number_of_lines: int) -> Rows:
    """``number_of_lines`` divides 10,000, so that equal shares add up to exactly 1."""
    kept = [row for row in rows("composite") if row["target"] != "station_lines"]
    share = f"{1 / number_of_lines:.4f}"
    parts = [
        {"target": "station_lines", "component": line["code"], "weight": share, "definition": ""}
        for line in lines(number_of_lines)
    ]
    return [*kept, *parts]


def organisation(number_of_lines: int) -> Rows:
    return [{**row, "line": _line(row["line"], number_of_lines)} for row in rows("organisation")]


def positions(number_of_lines: int) -> Rows:
    return [{**row, "line": _line(row["line"], number_of_lines)} for row in rows("positions")]


def persons(number: int) -> Rows:
    """Everyone with two places: one in a station, another one from the middle of the year."""
    stations = [row["code"] for row in rows("organisation") if row["kind"] == "station"]
    made: Rows = []
    for n in range(number):
        person = {"person": f"P{n:06d}", "name": f"职员{n}"}
        first, second = stations[n % len(stations)], stations[(n + 1) % len(stations)]
        made.append({**person, "unit": first, "position": "S-03", "starts": "2026-01-01", "ends": "2026-06-30"})
        made.append({**person, "unit": second, "position": "S-04", "starts": "2026-07-01", "ends": ""})
    return made


def _few(known: Rows) -> Iterator[dict[str, str]]:
    """Ten items of 10 points for each of the three categories that all lines share."""
    for level1, category in enumerate(("common", "contribution", "additional"), start=1):
        found = cycle([row for row in known if row["category"] == category and row["rule"] != "ratio"])
        for place, row in enumerate(islice(found, 10)):
            yield {
                **_numbered(row, level1, place),
                "line": "all",
                "full_points": "10",
                **_accumulating(row, "10"),
            }


def _accumulating(row: dict[str, str], full: str) -> dict[str, str]:
    if row["rule"] != "accumulate":
        return {}
    params = f'{{"per":"1","cap":"{full}"}}'
    return {"rule_params": params, "standard": f"按项计数。每项计1分，累计最高{full}分。"}


def _professional(row: dict[str, str], line: int, place: int) -> dict[str, str]:
    cap = {"per_person_cap": "1000" if row["rule"] == "ratio" else ""}
    numbered = _numbered(row, 3 + line, place)
    return {**numbered, "category": "professional", "line": f"line_{line}", "full_points": "0.1", **cap}


def _numbered(row: dict[str, str], level1: int, place: int) -> dict[str, str]:
    level2, level3 = divmod(place, _PER_LEVEL2)
    return {
        **row,
        "code": f"{level1:02d}-{level2 + 1:02d}-{level3 + 1:02d}",
        "level1": f"一级{level1}",
        "level2": f"二级{level1}-{level2 + 1}",
        "name": f"{row['name']}（{level1}-{place}）",
        "layers": _EVERYWHERE,
    }


def _line(line: str, number_of_lines: int) -> str:
    known = {row["line"] for row in rows("models")}
    return line if line not in known else f"line_{sorted(known).index(line) % number_of_lines + 1}"
