"""What the bureau decides for itself: set from a day on, told with what was set before."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, time
from typing import Any

from services.complaints.domain import permissions
from services.complaints.domain.calendars import known_until
from services.complaints.domain.jurisdiction import Jurisdiction
from services.complaints.domain.regimes import REGIMES, Readings
from services.complaints.domain.settings import SIGNS, Settings
from services.complaints.storage.cases import Cases
from services.complaints.storage.projections import Copies, Unit
from services.complaints.storage.settings import StoredSettings, read, written
from services.complaints.usecases.guards import guard
from services.complaints.usecases.people import place_of
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.commands.settings import NewCaseSettings
from shared.contracts.complaints.commands.shapes import Empty
from shared.database import Row, Session
from shared.recording import audit
from shared.vocabulary.refusals import check_revision, conflict, invalid


def get_settings(session: Session, actor: Actor, _query: Empty) -> Row:
    """Tell what holds today and what was set from which day on."""
    stored = StoredSettings(session, actor.bureau)
    today = stored.dated().on(clock.today())
    dated = [_told(read(row["body"]), row["starts"]) for row in stored.rows()]
    since = max((one["starts"] for one in dated if one["starts"] <= clock.today()), default=None)
    return {"revision": stored.revision(), "today": _told(today, since), "dated": dated}


def put_settings(session: Session, actor: Actor, command: NewCaseSettings) -> Row:
    """Let all of them hold from a day on. Open cases are recounted some at a time; what was decided keeps what it was decided by."""
    guard(permissions.may_set_case_settings(actor, place_of(session, actor)))
    stored, copies, now = StoredSettings(session, actor.bureau), Copies(session, actor.bureau), clock.now()
    stored.hold()
    copies.hold_calendar()
    _check_units(command, copies.units())
    revision, starts = stored.revision(), command["starts"]
    check_revision("case_settings", command["revision"], revision)
    if starts < clock.bureau_date(now):
        raise conflict(
            "case_settings.past", "只能从今天或以后的日期起施行", "they hold from today on at the earliest", "starts"
        )
    before = stored.dated().on(starts)
    chosen = _chosen(command, before)
    stored.set(starts, chosen, revision=revision + 1, at=now, by=actor.account)
    copies.add_calendar(copies.overrides(), now)
    told = {"starts": starts.isoformat(), **written(chosen)}
    audit(session, action="case_settings.set", subject=actor.bureau, before=written(before), after=told)
    return get_settings(session, actor, Empty())


def show_calendar(session: Session, actor: Actor, _query: Empty) -> Row:
    """Tell until when the working days are known, and how many open cases wait for more."""
    guard(permissions.may_see_all(actor))
    copies, cases = Copies(session, actor.bureau), Cases(session, actor.bureau)
    version = copies.calendar_version()
    return {
        "known_until": known_until(copies.calendar(), clock.today()),
        "provisional": cases.provisional(),
        "waiting": cases.waiting(version),
    }


def _chosen(command: NewCaseSettings, before: Settings) -> Settings:
    """Return what is set; what a client of an earlier release does not say stays as it was."""
    said = {name: value for name, value in command.items() if name not in ("starts", "revision") and value is not None}
    given = {**vars(before), **said}
    typed: dict[str, Any] = {
        "readings": {code: Readings(**one) for code, one in command["readings"].items()},
        "satisfied": frozenset(given["satisfied"]),
        "warn_hours": tuple(sorted(set(given["warn_hours"]), reverse=True)),
        "jurisdictions": tuple(one if isinstance(one, Jurisdiction) else _whose(one) for one in given["jurisdictions"]),
        "quiet_from": time.fromisoformat(given["quiet_from"]),
        "quiet_until": time.fromisoformat(given["quiet_until"]),
    }
    return Settings(**{**given, **typed})


def _whose(given: Mapping[str, Any]) -> Jurisdiction:
    return Jurisdiction(given["by"], given["words"].strip(), given["unit"], given["other_bureau"])


def _check_units(command: NewCaseSettings, units: Mapping[str, Unit]) -> None:
    for row, one in enumerate(command["jurisdictions"] or ()):
        if one["unit"] is not None and one["unit"] not in units:
            raise invalid("unit.unknown", "没有该单位", "no such unit", f"jurisdictions.{row}.unit")


def _told(one: Settings, starts: date | None) -> Row:
    readings = {regime.code: asdict(one.of(regime)) for regime in REGIMES}
    return {**written(one), "readings": readings, "signs": {**SIGNS, **one.signs}, "starts": starts}
