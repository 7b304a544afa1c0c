"""Lists, single cases, histories, and what a clerk is told while typing."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from services.complaints.domain import look_alike_permissions, permissions
from services.complaints.domain.applying import is_backdated
from services.complaints.domain.calendars import Provisional
from services.complaints.domain.cases import day_of
from services.complaints.domain.deadlines import OVERDUE, RUNNING
from services.complaints.domain.events import ANNUL, CORRECT, PUTTING_RIGHT, Event, annulled
from services.complaints.domain.history import impossible, named_by
from services.complaints.domain.regimes import REGIMES
from services.complaints.storage.cases import CaseFile, Cases
from services.complaints.storage.events import plain
from services.complaints.storage.lists import Days, Lists
from services.complaints.storage.look_alikes import LookAlikes
from services.complaints.storage.people import FIELDS, People
from services.complaints.storage.projections import Copies, Person, Unit
from services.complaints.storage.queues import handled_by
from services.complaints.usecases.finding import need_case
from services.complaints.usecases.guards import guard
from services.complaints.usecases.leaving import masked_event, masked_urging
from services.complaints.usecases.people import place_of
from services.complaints.usecases.proceedings import proceedings, related, signs_of
from services.complaints.usecases.sight import sight_of
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.commands.cases import (
    CaseFilter,
    CaseQuery,
    OneCase,
    PublishedQuery,
    SimilarQuery,
    TraderQuery,
)
from shared.contracts.complaints.commands.shapes import Empty
from shared.database import Row, Session
from shared.vocabulary.complaints import CASE_EVENTS, COLOURS, OUTCOMES, QUEUES, READINGS

_SIMILAR = 20
_NOTHING = "此件没有您可以更正或撤销的步骤"


def list_cases(session: Session, actor: Actor, query: CaseQuery) -> Row:
    """List cases without who complained; a head sees the unit's, others what permissions.may_see says."""
    days = _days(session, actor.bureau)
    page = _lists(session, actor, days).page(query)
    names = _names(session, actor.bureau, page["items"])
    return {**page, "items": [_shown(row, names, days.today) for row in page["items"]]}


def count_cases(session: Session, actor: Actor, query: CaseFilter) -> Row:
    """Count the cases of each colour, those of none included."""
    counts = _lists(session, actor, _days(session, actor.bureau)).colours(query)
    return {"colours": [{"colour": one, "zh": zh, "cases": counts.get(one, 0)} for one, zh in COLOURS.items()]}


def count_queues(session: Session, actor: Actor, query: CaseFilter) -> Row:
    """Count what waits in each list that a clerk works off, of the cases that the actor sees."""
    counts = _lists(session, actor, _days(session, actor.bureau)).in_queues(query)
    return {"queues": [{"queue": one, "zh": zh, "cases": counts[one]} for one, zh in QUEUES.items()]}


def show_case(session: Session, actor: Actor, query: OneCase) -> Row:
    """Show one case with its deadlines and what the reader may do; who complained only to those who handle it."""
    one, place = _seen(session, actor, str(query["case"])), place_of(session, actor)
    days = _days(session, actor.bureau)
    lists = Lists(session, actor.bureau, None, days)
    row = lists.one(one.case.code)
    told: Row = {**dict.fromkeys(FIELDS, ""), "agent": None, "together": []}
    handling = permissions.may_see_people(actor, one.case, place)
    if handling:
        told = {
            **_people(session, actor.bureau, one.case.code),
            "summary": one.case.summary,
            "request": one.case.request,
        }
    consents = [{"matter": matter, "party": party} for matter, party in sorted(one.case.consents)]
    shown = _shown(row, _names(session, actor.bureau, [row]), days.today)
    names = ("at", "automatic", "text", "by", "answer_by", "answered_at")
    urged = [{name: getattr(each, name) for name in names} for each in one.case.supervised]
    urged = urged if handling else [masked_urging(each) for each in urged]
    linked, merged_from = Cases(session, actor.bureau).belonging(one.case)
    procedure = proceedings(one.case, linked, merged_from, handling=handling)
    settings = Copies(session, actor.bureau).calendar().settings
    more = {
        "consents": consents,
        "urged": urged,
        "procedure": procedure,
        "related": related(lists, one.case, linked, merged_from),
        "signs": signs_of(LookAlikes(session, actor.bureau), one, settings) if handling else [],
    }
    return {**shown, **told, **more, **_choices(actor, one, place)}


def show_history(session: Session, actor: Actor, query: OneCase) -> Row:
    """Return everything that happened to a case, in the order in which it was recorded."""
    one = _seen(session, actor, str(query["case"]))
    dead = annulled(one.history)
    corrected = {each.names for each in one.history if each.name == CORRECT and each.number not in dead}
    events = [_told(each, dead, corrected) for each in one.history]
    if not permissions.may_see_people(actor, one.case, place_of(session, actor)):
        events = [masked_event(each) for each in events]
    return {"case": one.case.code, "revision": one.case.revision, "events": events}


def list_published(session: Session, actor: Actor, query: PublishedQuery) -> Row:
    """List results of complaints as they are published: no consumer, and no text that somebody wrote."""
    page = Lists(session, actor.bureau, None, _days(session, actor.bureau)).published(query)
    return {**page, "items": [_published(row) for row in page["items"]]}


def find_similar(session: Session, actor: Actor, query: SimilarQuery) -> Row:
    """Return earlier cases of the same person or trader, for a person to judge; what is asked is not kept."""
    place = place_of(session, actor)
    guard(look_alike_permissions.may_look_for_similar(actor, place))
    keys, reports = People(actor.bureau).former_keys(query), look_alike_permissions.may_find_reports(actor, place)
    cases = LookAlikes(session, actor.bureau)
    found = cases.similar(keys, query["trader"], _SIMILAR, reports=reports)
    items = [
        one if look_alike_permissions.may_read_summary(actor, one["kind"]) else {**one, "summary": ""} for one in found
    ]
    return {"items": items, "complaints_of_person": cases.of_person(keys)}


def find_traders(session: Session, actor: Actor, query: TraderQuery) -> Row:
    """Find names of traders that hold what was typed, with how many cases each has."""
    guard(look_alike_permissions.may_look_for_similar(actor, place := place_of(session, actor)))
    reports = look_alike_permissions.may_find_reports(actor, place)
    return {"items": LookAlikes(session, actor.bureau).traders(query["q"], _SIMILAR, reports=reports)}


def list_regimes(_session: Session, _actor: Actor, _query: Empty) -> Row:
    """List every regime's terms and grounds with their articles, for screens to show."""
    names = ("code", "starts", "terms", "refusal", "termination", "beside", "readings")
    return {"regimes": [{name: getattr(one, name) for name in names} for one in REGIMES]}


def _published(row: Row) -> Row:
    told = {name: row[name] for name in ("number", "trader", "trader_address", "goods", "outcome")}
    days = {"concluded_on": day_of(row["concluded_at"]), "published_on": day_of(row["published_at"])}
    objected = row["objected_at"] is not None
    return {**told, **days, "zh": OUTCOMES[row["outcome"]], "objected": objected}


def _seen(session: Session, actor: Actor, code: str) -> CaseFile:
    one = need_case(session, actor, code)
    guard(permissions.may_see(actor, one.case, place_of(session, actor)))
    return one


def _lists(session: Session, actor: Actor, days: Days) -> Lists:
    own = handled_by(actor.person or "", permissions.headed_units(actor))
    return Lists(session, actor.bureau, sight_of(session, actor), days, own)


def _days(session: Session, bureau: str) -> Days:
    """Today, and the day until which a deadline is near, by working days as far as they are known."""
    today, known = clock.bureau_date(clock.now()), Copies(session, bureau).calendar()
    calendar = Provisional(known)
    soon, left = today, known.settings.on(today).soon_days
    while left:
        soon += timedelta(days=1)
        left -= calendar.is_working(soon)
    return Days(today, soon)


Names = tuple[Mapping[str, Unit], Mapping[str, Person]]


def _names(session: Session, bureau: str, rows: Sequence[Row]) -> Names:
    copies = Copies(session, bureau)
    return copies.units(), copies.persons().read(row["handler"] for row in rows)


def _shown(row: Row, names: Names, today: date) -> Row:
    units, people = names
    return {
        **row,
        "intake_unit_name": units[row["intake_unit"]].name if row["intake_unit"] in units else row["intake_unit"],
        "unit_name": units[row["unit"]].name if row["unit"] in units else None,
        "handler_name": people[row["handler"]].name if row["handler"] in people else None,
        "deadlines": [_deadline(one, today) for one in row["deadlines"]],
    }


def _deadline(one: Row, today: date) -> Row:
    """A deadline as of today. What the release before stored says less."""
    over = one["state"] == RUNNING and one["due"] and date.fromisoformat(one["due"]) < today
    others = [{**each, "zh": READINGS[each["reading"]]} for each in one.get("others", [])]
    before: Row = {"start": None, "provisional": False, "unit": None, "handler": None}
    before |= {"days": None, "counted": None, "extended": False, "pauses": []}
    return {**before, **one, "others": others, "state": OVERDUE if over else one["state"]}


def _people(session: Session, bureau: str, code: str) -> Row:
    row = Cases(session, bureau).row(code)
    assert row is not None
    told = People(bureau).open(row["contact"])
    agent = told["agent"]
    if agent is not None:
        told["agent"] = {name: value for name, value in agent.items() if name != "mandate"}
    return {**told, "consumer": told["consumer"] or row["consumer"]}


def _choices(actor: Actor, one: CaseFile, place: Any) -> Row:
    """The steps that the reader may take now, and of the others why not."""
    now = clock.now()
    may, why_not = [], []
    not_right = _nothing_to_put_right(actor, one, place)
    for step in permissions.steps_of(one.case):
        if step in PUTTING_RIGHT:
            reason = not_right
        else:
            event = Event(len(one.history) + 1, step, now, now, actor.account, actor.person, {})
            refused = impossible(one.case, event)
            reason = permissions.why_not_step(actor, step, one.case, place)
            reason = reason or (refused.refusals[0].zh if refused else None)
        if reason is None:
            may.append(step)
        else:
            why_not.append({"step": step, "zh": reason})
    return {"may": may, "why_not": why_not}


def _nothing_to_put_right(actor: Actor, one: CaseFile, place: Any) -> str | None:
    """Why not at all; who may put some event right is told which when they name it."""
    if not permissions.may_put_something_right(actor, one.case, place):
        return permissions.why_not_step(actor, ANNUL, one.case, place) or _NOTHING
    named = (named_by(one.case.code, one.history, each.number) for each in one.history)
    reasons = (permissions.why_not_step(actor, ANNUL, one.case, place, each) for each in named)
    return None if any(each is None for each in reasons) else _NOTHING


def _told(event: Event, dead: set[int], corrected: set[int | None]) -> Row:
    names = ("number", "name", "happened_at", "recorded_at", "account", "person", "on_behalf_of", "why", "inherited")
    return {
        **{name: getattr(event, name) for name in names},
        "zh": CASE_EVENTS[event.name],
        "backdated": is_backdated(event),
        "given": plain(event.given),
        "puts_right": event.names,
        "annulled": event.number in dead,
        "corrected": event.number in corrected,
    }
