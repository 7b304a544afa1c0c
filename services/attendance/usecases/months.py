"""Closing a month, and keeping a closed month true when something about it arrives late."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from services.attendance.domain import permissions
from services.attendance.domain.months import Figures, Month, figures_text, month_of, plain, unit_figures
from services.attendance.storage.enrolments import Enrolments
from services.attendance.storage.months import MonthFigures, Months, state_of
from services.attendance.storage.projections import Copies, Person
from services.attendance.usecases.guards import guard, visible_people
from services.attendance.usecases.judging import PersonMonth, judge_people
from shared.actor import Actor
from shared.clock import now
from shared.database import Row, Session
from shared.errors import NotFound
from shared.recording import record, republish

# Units of these kinds are scored, and the people in them (data/README.md §4); the layer a unit is appraised at.
LAYERS = {"division": "division", "centre": "division", "association": "division", "station": "station"}
_REPUBLISHED = 500
_ONE_DAY = timedelta(days=1)

Shares = dict[str, dict[str, list[str]]]  # unit -> person -> [days attended, days due]


def months_touched(days: Iterable[date]) -> list[str]:
    """Return the months whose judgement a fact of these days may change: a night shift's end belongs to the day before,
    and a leave's end or the absence after it may reach into the next month."""
    codes = set()
    for day in set(days):
        month = month_of(day)
        codes |= {month_of(day - _ONE_DAY).code, month.code, month_of(month.last + _ONE_DAY).code}
    return sorted(codes)


def refresh(session: Session, bureau: str, closed: Iterable[str], people: Collection[str], cause: str) -> None:
    """Recompute these people's figures in the ``closed`` months (as ``Months.hold_open`` named them); open months are
    judged when they are asked for. What changes goes on record with its ``cause``."""
    for code in closed if people else ():
        month = Month(code)
        Months(session, bureau).hold_to_recompute(code)
        with_figures = MonthFigures(session, bureau).persons(code, people) | Enrolments(session, bureau).persons(people)
        known = judged_people(session, bureau, month, sorted(with_figures))
        judged = judge_people(session, bureau, month, known)
        members = _members_after(session, bureau, code, judged)
        publish(session, bureau, month, known, judged, members, cause)


def list_months(session: Session, actor: Actor, query: Row) -> Row:
    return Months(session, actor.bureau).page(query["after"], query["limit"])


def list_figures(session: Session, actor: Actor, query: Row) -> Row:
    """Return a month's figures of whom the actor may see: everyone, a head's unit and its people, or oneself."""
    people = visible_people(session, actor, Month(query["month"]).last)
    if people is not None:
        people = [*people, *permissions.headed_units(actor)]
    return MonthFigures(session, actor.bureau).page(query, people)


def show_figures(session: Session, actor: Actor, command: Row) -> Row:
    """Return one subject's figures with the judged days behind them (law 6)."""
    code, subject = command["month"], command["subject"]
    guard(permissions.may_see_figures(actor, subject, visible_people(session, actor, Month(code).last)))
    found = MonthFigures(session, actor.bureau).of_month(code, [subject]).get(subject)
    if found is None:
        raise NotFound("attendance_month.unknown", zh="没有该月的考勤数据", en="no figures for this subject and month")
    found.pop("bureau")
    copies = Copies(session, actor.bureau)
    unit_names = copies.unit_names()
    person = copies.person(subject)
    return {
        **found,
        "subject_name": person.name if person else unit_names.get(subject),
        "unit_name": unit_names.get(found["unit"]),
        "detail": _told(found["detail"]),
        "changes": MonthFigures(session, actor.bureau).changes(code, subject),
    }


def replay_state(session: Session, actor: Actor, _command: Row) -> Row:
    """Send every state again, of the actor's bureau or (an actor of none) of all. Returns ``{"states": how many}``."""
    guard(permissions.may_replay(actor))
    bureaus = [actor.bureau] if actor.bureau else MonthFigures.bureaus(session)
    return {"states": sum(_republish(session, bureau) for bureau in bureaus)}


def _told(detail: Row) -> Row:
    if "members" not in detail:
        return {name: value for name, value in detail.items() if name != "shares"}
    shares = sorted(detail["members"].items())
    return {"members": [{"person": code, "attended": was, "due": due} for code, (was, due) in shares]}


def _republish(session: Session, bureau: str) -> int:
    after, sent = ("", ""), 0
    while states := MonthFigures(session, bureau).states(after, _REPUBLISHED):
        republish(session, states)
        after, sent = (states[-1].month, states[-1].subject), sent + len(states)
    return sent


def judged_people(session: Session, bureau: str, month: Month, codes: list[str] | None = None) -> dict[str, Person]:
    """Return who worked in a scored unit on some day of the month, and who was
    judged as if: nothing is left against them."""
    kinds = Copies(session, bureau).unit_kinds()
    people = Copies(session, bureau).persons(codes)
    judged = MonthFigures(session, bureau).persons(month.code, codes)
    return {code: one for code, one in people.items() if code in judged or _scored_in(one, month, kinds)}


def _scored_in(person: Person, month: Month, kinds: Mapping[str, str]) -> bool:
    return any(
        one.starts <= month.last and (one.ends is None or one.ends >= month.first) and kinds.get(one.unit) in LAYERS
        for one in person.assignments
    )


def members_of(judged: Mapping[str, PersonMonth]) -> Shares:
    members: Shares = defaultdict(dict)
    for code, one in judged.items():
        for unit, (was_there, due) in one.shares.items():
            members[unit][code] = [plain(was_there), plain(due)]
    return members


def _members_after(session: Session, bureau: str, month: str, judged: Mapping[str, PersonMonth]) -> Shares:
    """Return the units of the people just judged, before and now, with the other members' shares as they stand; none while the
    month is being closed for the first time, which ends with the units."""
    if not MonthFigures(session, bureau).has_units(month):
        return {}
    fresh = members_of(judged)
    stored = MonthFigures(session, bureau).units_of(month, judged, fresh)
    others = {unit: {code: share for code, share in own.items() if code not in judged} for unit, own in stored.items()}
    return {unit: {**others.get(unit, {}), **fresh.get(unit, {})} for unit in {*others, *fresh}}


def publish(
    session: Session,
    bureau: str,
    month: Month,
    people: Mapping[str, Person],
    judged: Mapping[str, PersonMonth],
    members: Shares,
    cause: str,
) -> int:
    """Store what was judged and record the figures that changed, each with its next revision; returns how many did."""
    kinds = Copies(session, bureau).unit_kinds()
    rows = [
        _row(month, code, "person", people[code].unit_at(month.last), one.figures, one.detail)
        for code, one in judged.items()
    ]
    rows += [
        _row(month, unit, LAYERS[kinds[unit]], unit, unit_figures(_decimals(own)), {"members": own})
        for unit, own in members.items()
        if kinds.get(unit) in LAYERS
    ]
    return _save_changed(session, bureau, month, rows, cause)


def _save_changed(session: Session, bureau: str, month: Month, rows: list[Row], cause: str) -> int:
    figures = MonthFigures(session, bureau)
    stored = figures.of_month(month.code, [row["subject"] for row in rows])
    actor: Actor = session.info["actor"]
    changed: list[Row] = []
    for row in sorted(rows, key=lambda one: str(one["subject"])):
        before = stored.get(row["subject"])
        row |= {"bureau": bureau, "revision": before["revision"] if before else 0, "by": actor.account}
        if before and before["figures"] == row["figures"]:
            continue
        row["revision"] += 1
        record(session, state_of(row), state_of(before) if before else None)
        changed.append(row)
    figures.save(rows)
    noted = {"at": now(), "by": actor.account, "cause": cause}
    kept = ("month", "subject", "revision")
    figures.note_changes(
        [
            {name: row[name] for name in kept}
            | {"before": stored.get(row["subject"], {}).get("figures", {}), "after": row["figures"], **noted}
            for row in (changed if cause else [])
        ]
    )
    return len(changed)


def _row(month: Month, subject: str, layer: str, unit: str, figures: Figures, detail: dict[str, Any]) -> Row:
    return {
        "month": month.code,
        "subject": subject,
        "layer": layer,
        "unit": unit,
        "figures": figures_text(figures),
        "detail": detail,
    }


def _decimals(members: Mapping[str, list[str]]) -> list[tuple[Decimal, Decimal]]:
    return [(Decimal(was_there), Decimal(due)) for was_there, due in members.values()]
