"""临时工作 done without an order: report, confirm, assess. What is assessed enters as a task order already judged, so that it scores like one."""

from collections.abc import Callable
from typing import Generic, TypedDict

from services.declarations.domain.contributions import check_same_subject
from services.declarations.domain.cycles import Cycle
from services.declarations.domain.delegations import in_whose_name
from services.declarations.domain.indicators import Indicator, check_suits, check_tool
from services.declarations.domain.items import TASK_ORDER
from services.declarations.domain.order_permissions import check_assesses_work, check_confirms_work
from services.declarations.domain.organisation import Subject, Unit, who
from services.declarations.domain.permissions import check_answers_for
from services.declarations.domain.temporary import (
    STATES,
    TOOL,
    TemporaryWork,
    check_done_on,
    check_temporary,
)
from services.declarations.domain.ways_back import UNUSED, check_unused
from services.declarations.domain.ways_back_permissions import check_takes_back_step
from services.declarations.storage.aggregates import task_orders, temporary_works
from services.declarations.storage.delegations import deciders_of
from services.declarations.storage.library import indicators_by_code, need_cycle
from services.declarations.storage.organisation import Organisation
from services.declarations.storage.uses import uses_of
from services.declarations.usecases.events import record_changes
from services.declarations.usecases.evidence.referring import Referring
from services.declarations.usecases.orders.steps import note
from services.declarations.usecases.transitions import Batch, Entry
from shared.actor import Actor
from shared.batches import check_no_repetition, each_row, pick
from shared.clock import today
from shared.contracts.declarations.commands.temporary_work import (
    AssessedWork,
    ChosenWork,
    ChosenWorks,
    NewWork,
    NewWorks,
    WorkAssessment,
    WorkConfirmation,
    WorksTakenBack,
)
from shared.database import Row, Session
from shared.ids import new_id
from shared.vocabulary.refusals import check_replaces


class _Works(TypedDict, Generic[Entry]):
    cycle: str
    mode: str
    works: list[Entry]


def report_works(session: Session, actor: Actor, command: NewWorks) -> Row:
    """Report temporary work.

    An entry that names a returned ``work`` reports it again.
    """
    cycle = need_cycle(session, actor.bureau, command["cycle"])
    cycle.check_open()
    entries = command["works"]
    again = [entry["work"] for entry in entries if entry.get("work")]
    check_no_repetition(again, lambda one: one)
    store = temporary_works(session, actor.bureau, cycle.cycle)
    stored = store.by_ids(again)
    library = indicators_by_code(session, actor.bureau, cycle.cycle, (entry["indicator"] for entry in entries))
    organisation = Organisation(session, actor.bureau, subjects=(entry["subject"] for entry in entries))
    referring = Referring(session, actor, cycle.cycle, (entry["evidence"] for entry in entries))

    def one(entry: NewWork) -> tuple[TemporaryWork, TemporaryWork | None]:
        old = pick(stored, "work", entry["work"]) if entry.get("work") else None
        subject = organisation.subject(entry["subject"])
        referring.check(entry["evidence"], subject.code)
        return _reported(actor, cycle, library[entry["indicator"]], subject, entry, old), old

    changes = each_row(entries, one)
    store.add([new for new, old in changes if old is None])
    store.change([new for new, old in changes if old is not None])
    referring.note("temporary_work", ((new.work, new.subject, new.evidence) for new, _ in changes))
    record_changes(session, actor, changes)
    return _answer([new for new, _ in changes])


def confirm_works(session: Session, actor: Actor, command: WorkConfirmation) -> Row:
    """Confirm temporary work: ``decision`` confirm or return (with a ``reason``), by
    the head who verifies the subject's items."""

    deciders = deciders_of(session, actor, today())

    def confirm(old: TemporaryWork, _entry: ChosenWork, unit: Unit) -> TemporaryWork:
        in_whose_name(deciders, lambda one: check_confirms_work(one, old, unit))
        return old.confirmed(who(actor)) if command["decision"] == "confirm" else old.returned(command["reason"])

    return _moved(session, actor, command, confirm)


def withdraw_works(session: Session, actor: Actor, command: ChosenWorks) -> Row:
    """Withdraw temporary work that nobody has confirmed; it may be reported again."""

    def withdraw(old: TemporaryWork, _entry: ChosenWork, unit: Unit) -> TemporaryWork:
        check_answers_for(actor, Subject(old.subject, old.layer, unit.line, unit))
        return old.withdrawn()

    return _moved(session, actor, command, withdraw)


def take_back_confirmations(session: Session, actor: Actor, command: WorksTakenBack) -> Row:
    """Take back one's own confirmation before the work is assessed, or one's own assessment or rejection, with a reason."""
    batch = Batch(session, actor, command["cycle"], command["works"], command["mode"])
    store = temporary_works(session, actor.bureau, command["cycle"])
    orders = task_orders(session, actor.bureau, command["cycle"])
    stored = store.by_ids(entry["work"] for entry in command["works"])
    entered = orders.by_ids(one.order for one in stored.values() if one.order)
    uses = uses_of(session, actor.bureau, TASK_ORDER, {name: one.revision for name, one in entered.items()})

    def take_back(old: TemporaryWork, _entry: ChosenWork, _unit: Unit) -> TemporaryWork:
        check_takes_back_step(actor, old.last_decider)
        check_unused(TASK_ORDER, uses.get(old.order or "", UNUSED))
        return old.taken_back(command["reason"])

    done = batch.move(store, "work", "work", take_back)
    fallen = [order for one in done if (order := entered.get(stored[one.work].order or ""))]
    voided = [order.voided(note(actor, command["reason"])) for order in fallen]
    orders.change(voided)
    record_changes(session, actor, list(zip(voided, fallen, strict=True)))
    return {**_answer(done), **batch.left_out}


def assess_works(session: Session, actor: Actor, command: WorkAssessment) -> Row:
    """Assess temporary work: ``decision`` assess (each entry with its
    ``counts``), return or reject (with a ``reason``)."""
    batch = Batch(session, actor, command["cycle"], command["works"], command["mode"])
    store = temporary_works(session, actor.bureau, command["cycle"])
    stored = store.by_ids(entry["work"] for entry in command["works"])
    library = indicators_by_code(session, actor.bureau, command["cycle"], {one.indicator for one in stored.values()})

    def assess(old: TemporaryWork, entry: AssessedWork, unit: Unit) -> TemporaryWork:
        check_assesses_work(actor, old, unit)
        if command["decision"] == "return":
            return old.returned(command["reason"])
        if command["decision"] == "reject":
            return old.rejected(command["reason"], who(actor))
        counts = entry.get("counts") or {}
        library[old.indicator].check_counts(counts)
        return old.assessed(counts, new_id(), who(actor))

    done = batch.move(store, "work", "work", assess)
    ordered = [one.as_order(one.order, one.counts, who(actor), today()) for one in done if one.order]
    task_orders(session, actor.bureau, command["cycle"]).add(ordered)
    record_changes(session, actor, [(one, None) for one in ordered])
    return {**_answer(done), **batch.left_out}


def _reported(
    actor: Actor, cycle: Cycle, indicator: Indicator, subject: Subject, entry: NewWork, old: TemporaryWork | None
) -> TemporaryWork:
    check_answers_for(actor, subject)
    check_tool(indicator, TOOL)
    check_temporary(indicator)
    check_suits(indicator, subject)
    period = cycle.period(entry["period"], indicator.frequency)
    period.check_begun(today())
    check_done_on(entry["done_on"], period.starts, period.ends, today())
    status = STATES.after("report", old.status if old else None)
    if old:
        check_same_subject(old.subject, subject.code)
        check_replaces("work", entry.get("revision"), old.revision)
    return TemporaryWork(
        bureau=actor.bureau,
        cycle=cycle.cycle,
        work=old.work if old else new_id(),
        revision=old.revision + 1 if old else 1,
        indicator=indicator.indicator,
        subject=subject.code,
        layer=subject.layer,
        period=period.code,
        unit=subject.unit.unit,
        assessor=indicator.assessor_for(subject.unit.unit),
        status=status,
        title=entry["title"],
        outcome=entry["outcome"],
        asked_by=entry["asked_by"],
        done_on=entry["done_on"],
        evidence=entry["evidence"],
        counts={},
        reason="",
        order=None,
        reported_by=who(actor),
        confirmed_by=None,
        assessed_by=None,
    )


def _moved(
    session: Session,
    actor: Actor,
    command: _Works[Entry],
    decide: Callable[[TemporaryWork, Entry, Unit], TemporaryWork],
) -> Row:
    batch = Batch(session, actor, command["cycle"], command["works"], command["mode"])
    done = batch.move(temporary_works(session, actor.bureau, command["cycle"]), "work", "work", decide)
    return {**_answer(done), **batch.left_out}


def _answer(works: list[TemporaryWork]) -> Row:
    names = ("work", "revision", "indicator", "subject", "period", "status", "title", "counts", "order")
    return {"works": [{name: getattr(one, name) for name in names} for one in works]}
