"""What targets are generated from: settings, past results, and the leaders' floors and ceilings, all on record."""

from collections.abc import Iterator, Mapping, Sequence

from services.targets.domain import permissions
from services.targets.domain.sharing import EligibilityRule, SharingSettings
from services.targets.storage.generation import Bound, Bounds, Results, Settings, settings_document
from services.targets.storage.library import Libraries
from services.targets.storage.persons import Persons
from services.targets.storage.published_results import PublishedResults
from services.targets.storage.units import Positions, Units
from services.targets.usecases.guards import changeable, known_cycle, need, none_wrong, written
from services.targets.usecases.sharing import BUREAU
from shared.actor import Actor
from shared.clock import now
from shared.contracts.targets.commands import generation_inputs as commands
from shared.contracts.targets.commands.generation_inputs import (
    BoundQuery,
    PastResult,
    RecordResults,
    SetBounds,
    SetGenerationSettings,
)
from shared.contracts.targets.commands.keys import OneCycle
from shared.database import Row, Session
from shared.errors import Entry
from shared.recording import audit
from shared.vocabulary.refusals import check_revision


def get_generation_settings(session: Session, actor: Actor, query: OneCycle) -> Row:
    need(permissions.may_see_drafts(actor))
    cycle = known_cycle(session, actor, query["cycle"])
    settings, revision = Settings(session, actor.bureau, cycle.cycle).get()
    return {**settings_document(settings), "cycle": cycle.cycle, "revision": revision}


def set_generation_settings(session: Session, actor: Actor, command: SetGenerationSettings) -> Row:
    """Set the whole document; what is not said counts in full again."""
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True)
    changeable(cycle)
    stored = Settings(session, actor.bureau, cycle.cycle)
    before, revision = stored.get()
    check_revision("generation_settings", command["revision"], revision)
    none_wrong("settings.invalid", [*_unknown(session, actor, command)], zh="设置有误", en="the settings have faults")
    settings = SharingSettings(
        smoothing=command["smoothing"],
        ratchet=command["ratchet"],
        trend=command["trend"],
        years=command["years"],
        lowest=command["lowest"],
        highest=command["highest"],
        positions=command["positions"],
        persons=command["persons"],
        eligibility=tuple(_rule(rule) for rule in command["eligibility"]),
    )
    written(whole=stored.save(settings, revision + 1, actor.account))
    subject = f"{actor.bureau}/{cycle.cycle}"
    old, new = settings_document(before), settings_document(settings)
    audit(session, action="generation_settings.set", subject=subject, before=old, after=new)
    return {**new, "cycle": cycle.cycle, "revision": revision + 1}


def record_results(session: Session, actor: Actor, command: RecordResults) -> Row:
    """Record what units, persons and (as *) the bureau reached in past years; given
    again, a result replaces the earlier one."""
    need(permissions.may_manage_cycle(actor))
    rows = command["results"]
    stored = Results(session, actor.bureau)
    before = stored.some((one["indicator"], one["subject"], one["year"]) for one in rows)
    known = PublishedResults(session, actor.bureau).published((one["year"], one["subject"]) for one in rows)
    zh, en = "该年度成绩已公布，以公布的为准", "that year is published, and stands as it was published"
    taken = [
        {"row": row, "field": "subject", "code": "result.published", "zh": zh, "en": en}
        for row, one in enumerate(rows)
        if (one["year"], one["subject"]) in known
    ]
    none_wrong("results.invalid", [*_nobody(session, actor, rows), *taken], zh="实绩有误", en="the results have faults")
    stored.save(rows, actor.account)
    for one in rows:
        key = (one["indicator"], one["subject"], one["year"])
        if before.get(key) != one["quantity"]:
            old = {"quantity": before[key]} if key in before else {}
            subject = "/".join((actor.bureau, *key))
            audit(session, action="result.recorded", subject=subject, before=old, after={"quantity": one["quantity"]})
    return {"recorded": len(rows)}


def set_bounds(session: Session, actor: Actor, command: SetBounds) -> Row:
    """Set the leaders' floor and ceiling for the bureau (*), a unit or a person,
    with the reason. Neither: the limit is lifted."""
    cycle = known_cycle(session, actor, command["cycle"], lock=True)
    changeable(cycle)
    rows = command["bounds"]
    libraries = Libraries(session, actor.bureau, cycle.cycle)
    found = libraries.indicators(cycle.library_revision + 1) or libraries.indicators(cycle.library_revision)
    lines = {one.indicator: one.line for one in found}
    for one in rows:
        need(permissions.may_set_bounds(actor, lines.get(one["indicator"], "")))
    unknown = [
        _fault(row, "indicator", "indicator.unknown") for row, one in enumerate(rows) if one["indicator"] not in lines
    ]
    none_wrong(
        "bounds.invalid", [*unknown, *_nobody(session, actor, rows)], zh="上下限有误", en="the bounds have faults"
    )
    stored = Bounds(session, actor.bureau, cycle.cycle)
    before = stored.all()
    at = now()
    after = [Bound(**one, revision=_next(before, one), by=actor.account, at=at) for one in rows]
    written(whole=stored.save(after))
    for bound in after:
        key = (bound.indicator, bound.subject)
        subject = "/".join((actor.bureau, cycle.cycle, *key))
        old = before[key].said if key in before else {}
        audit(session, action="bounds.set", subject=subject, before=old, after=bound.said)
    return {"set": len(rows)}


def list_bounds(session: Session, actor: Actor, query: BoundQuery) -> Row:
    cycle = known_cycle(session, actor, query["cycle"])
    return Bounds(session, actor.bureau, cycle.cycle).page(query)


def _next(before: Mapping[tuple[str, str], Bound], one: commands.Bound) -> int:
    known = before.get((one["indicator"], one["subject"]))
    return known.revision + 1 if known else 1


def _rule(rule: commands.EligibilityRule) -> EligibilityRule:
    return EligibilityRule(
        rule["prefix"], tuple(rule["unit_kinds"]), tuple(rule["positions"]), tuple(rule["not_positions"])
    )


def _unknown(session: Session, actor: Actor, command: SetGenerationSettings) -> Iterator[Entry]:
    """Positions and persons that are not there: a misspelt code would silently count in full."""
    positions = Positions(session, actor.bureau).all()
    for code in command["positions"]:
        if code not in positions:
            yield {**_fault(0, f"positions.{code}", "position.unknown"), "row": None}
    persons = Persons(session, actor.bureau).some(command["persons"])
    for code in command["persons"]:
        if code not in persons:
            yield {**_fault(0, f"persons.{code}", "person.unknown"), "row": None}
    for row, rule in enumerate(command["eligibility"]):
        for code in (*rule["positions"], *rule["not_positions"]):
            if code not in positions:
                yield _fault(row, f"eligibility.{code}", "position.unknown")


def _nobody(session: Session, actor: Actor, rows: Sequence[PastResult | commands.Bound]) -> Iterator[Entry]:
    units = Units(session, actor.bureau).all()
    persons = Persons(session, actor.bureau).some({one["subject"] for one in rows} - units.keys() - {BUREAU})
    for row, one in enumerate(rows):
        if one["subject"] not in units and one["subject"] not in persons and one["subject"] != BUREAU:
            yield _fault(row, "subject", "subject.unknown")


def _fault(row: int, field: str, code: str) -> Entry:
    return {"row": row, "field": field, "code": code, "zh": "没有该编码", "en": "there is no such code"}
