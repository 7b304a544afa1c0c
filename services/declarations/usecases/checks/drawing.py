"""Draw what was announced once its public value is known; close a check with its figures, or cancel it."""

from collections.abc import Mapping

from services.declarations.domain.checking_permissions import (
    check_checks_on_the_spot,
    check_closes,
    check_runs_spot_checks,
)
from services.declarations.domain.inspections import Inspection
from services.declarations.domain.items import Item, Pair, check_decided, pair_of
from services.declarations.domain.organisation import who
from services.declarations.domain.sampling import protocol
from services.declarations.domain.spot_checks import ON_THE_SPOT, SpotCheck, check_all_found, check_none_found
from services.declarations.storage import checks
from services.declarations.storage.library import need_cycle
from services.declarations.storage.organisation import Organisation, unit_of_person
from services.declarations.usecases.checks.announce import answer, veto_indicator_for
from services.declarations.usecases.checks.correcting import Correcting
from services.declarations.usecases.checks.figures import figures_now
from services.declarations.usecases.checks.findings import tell_findings
from services.declarations.usecases.checks.involved import involved_in
from services.declarations.usecases.events import record_changes
from shared.actor import Actor
from shared.batches import check_no_repetition, each_row, pick
from shared.clock import now, today
from shared.contracts.declarations.commands.spot_checks import (
    Cancellation,
    CheckOnTheSpot,
    ChosenItem,
    ChosenSpotCheck,
    Drawing,
)
from shared.database import Row, Session
from shared.ids import new_id
from shared.vocabulary.refusals import check_revision, conflict, invalid


def draw_spot_check(session: Session, actor: Actor, command: Drawing) -> Row:
    """Draw the sample of a spot check. List and value decide; nobody else does."""
    check_runs_spot_checks(actor)
    cycle = need_cycle(session, actor.bureau, command["cycle"])
    cycle.check_open()
    old = _locked(session, actor, command)
    old.check_value(command["value"], today())
    value = command["value"].strip()
    drawn = protocol.draw(protocol.read(checks.list_of(session, old.spot_check)), value)
    work = Correcting(session, actor, cycle, [one.entry.pair for one in drawn])
    involved = involved_in(session, actor.bureau, work.items.values())
    assigned = [
        _assigned(old, work.item(*one.entry.pair), place, involved)
        | {"stratum": one.entry.stratum, "probability": str(one.probability), "inspector": one.inspector}
        for place, one in enumerate(drawn, 1)
    ]
    checks.add_inspections(session, [Inspection(**one) for one in assigned])
    return _changed(session, actor, old, old.drawn(value, who(actor), now()))


def check_on_the_spot(session: Session, actor: Actor, command: CheckOnTheSpot) -> Row:
    """Check single items on the spot; a leader's own inspection."""
    cycle = need_cycle(session, actor.bureau, command["cycle"])
    cycle.check_open()
    entries = command["items"]
    check_no_repetition(entries, lambda entry: (entry["kind"], entry["item"]))
    work = Correcting(session, actor, cycle, [(entry["kind"], entry["item"]) for entry in entries])
    items = list(work.items.values())
    involved, busy = (
        involved_in(session, actor.bureau, items),
        checks.checked_already(session, actor.bureau, work.items),
    )
    organisation = Organisation(session, actor.bureau, units={one.unit for one in items})
    home = unit_of_person(session, actor.bureau, actor.person)
    check = _on_the_spot(session, actor, command, len(entries))

    def one(entry: ChosenItem) -> Inspection:
        item = work.item(entry["kind"], entry["item"])
        check_checks_on_the_spot(actor, item.subject, organisation.unit(item.unit), involved[pair_of(item)], home)
        check_decided(item)
        if pair_of(item) in busy:
            raise conflict("item.being_checked", "该事项正在抽查中", "it is being checked already")
        place = {"stratum": "all", "probability": "1", "inspector": who(actor)}
        return Inspection(**_assigned(check, item, entries.index(entry) + 1, involved) | place)

    made = each_row(entries, one)
    checks.spot_checks(session, actor.bureau, cycle.cycle).add([check])
    checks.add_inspections(session, made)
    record_changes(session, actor, [(check, None)])
    return answer(check) | {"inspections": [_named(one) for one in made]}


def close_spot_check(session: Session, actor: Actor, command: ChosenSpotCheck) -> Row:
    """Close a spot check once every item is found: the figures, with the bounds that the
    sample allows. A leader closes their own."""
    old = _locked(session, actor, command)
    check_closes(actor, own=old.kind == ON_THE_SPOT and old.announced_by == who(actor))
    need_cycle(session, actor.bureau, command["cycle"]).check_open()
    inspected = checks.inspections_of(session, old.spot_check)
    now_closed = old.closed(figures_now(session, old), who(actor), today())
    check_all_found(sum(one.verdict is None for one in inspected))
    told = _changed(session, actor, old, now_closed)
    tell_findings(session, now_closed, who(actor))
    return told


def cancel_spot_check(session: Session, actor: Actor, command: Cancellation) -> Row:
    """Cancel a spot check with a reason, as long as nothing was found; it stays in the list for everybody to see."""
    check_runs_spot_checks(actor)
    need_cycle(session, actor.bureau, command["cycle"]).check_open()
    old = _locked(session, actor, command)
    inspected = checks.inspections_of(session, old.spot_check)
    cancelled = old.cancelled(command["reason"], who(actor), today())
    check_none_found(sum(one.verdict is not None for one in inspected))
    checks.call_off(session, old.spot_check)
    return _changed(session, actor, old, cancelled)


def _locked(session: Session, actor: Actor, command: Drawing | ChosenSpotCheck | Cancellation) -> SpotCheck:
    found = checks.spot_checks(session, actor.bureau, command["cycle"]).by_ids([command["spot_check"]])
    old = pick(found, "spot_check", command["spot_check"])
    check_revision("spot_check", command.get("revision"), old.revision)
    return old


def _changed(session: Session, actor: Actor, old: SpotCheck, new: SpotCheck) -> Row:
    checks.spot_checks(session, actor.bureau, old.cycle).change([new])
    record_changes(session, actor, [(new, old)])
    return answer(new)


def _assigned(check: SpotCheck, item: Item, place: int, involved: Mapping[Pair, set[str]]) -> Row:
    kind, number = pair_of(item)
    about = {name: getattr(item, name) for name in ("subject", "layer", "unit", "indicator", "period")}
    nothing = dict.fromkeys(
        ("verdict", "counts_before", "counts_after", "points_before", "points_after", "found_by", "found_on", "veto")
    )
    return {
        "bureau": check.bureau,
        "cycle": check.cycle,
        "inspection": new_id(),
        "revision": 1,
        "spot_check": check.spot_check,
        "kind": kind,
        "item": number,
        **about,
        "place": place,
        "excluded": sorted(involved[kind, number]),
        "recused": [],
        "status": "assigned",
        "text": "",
        "evidence": [],
        **nothing,
    }


def _on_the_spot(session: Session, actor: Actor, command: CheckOnTheSpot, count: int) -> SpotCheck:
    if not command["reason"].strip():
        raise invalid("reason.required", "现场检查须说明理由", "a check on the spot needs its reason", "reason")
    named = command.get("veto_indicator")
    return SpotCheck(
        bureau=actor.bureau,
        cycle=command["cycle"],
        spot_check=new_id(),
        revision=1,
        kind=ON_THE_SPOT,
        status="drawn",
        title=command["title"] or "领导直接抽查",
        reason=command["reason"],
        period=None,
        scope={},
        method={},
        veto_indicator=veto_indicator_for(session, actor, command["cycle"], named),
        population=count,
        sample=count,
        strata={},
        pool=[],
        commitment="",
        value_name="",
        value_due=None,
        value=None,
        announced_by=who(actor),
        announced_at=now(),
        drawn_by=None,
        drawn_at=None,
        closed_by=None,
        closed_on=None,
        figures={},
    )


def _named(one: Inspection) -> Row:
    return {name: getattr(one, name) for name in ("inspection", "revision", "kind", "item", "status", "inspector")}
