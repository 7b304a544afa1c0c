"""Reports over many years and bureaus, by duckdb over parquet files: out of core, and exact.

Scores are DECIMAL(12,2). A mean is made of the whole hundredths and their count, rounded half-up once: duckdb's own ``avg`` and ``/``
give DOUBLE, which is no number for a score.
"""

# ruff: noqa: S608  # what stands in the statements is checked against constants of this file

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

GROUPS = ("bureau", "cycle", "layer", "line", "unit")
ITEM_GROUPS = ("bureau", "cycle", "indicator")


@dataclass(frozen=True)
class Table:
    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]


@dataclass(frozen=True)
class Store:
    """``memory``: what duckdb may use; whatever is larger goes to a temporary folder."""

    folder: Path
    memory: str = "512MB"
    threads: int = 2

    def means(self, by: Sequence[str]) -> Table:
        """Return subjects, mean, least and most of the final scores, by some of ``GROUPS``."""
        names = _known(by, GROUPS)
        return self._ask(
            f"SELECT {names}, count(final) AS subjects, {_mean('final')} AS mean, min(final) AS least, max(final) AS most"
            f" FROM {self._files('scores')} GROUP BY {names} HAVING count(final) > 0 ORDER BY {names}"
        )

    def items(self, by: Sequence[str] = ITEM_GROUPS) -> Table:
        """Return the points of each item."""
        names = _known(by, ITEM_GROUPS)
        return self._ask(
            f"SELECT {names}, count(points) AS subjects, sum(points) AS points, {_mean('points')} AS mean,"
            f" count(*) FILTER (points = 0) AS nothing FROM {self._files('points')}"
            f" GROUP BY {names} HAVING count(points) > 0 ORDER BY {names}"
        )

    def movers(self, limit: int = 20) -> Table:
        """Return whose final score changed most from one cycle to the next that the bureau has."""
        return self._ask(
            "SELECT bureau, subject, before_cycle, cycle, before, final, final - before AS change FROM ("
            " SELECT *, lag(cycle) OVER own AS before_cycle, lag(final) OVER own AS before"
            f" FROM {self._files('scores')} WHERE final IS NOT NULL"
            " WINDOW own AS (PARTITION BY bureau, subject ORDER BY cycle)"
            f") WHERE before IS NOT NULL ORDER BY abs(final - before) DESC, bureau, subject, cycle LIMIT {int(limit)}"
        )

    def _files(self, kind: str) -> str:
        pattern = str(self.folder / kind / "*" / "*" / "*.parquet").replace("'", "''")
        types = "{'bureau': VARCHAR, 'cycle': VARCHAR}"
        return f"read_parquet('{pattern}', hive_partitioning = true, hive_types = {types})"

    def _ask(self, question: str) -> Table:
        with self._database() as database:
            found = database.execute(question)
            columns = tuple(one[0] for one in found.description or ())
            return Table(columns, found.fetchall())

    @contextmanager
    def _database(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with TemporaryDirectory(prefix="kaohe-duckdb-") as spill:
            config = {"memory_limit": self.memory, "temp_directory": spill, "threads": str(self.threads)}
            with duckdb.connect(config={**config, "preserve_insertion_order": "false"}) as database:
                yield database


def _mean(column: str) -> str:
    """Half-up to hundredths, of numbers that are never below zero, in whole numbers of 128 bits."""
    total = f"CAST(sum(CAST({column} * 100 AS BIGINT)) AS HUGEINT)"
    hundredths = f"((2 * {total} + count({column})) // (2 * count({column})))"
    return f"CAST({hundredths} AS DECIMAL(38,0)) * CAST(0.01 AS DECIMAL(3,2))"


def _known(by: Sequence[str], known: Sequence[str]) -> str:
    wrong = [name for name in by if name not in known]
    if wrong or not by:
        raise ValueError(f"by {', '.join(known)}, not by {', '.join(wrong) or 'nothing'}")
    return ", ".join(by)
