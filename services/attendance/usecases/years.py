"""Year totals of absence against the limits of the law: what HR has to act on."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from services.attendance.domain import permissions
from services.attendance.domain.months import half_days_for, plain
from services.attendance.domain.years import limits_passed, totals_of
from services.attendance.storage.projections import Copies, Person
from services.attendance.storage.rules import rules_of
from services.attendance.usecases.facts import working_days
from services.attendance.usecases.guards import guard
from services.attendance.usecases.judged import closed_months, judged_month, months_of
from shared.actor import Actor
from shared.database import Row, Session

_HALF = Decimal("0.5")
_AT_ONCE = 100  # persons


def list_absences(session: Session, actor: Actor, query: Row) -> Row:
    """List what people were absent in a year, and which limits that passes; ``over``: only who passed one."""
    guard(permissions.may_see_anomalies(actor))
    copies, after = Copies(session, actor.bureau), query["after"] or ""
    people = [
        one
        for code, one in sorted(copies.persons().items())
        if code > after and query["person"] in (None, code) and query["unit"] in (None, one.unit)
    ]
    found: list[Row] = []
    for start in range(0, len(people), _AT_ONCE):
        part = people[start : start + _AT_ONCE]
        told = _absences(session, actor.bureau, int(query["year"]), part, copies.unit_names())
        found += [one for one in told if one["limits"] or not query["over"]]
        if len(found) > query["limit"]:
            break
    page = found[: query["limit"]]
    return {"items": page, "next": page[-1]["person"] if len(found) > len(page) else None}


def _absences(
    session: Session, bureau: str, year: int, people: Sequence[Person], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    halves: dict[str, list[str]] = {one.code: [] for one in people}
    counted = dict.fromkeys(halves, 0)
    closed = closed_months(session, bureau)
    for month in months_of(year):
        judged = judged_month(session, bureau, month, list(halves), closed=month.code in closed)
        for code, of_month in judged.items():
            days = of_month["detail"].get("days", ())
            halves[code] += [half for day in days for half in day["halves"]]
            rule = of_month["detail"].get("basis", {}).get("lates_per_half_day", 0)
            counted[code] += half_days_for(sum(day["late"] + day["early"] for day in days), rule)
    rules = rules_of(session, bureau).all()
    calendar = Copies(session, bureau).calendar()
    due = len(working_days(calendar, date(year, 1, 1), date(year, 12, 31)))
    found = []
    for one in people:
        totals = totals_of(halves[one.code], counted[one.code])
        days = {"absent": totals.absent, "overleave": totals.overleave, "running": totals.running, "away": totals.away}
        found.append(
            {
                "person": one.code,
                "person_name": one.name,
                "unit": one.unit,
                "unit_name": names.get(one.unit),
                **{name: plain(number * _HALF) for name, number in days.items()},
                "limits": limits_passed(totals, due, year, rules),
            }
        )
    return found
