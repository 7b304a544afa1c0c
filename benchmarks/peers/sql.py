"""The peer that reports would use: the same columns in duckdb, the same whole numbers in one statement."""

from typing import Any

import duckdb
import numpy as np

from benchmarks.peers.bureaus import Bureau
from services.scoring.kernel.columns import Block, Column

STEPS = 4  # a tier has no more
RULES = {0: "ratio", 1: "deduct", 2: "accumulate", 3: "tier", 4: "mean"}


def load(bureau: Bureau) -> duckdb.DuckDBPyConnection:
    """One table of lines, one of the items' parameters, one of the subjects."""
    base = duckdb.connect()
    base.execute("CREATE TABLE line (subject INTEGER, item SMALLINT, a INTEGER, b INTEGER, declared INTEGER)")
    steps = ", ".join(f"v{k} BIGINT, n{k} BIGINT, d{k} BIGINT" for k in range(STEPS))
    base.execute(
        "CREATE TABLE item (item SMALLINT, rule INTEGER, category TEXT, full_points BIGINT, due BIGINT, unit BIGINT,"
        f" p0 BIGINT, p1 BIGINT, p2 BIGINT, p3 BIGINT, {steps})"
    )
    base.execute("CREATE TABLE subject (subject INTEGER, layer TEXT, unit INTEGER, common BIGINT, professional BIGINT,"
                 " contribution BIGINT, additional BIGINT)")  # fmt: skip
    number = 0
    for block in bureau.blocks:
        _load_subjects(base, bureau, block)
        for column in block.columns:
            _load_column(base, block, column, number)
            number += 1
    return base


def finals(base: duckdb.DuckDBPyConnection) -> list[tuple[int, int, int]]:
    """(subject, final, rank) of the persons, best first 1,000; everything before is reckoned for all."""
    return base.execute(STATEMENT).fetchall()


def _load_subjects(base: Any, bureau: Bureau, block: Block) -> None:
    organisation, weights = bureau.organisation, block.weights[block.line]
    person = block.layer == "person"
    units = organisation.unit_of[block.subjects - len(organisation.divisions)] if person else block.subjects
    own = {"subject": block.subjects.astype(np.int32), "unit": units.astype(np.int32)}
    names = ", ".join(str(weights.get(name, 0)) for name in ("common", "professional", "contribution", "additional"))
    base.register("own", own)
    base.execute(f"INSERT INTO subject SELECT subject, '{block.layer}', unit, {names} FROM own")  # noqa: S608 - our own words
    base.unregister("own")


def _load_column(base: Any, block: Block, column: Column, number: int) -> None:
    nothing = np.zeros(len(column), np.int16)
    declared = nothing + 1 if column.declared is None else column.declared
    own = {
        "subject": block.subjects.astype(np.int32),
        "a": column.a,
        "b": column.b if len(column.b) else nothing,
        "m": declared,
    }
    base.register("own", own)
    base.execute(f"INSERT INTO line SELECT subject, {number}, a, b, m FROM own")  # noqa: S608 - a number
    base.unregister("own")
    tier = column.rule == 3
    p = [*column.params, 0, 0, 0][:4]
    steps = list(column.params[2:]) if tier else []
    steps += [0, 2**31, 1] * (STEPS - len(steps) // 3)  # a bound that nobody meets
    if tier and p[1] < 0:
        steps = [part * (-1 if place % 3 == 1 and part != 2**31 else 1) for place, part in enumerate(steps)]
    row = [number, column.rule, block.groups[column.group][0], column.full, column.due, block.full_unit, *p, *steps]
    base.execute(f"INSERT INTO item VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608 - question marks


def _half_up(n: str, d: str) -> str:
    return f"((2 * ({n}) + ({d})) // (2 * ({d})))"


_STEP = " ".join(f"WHEN p1 * d{k} * a >= n{k} * b THEN v{k}" for k in range(STEPS))
_POINTS = f"""CASE rule
    WHEN 0 THEN {_half_up("p0 * least(p2 * b, p3 * a)", "p1 * p3 * greatest(b, 1)")}
    WHEN 1 THEN {_half_up("100 * greatest(p0 - a, 0) * declared", "p1 * due")}
    WHEN 2 THEN {_half_up("100 * least(p0, a)", "p1")}
    WHEN 3 THEN {_half_up(f"(CASE WHEN b = 0 THEN 0 {_STEP} ELSE 0 END) * declared", "p0 * due")}
    ELSE {_half_up("a", "greatest(b, 1)")} END"""
_CATEGORIES = ("common", "professional", "contribution", "additional")
_SUMS = ", ".join(
    f"sum(points) FILTER (category = '{name}') AS {name}_points, sum(full_points) FILTER (category = '{name}') AS {name}_full"
    for name in _CATEGORIES
)
_SCORES = ", ".join(
    f"CASE WHEN {name}_full > 0 THEN least(1000000, 100 * {name}_points) END AS {name}_score" if name == "contribution"
    else f"CASE WHEN {name}_full > 0 THEN {_half_up(f'10000 * unit * {name}_points', f'{name}_full')} END AS {name}_score"
    for name in _CATEGORIES
)  # fmt: skip
_LAYER_N = " + ".join(f"coalesce({name} * {name}_score, 0)" for name in _CATEGORIES)
_LAYER_D = " + ".join(f"CASE WHEN {name}_score IS NULL THEN 0 ELSE {name} END" for name in _CATEGORIES)
STATEMENT = f"""
WITH scored AS (SELECT subject, category, full_points, item.unit AS unit, CAST({_POINTS} AS BIGINT) AS points
                FROM line JOIN item USING (item) WHERE declared >= 0),
     summed AS (SELECT subject, any_value(unit) AS unit, {_SUMS} FROM scored GROUP BY subject),
     categorised AS (SELECT subject, {_SCORES} FROM summed),
     layered AS (SELECT subject, layer, unit, CAST({_half_up(_LAYER_N, f"100 * ({_LAYER_D})")} AS BIGINT) AS score
                 FROM categorised JOIN subject USING (subject)),
     members AS (SELECT unit, CAST(sum(score) AS BIGINT) AS total, count(*) AS heads FROM layered WHERE layer = 'person' GROUP BY unit),
     units AS (SELECT unit, CASE WHEN heads IS NULL THEN score ELSE {_half_up("7 * score * heads + 2 * total", "9 * heads")} END AS score
               FROM layered LEFT JOIN members USING (unit) WHERE layer = 'division'),
     bureau AS (SELECT {_half_up("2 * dt * pn + pt * dn", "3 * dn * pn")} AS score FROM
                (SELECT CAST(sum(score) AS HUGEINT) AS dt, CAST(count(*) AS HUGEINT) AS dn FROM units),
                (SELECT CAST(sum(total) AS HUGEINT) AS pt, CAST(sum(heads) AS HUGEINT) AS pn FROM members)),
     finals AS (SELECT subject, {_half_up("5 * layered.score + 3 * units.score + 2 * bureau.score", "10")} AS final
                FROM layered JOIN units USING (unit), bureau WHERE layer = 'person')
SELECT subject, final, rank() OVER (ORDER BY final DESC) AS place FROM finals ORDER BY place, subject LIMIT 1000
"""  # noqa: S608 - put together from the words above
