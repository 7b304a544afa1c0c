"""Importing an export of the national platform: its rows wait sealed and are registered some hundreds at a time.

What a step has done is committed together with how far it has come, so that an import that is interrupted goes on where it was;
what is registered under its number of the platform is passed over, so that the same file may come again.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.complaints.domain import permissions
from services.complaints.domain.cases import day_of
from services.complaints.domain.platform_rows import PlatformRow, platform_row
from services.complaints.sheets.platform_file import rows_of
from services.complaints.storage.cases import Cases
from services.complaints.storage.imports import Import, Imports, unfinished
from services.complaints.storage.look_alikes import LookAlikes
from services.complaints.storage.numbers import make_room
from services.complaints.storage.people import People
from services.complaints.storage.projections import Copies, Unit
from services.complaints.storage.sealing import newest_key
from services.complaints.usecases.arrivals import Arrival, organisation_of
from services.complaints.usecases.guards import guard
from services.complaints.usecases.intake_checks import faults_of
from services.complaints.usecases.numbering import new_numbers
from services.complaints.usecases.registering import file_of, note_registered
from services.complaints.usecases.storing import keep_reckoned, reckon_new
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.cases import NewCase
from shared.contracts.complaints.commands.imports import ImportFaults, ImportsQuery, OneImport, StartImport
from shared.database import Row, Session, Sessions
from shared.errors import Conflict, Invalid, NotFound, Problem
from shared.ids import new_id
from shared.jsontext import dumps, loads
from shared.logs import log
from shared.problems import as_problem
from shared.recording import audit
from shared.sheets.unreadable import Unreadable
from shared.vocabulary.platform_sheet import HEADINGS, folded

PART = 500  # rows of a step
MOST_KEPT, MOST_TOLD = 10_000, 500  # faults: in the sheet of them, and where the import is told
ATTEMPTS = 3
_SILENT = {name: field.load_default for name, field in NewCase().fields.items() if not field.required}


def start_import(session: Session, actor: Actor, command: StartImport) -> Row:
    """Read the file and put its rows by; they are checked, and registered where it is no trial, within seconds."""
    guard(permissions.may_import_cases(actor))
    units = Copies(session, actor.bureau).units()
    if command["intake_unit"] not in units:
        raise Invalid("unit.unknown", zh="没有该单位", en="no such unit")
    try:
        rows = rows_of(command["sheet"])
    except Unreadable as error:
        told = {"row": error.row, "code": error.code, "zh": error.zh, "en": error.en}
        raise Invalid(error.code, zh=error.zh, en=error.en, errors=[told] if error.row else []) from error
    people = People(actor.bureau)
    parts = [(newest_key(), people.seal_text(dumps(rows[at : at + PART]))) for at in range(0, len(rows), PART)]
    job = Import(
        job=new_id(),
        dry_run=command["dry_run"],
        file_name=command["file_name"],
        total=len(rows),
        intake_unit=command["intake_unit"],
        actor=actor.to_json(),
        by=actor.account,
        created_at=clock.now(),
    )
    Imports(session, actor.bureau).add(job, parts)
    begun = {"rows": len(rows), "dry_run": job.dry_run}
    audit(session, action="case_import.started", subject=job.job, before={}, after=begun)
    return _shown(session, actor, job.job)


def read_import(session: Session, actor: Actor, query: OneImport) -> Row:
    guard(permissions.may_import_cases(actor))
    return _shown(session, actor, str(query["job"]))


def list_imports(session: Session, actor: Actor, query: ImportsQuery) -> Row:
    guard(permissions.may_import_cases(actor))
    page = Imports(session, actor.bureau).page(query["after"], query["limit"])
    return {**page, "items": [_few(one) for one in page["items"]]}


def list_faults(session: Session, actor: Actor, query: ImportFaults) -> Row:
    """Return every fault of an import that was kept, for a sheet beside which the file is put right."""
    guard(permissions.may_import_cases(actor))
    return {"faults": _kept(session, actor, str(query["job"]))["faults"]}


def to_do(session: Session) -> list[tuple[Actor, str]]:
    """Return the imports that are not finished, each with in whose name it is done."""
    return [(Actor.from_json(whose), job) for whose, job in unfinished(session)]


def go_on(sessions: Sessions, actor: Actor, job: str) -> bool:
    """Do the next part of an import; False where there is none, or another replica is at one of the bureau's."""
    try:
        with sessions.begin(actor) as session:
            one = Imports(session, actor.bureau).lock(job)
            return one is not None and _step(session, actor, one)
    except Exception as error:
        problem = as_problem(error)
        if problem is None:
            log.exception("a part of an import failed", job=job)
        return _failed(sessions, actor, job, problem)


def _step(session: Session, actor: Actor, job: Import) -> bool:
    imports = Imports(session, actor.bureau)
    part = imports.next_part(job.job)
    if part is None:
        return _finish(session, actor, job)
    rows = loads(People(actor.bureau).open_text(part["sealed"]))
    faults, known, registered = _take(session, actor, job, rows)
    told = [*job.faults, *faults][:MOST_KEPT]
    counted = {"known": job.known + known, "registered": job.registered + registered}
    faulty = job.faulty + len({one["row"] for one in faults})
    imports.change(
        job.job, status="running", done=job.done + len(rows), faults=told, faulty=faulty, attempts=0, **counted
    )
    imports.drop_parts(job.job, part["part"])
    return True


def _finish(session: Session, actor: Actor, job: Import) -> bool:
    Imports(session, actor.bureau).change(job.job, status="done", finished_at=clock.now())
    came_to = {name: getattr(job, name) for name in ("registered", "known", "faulty", "dry_run")}
    audit(session, action="case_import.done", subject=job.job, before={}, after=came_to)
    return False


def _take(session: Session, actor: Actor, job: Import, rows: list[Any]) -> tuple[list[Row], int, int]:
    """Register what can be; returns the faults, how many were registered before, and how many are registered now."""
    now, copies = clock.now(), Copies(session, actor.bureau)
    units, named = copies.units(), _named(copies.units())
    read = [platform_row(number, told, named, job.intake_unit) for number, told in rows]
    good = {one.number: one for one in read if not one.faults}
    received = [one.case["received_at"] for one in good.values()]
    make_room(session, (one for one in received if one <= now))
    new = _unknown(session, actor, list(good.values()))
    arrivals = [_arrival(one, now) for one in new]
    for place, refused in faults_of(session, actor.bureau, arrivals, units, now):
        if refused.field != "at":  # registered now: a receipt to come is told once
            good[place].note(refused.field or "", refused.code, refused.zh, refused.en)
    kept = [one for one in arrivals if not good[one.place].faults]
    if kept and not job.dry_run:
        _register(session, actor, kept, units, now)
    faults = [_told(one.number, *each) for one in read for each in one.faults]
    return faults, len(good) - len(new), len(kept)


def _register(
    session: Session, actor: Actor, arrivals: list[Arrival], units: Mapping[str, Unit], now: datetime
) -> None:
    calendar = Copies(session, actor.bureau).calendar()
    settings = calendar.settings.on(day_of(now))
    coming = [(str(day_of(one.received_at).year), one.row["intake_unit"], one.row["kind"]) for one in arrivals]
    for one, number in zip(arrivals, new_numbers(session, actor.bureau, coming), strict=True):
        one.row["number"] = number
    files = [file_of(actor, one, units[one.row["intake_unit"]], now, settings) for one in arrivals]
    keep_reckoned(session, actor.bureau, reckon_new(files, calendar))
    note_registered(session, files)


def _unknown(session: Session, actor: Actor, rows: list[PlatformRow]) -> list[PlatformRow]:
    """Return the first row of each number that is not registered, as a platform's number or as the case's own."""
    cases, numbers = Cases(session, actor.bureau), [str(one.case["platform_number"]) for one in rows]
    cases.hold_numbers(["platform"])
    seen = LookAlikes(session, actor.bureau).of_platform(numbers) | {
        number for _, _, number in cases.numbers_taken(numbers)
    }
    new = []
    for one in rows:
        if one.case["platform_number"] not in seen:
            seen.add(one.case["platform_number"])
            new.append(one)
    return new


def _arrival(one: PlatformRow, now: datetime) -> Arrival:
    row: Any = {**_SILENT, "together": [], **one.case}
    return Arrival(row, one.number, new_id(), now, one.case["received_at"], None)


def _named(units: Mapping[str, Unit]) -> dict[str, str]:
    taking = [one for one in units.values() if one.active and organisation_of(one) == "bureau"]
    return {folded(word): one.code for one in taking for word in (one.name, one.code)}


def _told(row: int, column: str, code: str, zh: str, en: str) -> Row:
    shown = HEADINGS[column][0] if column in HEADINGS else column
    return {"row": row, "column": shown, "code": code, "zh": zh, "en": en}


def _failed(sessions: Sessions, actor: Actor, job: str, problem: Problem | None) -> bool:
    """A refusal ends the import and says why; whatever else went wrong is tried again."""
    with sessions.begin(actor) as session:
        imports = Imports(session, actor.bureau)
        one = imports.lock(job)
        if one is None:
            return False
        passing = problem is None or problem.status >= 500 or problem.code in ("state.contended", "state.conflict")
        if passing and one.attempts + 1 < ATTEMPTS:
            imports.change(job, attempts=one.attempts + 1)
            return True
        told = problem or Conflict("job.given_up", zh="导入多次中断，已放弃", en="the import was interrupted too often")
        imports.change(job, status="failed", finished_at=clock.now(), problem=told.to_json())
        imports.drop_parts(job)
    return False


def _shown(session: Session, actor: Actor, job: str) -> Row:
    return _few(_kept(session, actor, job))


def _few(told: Row) -> Row:
    return {**told, "faults": told["faults"][:MOST_TOLD]}


def _kept(session: Session, actor: Actor, job: str) -> Row:
    found = Imports(session, actor.bureau).shown(job)
    if found is None:
        raise NotFound("job.unknown", zh="没有这次导入", en="there is no such import")
    return found
