"""Numbering what is registered: whatever came without a number gets the next readable one of its year, unit and kind."""

from collections.abc import Sequence
from dataclasses import replace

from services.complaints.domain.numbering import short_name
from services.complaints.storage.cases import CaseFile, cycle_of
from services.complaints.storage.numbers import Numbers
from services.complaints.storage.projections import Copies
from shared.database import Session


def new_numbers(session: Session, bureau: str, coming: Sequence[tuple[str, str, str]]) -> list[str]:
    """Return the next number for each of (year of receipt, unit that takes it in, kind), in their order."""
    units = Copies(session, bureau).units()
    names = {code: short_name(units[code].name if code in units else "", code) for code in {one[1] for one in coming}}
    return Numbers(session, bureau).give([(year, names[unit], kind) for year, unit, kind in coming])


def numbered(session: Session, bureau: str, files: Sequence[CaseFile]) -> list[CaseFile]:
    """Return ``files`` in their order, none of those that are new without a number. Who was refused meanwhile used none up."""
    bare = [one for one in files if not one.stored and not one.case.number]
    numbers = new_numbers(session, bureau, [(cycle_of(one.case), one.case.intake_unit, one.case.kind) for one in bare])
    given = dict(zip((one.case.code for one in bare), numbers, strict=True))
    return [_with(one, given[one.case.code]) if one.case.code in given else one for one in files]


def _with(one: CaseFile, number: str) -> CaseFile:
    first, *rest = one.history
    told = replace(first, given={**first.given, "number": number})
    return replace(one, case=replace(one.case, number=number), history=(told, *rest))
