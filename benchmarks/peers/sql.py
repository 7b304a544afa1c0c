"""The peer that reports would use: the same columns in duckdb, the same whole numbers in one statement."""

from collections.abc import Mapping
from typing import Any

import duckdb
import numpy as np

from benchmarks.peers.bureaus import Bureau
from services.scoring.kernel.columns import Block, Column
from services.scoring.kernel.composing import Composite

STEPS = 4  # a tier has no more
CATEGORIES = ("common", "professional", "contribution", "additional")


def load(bureau: Bureau) -> duckdb.DuckDBPyConnection:
    """One table of lines, one of the items' parameters, one of the subjects, one of the weights in each kind's lines."""
    base = duckdb.connect()
    base.execute("CREATE TABLE line (subject INTEGER, item SMALLINT, a INTEGER, b INTEGER, declared INTEGER)")
    steps = ", ".join(f"v{k} BIGINT, n{k} BIGINT, d{k} BIGINT" for k in range(STEPS))
    base.execute(
        "CREATE TABLE item (item SMALLINT, rule INTEGER, category TEXT, of_line TEXT, full_points BIGINT, due BIGINT,"
        f" unit BIGINT, p0 BIGINT, p1 BIGINT, p2 BIGINT, p3 BIGINT, {steps})"
    )
    base.execute("CREATE TABLE subject (subject INTEGER, layer TEXT, kind TINYINT, unit INTEGER, unit_line TEXT)")
    names = ", ".join(f"{name} BIGINT" for name in CATEGORIES)
    base.execute(f"CREATE TABLE share (kind TINYINT, line TEXT, weight BIGINT, {names})")
    number = 0
    for kind, block in enumerate(bureau.blocks):
        _load_subjects(base, bureau, block, kind)
        for column in block.columns:
            _load_column(base, block, column, number)
            number += 1
    return base


def finals(base: duckdb.DuckDBPyConnection, composite: Composite) -> list[tuple[int, int, int]]:
    """(subject, final, rank) of the persons, best first 1,000; everything before is reckoned for all."""
    return base.execute(_statement(composite)).fetchall()


def _load_subjects(base: Any, bureau: Bureau, block: Block, kind: int) -> None:
    organisation, person = bureau.organisation, block.layer == "person"
    first = bureau.subjects - bureau.people
    units = organisation.stay_units[block.subjects - first] if person else block.subjects
    own = {"subject": block.subjects.astype(np.int32), "unit": units.astype(np.int32)}
    base.register("own", own)
    base.execute(f"INSERT INTO subject SELECT subject, '{block.layer}', {kind}, unit, '{block.line}' FROM own")  # noqa: S608 - our own words
    base.unregister("own")
    for line, weight in block.lines.items():
        weights = [block.weights[line].get(name, 0) for name in CATEGORIES]
        base.execute("INSERT INTO share VALUES (?, ?, ?, ?, ?, ?, ?)", [kind, line, weight, *weights])


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
    category, of_line = block.groups[column.group]
    if len(block.lines) == 1:
        of_line = "all"  # every item counts in the one line there is
    tier = column.rule == 3
    p = [*column.params, 0, 0, 0][:4]
    steps = list(column.params[2:]) if tier else []
    steps += [0, 2**31, 1] * (STEPS - len(steps) // 3)  # a bound that nobody meets
    if tier and p[1] < 0:
        steps = [part * (-1 if place % 3 == 1 and part != 2**31 else 1) for place, part in enumerate(steps)]
    row = [number, column.rule, category, of_line, column.full, column.due, block.full_unit, *p, *steps]
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
_SUMS = ", ".join(
    f"sum(points) FILTER (category = '{name}') AS {name}_points, sum(full_points) FILTER (category = '{name}') AS {name}_full"
    for name in CATEGORIES
)
_IN_LINE = ", ".join(
    f"CAST(sum({name}_{what}) AS BIGINT) AS {name}_{what}" for name in CATEGORIES for what in ("points", "full")
)
_SCORES = ", ".join(
    f"CASE WHEN {name}_full > 0 THEN least(1000000, 100 * {name}_points) END AS {name}_score" if name == "contribution"
    else f"CASE WHEN {name}_full > 0 THEN {_half_up(f'10000 * unit * {name}_points', f'{name}_full')} END AS {name}_score"
    for name in CATEGORIES
)  # fmt: skip
_LINE_N = " + ".join(f"coalesce({name} * {name}_score, 0)" for name in CATEGORIES)
_LINE_D = " + ".join(f"CASE WHEN {name}_score IS NULL THEN 0 ELSE {name} END" for name in CATEGORIES)


def _mean_stage(weights: Mapping[str, int], parts: Mapping[str, tuple[str, str]]) -> str:
    """Σ w × total ÷ count over what is there, rounded once: each part is brought over the product of all counts."""
    totals = {name: f"CAST(coalesce({total}, 0) AS HUGEINT)" for name, (total, _) in parts.items()}
    counts = {name: f"CAST(coalesce({count}, 0) AS HUGEINT)" for name, (_, count) in parts.items()}
    n = []
    for name, total in totals.items():
        others = [f"greatest({count}, 1)" for other, count in counts.items() if other != name]
        n.append(" * ".join([str(weights[name]), total, *others]))
    there = " + ".join(f"CASE WHEN {count} > 0 THEN {weights[name]} ELSE 0 END" for name, count in counts.items())
    d = " * ".join([f"({there})", *(f"greatest({count}, 1)" for count in counts.values())])
    return f"CAST({_half_up(' + '.join(n), d)} AS BIGINT)"


def _statement(composite: Composite) -> str:
    layer, members = ("score", "CAST(score IS NOT NULL AS INTEGER)"), ("members.total", "members.heads")
    division = _mean_stage(
        composite["division"],
        {"layer_score": layer, "members_mean": members, "stations_line_mean": ("line_mean.total", "line_mean.heads")},
    )
    station = _mean_stage(composite["station"], {"layer_score": layer, "members_mean": members})
    bureau = _mean_stage(
        composite["bureau"],
        {name: (f"{name}.total", f"{name}.heads") for name in ("divisions_mean", "stations_mean", "persons_mean")},
    )
    person = composite["person"]
    final = f"{person['personal']} * layered.score + {person['unit']} * units.final + {person['bureau']} * bureau.final"
    return f"""
WITH scored AS (SELECT subject, of_line, category, full_points, item.unit AS unit, CAST({_POINTS} AS BIGINT) AS points
                FROM line JOIN item USING (item) WHERE declared >= 0),
     summed AS (SELECT subject, of_line, any_value(unit) AS unit, {_SUMS} FROM scored GROUP BY subject, of_line),
     gathered AS (SELECT summed.subject, line, any_value(summed.unit) AS unit, {_IN_LINE}
                  FROM summed JOIN subject USING (subject) JOIN share ON share.kind = subject.kind AND of_line IN ('all', line)
                  GROUP BY summed.subject, line),
     categorised AS (SELECT subject, line, {_SCORES} FROM gathered),
     lined AS (SELECT subject, layer, subject.unit AS unit, unit_line, line, weight,
                      CAST({_half_up(_LINE_N, f"100 * ({_LINE_D})")} AS BIGINT) AS score
               FROM categorised JOIN subject USING (subject) JOIN share USING (kind, line)),
     layered AS (SELECT subject, any_value(layer) AS layer, any_value(unit) AS unit, any_value(unit_line) AS unit_line,
                        CAST({_half_up("sum(weight * score)", "sum(weight)")} AS BIGINT) AS score
                 FROM lined WHERE score IS NOT NULL GROUP BY subject),
     members AS (SELECT unit, sum(score) AS total, count(*) AS heads FROM layered WHERE layer = 'person' GROUP BY unit),
     line_mean AS (SELECT line, sum(score) AS total, count(score) AS heads FROM lined WHERE layer = 'station' GROUP BY line),
     units AS (SELECT unit, layer, CASE layer WHEN 'division' THEN {division} ELSE {station} END AS final
               FROM layered LEFT JOIN members USING (unit) LEFT JOIN line_mean ON line_mean.line = unit_line
               WHERE layer <> 'person'),
     bureau AS (SELECT {bureau} AS final FROM
                (SELECT sum(final) AS total, count(final) AS heads FROM units WHERE layer = 'division') AS divisions_mean,
                (SELECT sum(final) AS total, count(final) AS heads FROM units WHERE layer = 'station') AS stations_mean,
                (SELECT sum(total) AS total, sum(heads) AS heads FROM members) AS persons_mean),
     finals AS (SELECT subject, {_half_up(final, str(sum(person.values())))} AS final
                FROM layered JOIN units USING (unit), bureau WHERE layered.layer = 'person')
SELECT subject, final, rank() OVER (ORDER BY final DESC) AS place FROM finals ORDER BY place, subject LIMIT 1000
"""  # noqa: S608 - put together from the words above
