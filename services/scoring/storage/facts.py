"""Claims, facts and vetoes: taken in bulk, read back as the dossiers of some subjects."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, Text, cast, func, or_, select, tuple_
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from rules import ADJUSTED
from services.scoring.domain.dossier import JUDGED, WAITING
from services.scoring.storage import tables
from services.scoring.storage.projections import evaluations_of, keep
from shared.jsontext import loads

Row = dict[str, Any]
SUBJECTS_AT_ONCE = 12  # some thousand facts: what one step computes before others get their turn
KEYS = {
    "claim": ("bureau", "cycle", "indicator", "subject"),
    "fact": ("bureau", "cycle", "kind", "fact"),
    "veto": ("bureau", "cycle", "veto"),
}


def keep_facts(session: Session, table: Table, rows: Sequence[Row]) -> None:
    """Keep the facts. Where ``table`` has partitions, those of the rows' cycles are there (``ensure_partitions``)."""
    keep(session, table, rows, KEYS[table.name])


def read_dossiers(session: Session, bureau: str, cycle: str, subjects: Sequence[str]) -> Iterator[Row]:
    """Yield the dossier of each subject as JSON (domain/dossier.py), in the
    order of their codes; a few are read at a time."""
    ordered, counts = sorted(subjects), _counting_by(session, bureau, cycle)
    for start in range(0, len(ordered), SUBJECTS_AT_ONCE):
        some = ordered[start : start + SUBJECTS_AT_ONCE]
        claims, facts, vetoes = (_by_subject(session, bureau, cycle, some, *counting) for counting in _COUNTING)
        for code in some:
            own = {"claims": claims.get(code, []), "facts": counts(facts.get(code, [])), "vetoes": vetoes.get(code, [])}
            yield {"subject": code, **own}


def read_items(session: Session, bureau: str, cycle: str, pairs: Sequence[tuple[str, str]]) -> Iterator[Row]:
    """Yield dossiers of nothing but some (subject, indicator), in the order of the subjects."""
    some, counts = sorted({subject for subject, _ in pairs}), _counting_by(session, bureau, cycle)
    claims, facts = (_by_subject(session, bureau, cycle, some, *counting, pairs=pairs) for counting in _COUNTING[:2])
    for code in some:
        yield {"subject": code, "claims": claims.get(code, []), "facts": counts(facts.get(code, [])), "vetoes": []}


def count_facts(session: Session, bureau: str, cycle: str) -> dict[str, dict[str, int]]:
    """Tell how many states have arrived, by kind and status: {"declaration": {"assessed": 12, ...}, ...}."""
    counts: dict[str, dict[str, int]] = {}
    for table in (tables.claim, tables.fact, tables.veto):
        kind = table.c.kind if table is tables.fact else func.concat(table.name)
        chosen = select(kind, table.c.status, func.count()).where(table.c.bureau == bureau, table.c.cycle == cycle)
        for name, status, number in session.execute(chosen.group_by(kind, table.c.status)):
            counts.setdefault(name, {})[status] = number
    return counts


def _counting_by(session: Session, bureau: str, cycle: str) -> Callable[[list[Row]], list[Row]]:
    """What the model says of evaluations, put into facts as they were stored: the adjusted coefficient beside the votes, or nothing."""
    adjusts = evaluations_of(session, bureau, cycle) == ADJUSTED

    def counted(fact: Row) -> Row:
        adjusted = fact.pop("adjusted")
        if fact["ballots"] is None:
            del fact["ballots"]
        if adjusts and adjusted is not None:
            fact["counts"] = {**fact["counts"], ADJUSTED: adjusted}
        return fact

    return lambda facts: [counted(fact) for fact in facts]


def _counts_now() -> ColumnElement[bool]:
    """Facts that count, and those that are on somebody's desk."""
    fact = tables.fact
    wanted = {kind: (*statuses, *WAITING.get(kind, ())) for kind, statuses in JUDGED.items()}
    return or_(*((fact.c.kind == kind) & fact.c.status.in_(statuses) for kind, statuses in wanted.items()))


# Of claims, facts and vetoes: what counts, what of it, in which order.
_COUNTING: tuple[tuple[Table, ColumnElement[bool], tuple[str, ...], tuple[str, ...]], ...] = (
    (tables.claim, tables.claim.c.status == "claimed", ("indicator", "target", "days"), ("indicator",)),
    (
        tables.fact,
        _counts_now(),
        (
            "kind",
            "fact",
            "revision",
            "indicator",
            "period",
            "status",
            "not_applicable",
            "counts",
            "adjusted",
            "people",
            "ballots",
        ),
        ("kind", "fact"),
    ),
    (tables.veto, tables.veto.c.status == "confirmed", ("veto", "indicator", "reason"), ("veto",)),
)


def _by_subject(
    session: Session,
    bureau: str,
    cycle: str,
    subjects: Sequence[str],
    table: Table,
    condition: ColumnElement[bool],
    names: Sequence[str],
    order: Sequence[str],
    *,
    pairs: Sequence[tuple[str, str]] | None = None,
) -> dict[str, list[Row]]:
    """Ordered byte by byte: the order enters the hash, and a database's own collation may differ from another's.

    All rows of a subject come as one text, so that their JSON is read in one go.
    """
    own = [table.c.bureau == bureau, table.c.cycle == cycle, table.c.subject.in_(subjects)]
    if pairs is not None:
        own.append(tuple_(table.c.subject, table.c.indicator).in_(pairs))
    values = func.json_build_array(*(table.c[name] for name in names))
    rows = func.json_agg(aggregate_order_by(values, *(table.c[name].collate("C") for name in order)))
    chosen = select(table.c.subject, cast(rows, Text)).where(*own, condition).group_by(table.c.subject)
    return {code: [_row(names, row) for row in loads(text)] for code, text in session.execute(chosen)}


def _row(names: Sequence[str], values: Sequence[Any]) -> Row:
    """A claim for all of the cycle says nothing of days: inputs of before there were any keep their hashes."""
    row = dict(zip(names, values, strict=True))
    return {name: value for name, value in row.items() if name != "days" or value is not None}
