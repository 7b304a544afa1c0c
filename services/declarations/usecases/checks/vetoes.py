"""Vetoes: propose, confirm, lift."""

from services.declarations.domain.appeals import VETO
from services.declarations.domain.checking_choices import veto_choices
from services.declarations.domain.choices import nothing
from services.declarations.domain.indicators import check_suits, check_veto
from services.declarations.domain.organisation import Unit, who
from services.declarations.domain.permissions import check_decides_veto, check_not_subject, check_proposes_veto
from services.declarations.domain.vetoes import Veto, check_fact_day
from services.declarations.storage import inbox_steps as waiting
from services.declarations.storage.aggregates import vetoes
from services.declarations.storage.appeals import appeal_states
from services.declarations.storage.library import find_cycle, indicators_by_code, need_cycle
from services.declarations.storage.naming import with_names
from services.declarations.storage.organisation import Organisation
from services.declarations.storage.scopes import Scope
from services.declarations.storage.vetoes import page_of_vetoes
from services.declarations.usecases.events import record_changes
from services.declarations.usecases.evidence.referring import Referring
from services.declarations.usecases.transitions import Batch
from shared.actor import Actor
from shared.batches import each_row
from shared.clock import today
from shared.contracts.declarations.commands.vetoes import ChosenVeto, DecidedVetoes, NewVeto, NewVetoes, VetoQuery
from shared.database import Row, Session
from shared.ids import new_id

PEOPLE = ("proposed_by", "decided_by")


def propose_vetoes(session: Session, actor: Actor, command: NewVetoes) -> Row:
    cycle = need_cycle(session, actor.bureau, command["cycle"])
    cycle.check_open()
    entries = command["vetoes"]
    library = indicators_by_code(session, actor.bureau, cycle.cycle, (entry["indicator"] for entry in entries))
    organisation = Organisation(session, actor.bureau, subjects=(entry["subject"] for entry in entries))

    referring = Referring(session, actor, cycle.cycle, (entry["evidence"] for entry in entries))

    def propose(entry: NewVeto) -> Veto:
        indicator = library[entry["indicator"]]
        check_veto(indicator)
        subject = organisation.subject(entry["subject"])
        check_suits(indicator, subject)
        check_proposes_veto(actor, indicator.assessor_for(subject.unit.unit))
        check_not_subject(actor, subject.code, subject.unit)
        check_fact_day(entry["fact_on"], today())
        referring.check(entry["evidence"], subject.code)
        return Veto(
            bureau=actor.bureau,
            cycle=cycle.cycle,
            veto=new_id(),
            revision=1,
            indicator=indicator.indicator,
            subject=subject.code,
            layer=subject.layer,
            unit=subject.unit.unit,
            status="proposed",
            reason=entry["reason"],
            decision="",
            proposed_by=who(actor),
            decided_by=None,
            source=entry["source"],
            source_ref=entry["source_ref"],
            evidence=entry["evidence"],
            fact_on=entry["fact_on"],
            decided_on=None,
        )

    proposed = each_row(entries, propose)
    vetoes(session, actor.bureau, cycle.cycle).add(proposed)
    referring.note("veto", ((one.veto, one.subject, one.evidence) for one in proposed))
    record_changes(session, actor, [(one, None) for one in proposed])
    return _answer(proposed)


def confirm_vetoes(session: Session, actor: Actor, command: DecidedVetoes) -> Row:
    return _decided(session, actor, command, "confirm")


def lift_vetoes(session: Session, actor: Actor, command: DecidedVetoes) -> Row:
    return _decided(session, actor, command, "lift")


def list_vetoes(session: Session, actor: Actor, query: VetoQuery) -> Row:
    """Return a page of the vetoes that the actor may see, each with the state of the newest appeal against it."""
    scope, cycle = Scope.of(session, actor), find_cycle(session, actor.bureau, query["cycle"])
    mine = waiting.asked(
        query.get("waiting"), lambda step: waiting.vetoes(step, scope), open_=bool(cycle and cycle.is_open)
    )
    page = page_of_vetoes(session, scope, query, mine)
    states = appeal_states(session, actor.bureau, VETO, [one["veto"] for one in page["items"]])
    check_open = cycle.check_open if cycle else nothing
    rows = [
        {
            **one,
            "appeal": states.get(one["veto"]),
            **veto_choices(actor, Veto(**one), scope.units[one["unit"]], check_open),
        }
        for one in page["items"]
    ]
    return {**page, "items": with_names(session, actor.bureau, rows, *PEOPLE)}


def _decided(session: Session, actor: Actor, command: DecidedVetoes, verb: str) -> Row:
    def decide(old: Veto, _entry: ChosenVeto, unit: Unit) -> Veto:
        check_decides_veto(actor, old.proposed_by, verb)
        check_not_subject(actor, old.subject, unit)
        return old.decided(verb, command["decision"], who(actor), today())

    batch = Batch(session, actor, command["cycle"], command["vetoes"], command["mode"])
    done = batch.move(vetoes(session, actor.bureau, command["cycle"]), "veto", "veto", decide)
    return {**_answer(done), **batch.left_out}


def _answer(shown: list[Veto]) -> Row:
    names = ("veto", "revision", "indicator", "subject", "layer", "status", "reason", "decision", "source", "fact_on")
    return {"vetoes": [{name: getattr(one, name) for name in names} for one in shown]}
