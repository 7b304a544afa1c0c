"""The report of a line tells of the line: stations by what they reached there, items of the line, ranks within it."""

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from rules import rounded
from services.scoring.domain.dossier import Dossier
from services.scoring.domain.frame import CATEGORIES
from services.scoring.domain.report import Year, report
from services.scoring.domain.sheets import score_subject
from services.scoring.usecases.scoring import score_bureau
from tests.oracle.worlds import small_bureau
from tests.unit.scoring.inputs import dossier, frame_of

SEEDS = range(12)


def _year(seed: int) -> tuple[Year, Any]:
    world = small_bureau(Random(seed))
    frame = frame_of(world)
    raw = {code: dossier(world, code) for code in sorted(frame.by_code)}
    scored = score_bureau(frame, list(raw.values()))
    rows = [{**row, "name": None, "unit_name": None} for row in scored.scoring.rows]
    sheets = {code: score_subject(frame, one, Dossier.from_json(raw[code])) for code, one in frame.by_code.items()}
    return Year(rows, scored.items, frame.items, frame.model.rounding), sheets


@pytest.mark.parametrize("seed", SEEDS)
def test_a_station_stands_in_a_lines_report_with_what_it_reached_in_that_line(seed: int) -> None:
    year, sheets = _year(seed)
    stations = [row for row in year.rows if row["layer"] == "station"]
    assert stations
    for line in {line for row in stations for line in row["line_scores"]}:
        told = report(year, "line", line, year.rows)
        scores = {row["subject"]: sheets[row["subject"]].lines[line].score for row in stations}
        units = {one["subject"]: one for one in told["units"] if one["layer"] == "station"}
        assert {code: one["final"] for code, one in units.items()} == {
            code: None if score is None else str(score) for code, score in scores.items()
        }
        assert all(one["before"] == one["final"] for one in units.values())
        for code, one in units.items():
            better = [other for other in scores.values() if other is not None and other > (scores[code] or 0)]
            assert one["rank"] == (None if one["final"] is None else len(better) + 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_lines_categories_of_a_single_station_are_those_of_its_sheet(seed: int) -> None:
    year, sheets = _year(seed)
    for row in (one for one in year.rows if one["layer"] == "station"):
        alone = Year([row], year.points, year.items, year.rounding)
        for line, scored in sheets[row["subject"]].lines.items():
            told = report(alone, "line", line)["layers"]["station"]["categories"]
            exact = {name: scored.categories[name].score for name in CATEGORIES}
            assert told == {
                name: None if one is None else f"{rounded(Fraction(one), 2):f}" for name, one in exact.items()
            }


def test_a_lines_items_are_its_own_and_the_common_ones() -> None:
    lines = {}
    for seed in SEEDS:
        year, _ = _year(seed)
        lines.update({(seed, item.indicator): item.line for item in year.items})
        for line in {row["line"] for row in year.rows}:
            told = report(year, "line", line)
            shown = [*told["weakest"], *told["strongest"]]
            assert {lines[seed, one["indicator"]] for one in shown} <= {"all", line}
    assert len(set(lines.values())) > 2
