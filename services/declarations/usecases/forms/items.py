"""The rows of a 核评表: every item of the period, with what the machine knows and what was declared of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.declarations.domain.cycles import Cycle, Period
from services.declarations.domain.evidence import PREFIX, named
from services.declarations.domain.indicators import Indicator
from services.declarations.domain.organisation import Subject
from services.declarations.domain.prefill import machine_counts
from services.declarations.domain.quantities import quantities
from services.declarations.storage.evidence import EvidenceFiles
from services.declarations.storage.forms import declarations_of
from services.declarations.storage.library import Library, MachineFigures, targets_of
from shared.database import Row, Session

_DECLARED = ("declaration", "revision", "status", "self_points", "points", "remark", "reason", "differs")
_PEOPLE = ("declared_by", "verified_by", "assessed_by")


def review_rows(
    session: Session, bureau: str, cycle: Cycle, period: Period, subject: Subject, items: Library, *, own: bool
) -> list[Row]:
    """Return the rows of what is reviewed; ``own``: the reader answers for the subject; to
    anybody else a draft is nothing declared."""
    stored = declarations_of(session, bureau, cycle.cycle, subject.code, period.code)
    declared = {code: row for code, row in stored.items() if own or row["status"] != "draft"}
    files = EvidenceFiles(session, bureau).some(named(line for row in declared.values() for line in row["evidence"]))
    targets = targets_of(session, bureau, cycle.cycle, [subject.code])
    figures = MachineFigures(session, bureau, [(subject.code, month) for month in period.months])

    def row(code: str, one: Indicator) -> Row:
        found = declared.get(code)
        known = machine_counts(one, period.months, figures.of(subject.code, one.source))
        machine = found["machine"] if found else known
        return {
            **_item(one),
            "target": found["target"] if found else targets.get((subject.code, code)),
            "quantities": quantities(
                one.rule, one.rule_params, one.measure_unit, machine, found["counts"] if found else None
            ),
            **{name: found[name] if found else None for name in (*_DECLARED, *_PEOPLE)},
            "not_applicable": bool(found and found["not_applicable"]),
            "evidence": found["evidence"] if found else [],
            "shown_evidence": _shown(found["evidence"], files) if found else [],
        }

    return [row(code, one) for code, one in items.items()]


def _item(one: Indicator) -> Row:
    return {
        "indicator": one.indicator,
        "name": one.name,
        "tool": one.tool,
        "category": one.category,
        "measure_unit": one.measure_unit,
        "full_points": one.full_points,
        "standard": one.standard,
        "required_evidence": one.evidence,
    }


def _shown(lines: Sequence[str], files: Mapping[str, Any]) -> list[str]:
    """Lines as people read them: a file by its name."""
    codes = {line: line.removeprefix(PREFIX).strip() for line in lines if line.startswith(PREFIX)}
    return [files[codes[line]].name if codes.get(line) in files else line for line in lines]
