"""Reports over many years and bureaus: exact where a double would not be, and in bounded memory."""

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from gateway.paper.tables import write_parquet
from ops.reports.asking import Store
from ops.reports.storing import POINTS, SCORES
from rules import rounded

RANDOM = Random(20260722)


def score(subject: int, final: str | None, layer: str = "person") -> dict[str, Any]:
    own = {"run": "r", "subject": f"P{subject:05d}", "layer": layer, "unit": f"D{subject % 7}", "line": "access"}
    return {**own, "rank": None if final is None else 1, "final": final, "layer_score": final, "commended": False}


def filled(folder: Path, years: dict[tuple[str, str], list[dict[str, Any]]], kind: str = "scores") -> Store:
    for (bureau, cycle), rows in years.items():
        own = folder / kind / f"bureau={bureau}" / f"cycle={cycle}"
        own.mkdir(parents=True)
        write_parquet(own / "r.parquet", SCORES if kind == "scores" else POINTS, rows)
    return Store(folder)


def test_means_are_rounded_once_from_exact_sums(tmp_path: Path) -> None:
    """Among them means that end in half a hundredth, where the double of 0.145 lies below it."""
    years = {
        (bureau, cycle): [score(n, f"{RANDOM.randrange(10001) / 100:.2f}") for n in range(RANDOM.randint(2, 60))]
        for bureau in ("B1", "B2", "B3")
        for cycle in (str(year) for year in range(2020, 2027))
    }
    years["B9", "2026"] = [score(1, "0.14"), score(2, "0.15"), score(3, None)]
    found = filled(tmp_path, years).means(["bureau", "cycle"])
    for bureau, cycle, subjects, mean, least, most in found.rows:
        own = [Decimal(row["final"]) for row in years[str(bureau), str(cycle)] if row["final"]]
        exact = rounded(sum(map(Fraction, own), Fraction(0)) / len(own), 2)
        assert (subjects, mean, least, most) == (len(own), exact, min(own), max(own))
    assert next(row[3] for row in found.rows if row[0] == "B9") == Decimal("0.15")
    assert len(found.rows) == len(years)


def test_points_are_summed_exactly_and_those_not_applicable_do_not_count(tmp_path: Path) -> None:
    rows = [
        {"run": "r", "subject": f"P{n}", "indicator": "01-01-01", "points": None if n % 3 == 0 else "0.10"}
        for n in range(30)
    ]
    found = filled(tmp_path, {("B1", "2026"): rows}, "points").items(["indicator"])
    assert found.rows == [("01-01-01", 20, Decimal("2.00"), Decimal("0.10"), 0)]


def test_movers_are_told_from_the_cycle_before_that_there_is(tmp_path: Path) -> None:
    years = {
        ("B1", "2024"): [score(1, "70.00"), score(2, "80.00")],
        ("B1", "2026"): [score(1, "70.01"), score(2, "60")],
    }
    found = filled(tmp_path, years).movers(limit=1)
    assert found.rows == [("B1", "P00002", "2024", "2026", Decimal("80.00"), Decimal("60.00"), Decimal("-20.00"))]


def test_what_cannot_be_grouped_by_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not by 1; DROP"):
        Store(tmp_path).means(["1; DROP TABLE x"])


BIG = """
import resource, sys
from pathlib import Path
import duckdb
from ops.reports.asking import Store
folder = Path(sys.argv[1])
for cycle in ("2024", "2025", "2026"):
    own = folder / "scores" / "bureau=B1" / f"cycle={cycle}"
    own.mkdir(parents=True)
    with duckdb.connect(config={"threads": "1", "memory_limit": "128MB", "temp_directory": str(folder / "t")}) as database:
        database.execute(f"COPY (SELECT 'r' AS run, 'subject with a longer name ' || range AS subject, 'person' AS layer,"
                         f" 'D' || range % 100 AS unit, 'access' AS line, 1 AS rank,"
                         f" CAST(range * {cycle} % 10001 AS DECIMAL(12,2)) * CAST(0.01 AS DECIMAL(3,2)) AS final"
                         f" FROM range(1000000)) TO '{own}/r.parquet' (FORMAT parquet)")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
rows = Store(folder, memory="128MB", threads=1).movers(limit=5).rows
print(len(rows), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_what_is_larger_than_the_memory_allowed_is_answered_within_it(tmp_path: Path) -> None:
    """Three million rows, some 250 MB to sort, in 128 MB: what the process grows by stays near the limit."""
    told = (
        subprocess.run(
            [sys.executable, "-c", BIG, str(tmp_path)], capture_output=True, text=True, check=True, timeout=300
        )
        .stdout.splitlines()[-1]
        .split()
    )  # above it stands what duckdb tells of its progress
    assert told[0] == "5"
    assert int(told[1]) < 200  # it would be some 290 in memory
