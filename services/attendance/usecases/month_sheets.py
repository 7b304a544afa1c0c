"""The month sheet as offices print it: a line a person, a mark a day, signed by the person, the head and HR."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from services.attendance.domain import permissions
from services.attendance.domain.leaves import COUNTS_AS_ATTENDED
from services.attendance.domain.months import Month, plain
from services.attendance.domain.years import mark_of
from services.attendance.storage.months import MonthFigures
from services.attendance.storage.projections import Copies, Person
from services.attendance.storage.signatures import Signatures
from services.attendance.usecases.guards import guard, visible_people
from services.attendance.usecases.judged import closed_months, judged_month, people_with_lines
from services.attendance.usecases.months import judged_people
from shared.actor import Actor
from shared.batches import each_row
from shared.clock import now
from shared.database import Row, Session
from shared.recording import audit
from shared.vocabulary.attendance import STANDINGS
from shared.vocabulary.refusals import conflict

_HALF = Decimal("0.5")


def list_sheet(session: Session, actor: Actor, query: Row) -> Row:
    """List a month's lines of whom one may see, in order of their codes; of an open month the days that are over."""
    month = Month(query["month"])
    visible = visible_people(session, actor, month.last)
    known = judged_people(session, actor.bureau, month, visible)
    after = query["after"] or ""
    closed = month.code in closed_months(session, actor.bureau)
    held = people_with_lines(session, actor.bureau, month, sorted(known), closed=closed)
    wanted = [
        code
        for code in sorted(held & known.keys())
        if code > after and query["person"] in (None, code) and query["unit"] in (None, known[code].unit_at(month.last))
    ]
    page, more = wanted[: query["limit"]], len(wanted) > query["limit"]
    judged = judged_month(session, actor.bureau, month, page, closed=closed)
    signed = Signatures(session, actor.bureau).of_month(month.code, page)
    names = Copies(session, actor.bureau).unit_names()
    bureau = {"bureau_name": names.get(actor.bureau)}
    lines = [
        {
            **_line(month, known[code], judged[code], signed.get(code, []), names),
            **bureau,
            "may": _standings(actor, known[code], month) if closed else [],
        }
        for code in page
        if code in judged
    ]
    return {"items": lines, "next": page[-1] if more else None}


def sign_month(session: Session, actor: Actor, command: Row) -> Row:
    """Vouch for figures of a closed month: one's own, as the head of the unit of the month's last day, or as HR; nobody for oneself as another."""
    month, standing = command["month"], command["standing"]
    if month not in closed_months(session, actor.bureau):
        raise conflict("month.open", f"{month} 尚未月结", f"{month} is not closed")
    last = Month(month).last
    subjects: list[str] = sorted(set(command["persons"]))
    people = Copies(session, actor.bureau).persons(subjects)
    stored = MonthFigures(session, actor.bureau).revisions(month, subjects)

    def sign(subject: str) -> Row:
        unit = people[subject].unit_at(last) if subject in people else ""
        guard(permissions.may_sign_month(actor, standing, subject, unit))
        if subject not in stored:
            raise conflict(
                "attendance_month.unknown", "没有该月的考勤数据", "no figures for this person and month", "persons"
            )
        told = {"month": month, "subject": subject, "standing": standing, "revision": stored[subject]}
        audit(session, action="attendance_month.signed", subject=f"{month}/{subject}", before={}, after=told)
        return {**told, "signed_by": actor.account, "name": actor.name or actor.account, "at": now()}

    Signatures(session, actor.bureau).sign(each_row(subjects, sign))
    return {"signed": len(subjects)}


def _standings(actor: Actor, person: Person, month: Month) -> list[str]:
    unit = person.unit_at(month.last)
    return [one for one in STANDINGS if permissions.may_sign_month(actor, one, person.code, unit)]


def _line(month: Month, person: Person, judged: Row, signed: list[Row], names: Mapping[str, str]) -> dict[str, Any]:
    detail = judged["detail"]
    halves = Counter(half for day in detail["days"] for half in day["halves"])
    attended = sum(number for half, number in halves.items() if COUNTS_AS_ATTENDED.get(half, half == "present"))
    figures = judged["figures"]
    unit = person.unit_at(month.last)
    marks = {
        day["day"][8:]: mark_of(day["halves"], late=day["late"], early=day["early"], missed=len(day["missed"]))
        for day in detail["days"]
    }
    worked = detail.get("rest_days", [])
    return {
        "person": person.code,
        "person_name": person.name,
        "unit": unit,
        "unit_name": names.get(unit),
        "marks": marks
        | {one["day"][8:]: "值" if one.get("duty") else "班" for one in worked if one["day"][8:] not in marks},
        "due": plain(halves.total() * _HALF),
        "attended": plain(attended * _HALF),
        "late": figures["late_early"]["late"],
        "early": figures["late_early"]["early"],
        "missed": figures["missed_punches"]["count"],
        **figures["absence"],
        "leave": {kind: plain(halves[kind] * _HALF) for kind in COUNTS_AS_ATTENDED if halves[kind]},
        "earned": plain(sum((Decimal(one["earned"]) for one in worked), Decimal(0))),
        "revision": judged["revision"],
        "signatures": [{**one, "stale": one["revision"] != judged["revision"]} for one in signed],
    }
