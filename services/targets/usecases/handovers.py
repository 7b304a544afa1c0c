"""Staff hand claims on among themselves: proposed, agreed to, confirmed by the head or standing by the cycle's rule."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from services.targets.domain import claim_permissions, permissions
from services.targets.domain.claim_choices import Moment, handover_choices
from services.targets.domain.claims import Claim
from services.targets.domain.cycles import Cycle
from services.targets.domain.handovers import Handover
from services.targets.domain.indicators import Indicator
from services.targets.domain.refusals import NOT_OPEN
from services.targets.storage.claims import Claims
from services.targets.storage.handovers import Handovers, NamedHandover, handovers_due
from services.targets.storage.library import Libraries
from services.targets.storage.persons import Persons
from services.targets.usecases.choices import told_choices
from services.targets.usecases.claims_batch import none_refused
from services.targets.usecases.claims_book import Book
from services.targets.usecases.deadlines import moment_of
from services.targets.usecases.guards import (
    in_words,
    known_cycle,
    need,
    none_in_the_way,
    none_wrong,
    open_cycle,
    written,
)
from services.targets.usecases.transfers import Unplaced, hand_on, served_part, transfer_part
from shared.actor import Actor
from shared.clock import now, today
from shared.contracts.targets.commands.claims_transfers import Transfer
from shared.contracts.targets.commands.handovers import (
    AnswerHandover,
    DecideHandover,
    HandoverQuery,
    OneHandover,
    ProposeHandover,
)
from shared.database import Row, Session
from shared.errors import NotFound, Problem
from shared.ids import new_id
from shared.recording import audit
from shared.vocabulary.refusals import Refusal


def propose_handover(session: Session, actor: Actor, command: ProposeHandover) -> Row:
    """Propose a handover to a colleague: some of the actor's claims, or as a ``substitute`` all of
    them. It must be possible when it is asked."""
    cycle = open_cycle(session, actor, command["cycle"])
    need(claim_permissions.may_hand_over(actor))
    one = Handover(
        new_id(),
        kind=command["kind"],
        giver=actor.person or "",
        taker=command["taker"],
        unit="",
        crosses=False,
        items=command["items"],
        keep_served=command["keep_served"],
        last_day=command["last_day"],
        reason=command["reason"],
        by=actor.account,
        at=now(),
    )
    book = Book(session, actor, cycle)
    held = _open(session, book, actor, cycle, one)
    unplaced = _move(session, book, actor, cycle, one, held)  # in the book, which is not saved
    crosses = any(book.subjects[one.taker].unit != claim.unit for claim in held)
    one = replace(one, unit=held[0].unit, crosses=crosses)
    _save(session, actor, cycle, one, None)
    return {**_document(one), "unplaced": unplaced}


def answer_handover(session: Session, actor: Actor, command: AnswerHandover) -> Row:
    """Take the colleague's answer. Where nobody has to confirm it, it is carried out with it."""
    cycle, before = _known(session, actor, command["cycle"], command["handover"])
    need(claim_permissions.may_answer_handover(actor, before))
    if not command["accept"]:
        return _stepped(session, actor, cycle, before, before.declined(command["note"], now()))
    rule = Handovers(session, actor.bureau, cycle.cycle).rule()
    alone = not before.crosses and "person" not in moment_of(session, actor, cycle).ended
    days = rule.days if alone and rule.confirm else None
    stands_on = today() + timedelta(days=days) if days is not None else None
    after = before.agreed(command["note"], now(), stands_on)
    if alone and not rule.confirm:
        _carry_out(session, actor, cycle, after)
        after = after.carried_out(actor.account, command["note"], now())
    return _stepped(session, actor, cycle, before, after)


def decide_handover(session: Session, actor: Actor, command: DecideHandover) -> Row:
    """Take the head's decision, or the office's: always where it goes to another unit.
    Never on what one gives or takes oneself."""
    cycle, before = _known(session, actor, command["cycle"], command["handover"])
    need(claim_permissions.may_decide_handover(actor, before))
    if not command["confirm"]:
        return _stepped(session, actor, cycle, before, before.refused(actor.account, command["note"], now()))
    after = before.carried_out(actor.account, command["note"], now())
    _carry_out(session, actor, cycle, before)
    return _stepped(session, actor, cycle, before, after)


def withdraw_handover(session: Session, actor: Actor, command: OneHandover) -> Row:
    cycle, before = _known(session, actor, command["cycle"], command["handover"])
    need(claim_permissions.may_withdraw_handover(actor, before))
    return _stepped(session, actor, cycle, before, before.withdrawn(now()))


def list_handovers(session: Session, actor: Actor, query: HandoverQuery) -> Row:
    """List one's own; those of a unit for its head; all for the office."""
    cycle = known_cycle(session, actor, query["cycle"])
    if query["unit"]:
        need(permissions.may_claim_for_unit(actor, query["unit"]))
    everybody = bool(query["unit"]) or permissions.may_manage_cycle(actor)
    person = None if everybody else actor.person or ""
    page = Handovers(session, actor.bureau, cycle.cycle).page(query, person=person)
    moment = moment_of(session, actor, cycle)
    library = Libraries(session, actor.bureau, cycle.cycle).indicators(cycle.library_revision)
    items = {one.indicator: one for one in library}
    return page.told(lambda one: _listed(actor, one, items, moment))


def due(session: Session) -> list[tuple[str, str]]:
    return handovers_due(session, today())


def standing(session: Session, actor: Actor, cycle: str) -> list[str]:
    return Handovers(session, actor.bureau, cycle).standing(today())


def let_stand(session: Session, actor: Actor, cycle_code: str, code: str) -> None:
    """Let a handover stand to which nobody said no in time. What the shares no longer allow has failed, and says so."""
    cycle = known_cycle(session, actor, cycle_code, lock=True, shared=True)
    before = Handovers(session, actor.bureau, cycle.cycle).get(code)
    if before is None or before.status != "accepted" or before.stands_on is None or before.stands_on > today():
        return
    try:
        none_in_the_way(None if cycle.takes_claims else NOT_OPEN)
        with session.begin_nested():
            _carry_out(session, actor, cycle, before)
    except Problem as problem:
        after = before.failed(actor.account, in_words(problem), now())
    else:
        after = before.carried_out(actor.account, before.note, now())
    _save(session, actor, cycle, after, before)


def _carry_out(session: Session, actor: Actor, cycle: Cycle, one: Handover) -> None:
    book = Book(session, actor, cycle)
    held = _open(session, book, actor, cycle, one)
    _move(session, book, actor, cycle, one, held)
    book.save()


def _open(session: Session, book: Book, actor: Actor, cycle: Cycle, one: Handover) -> list[Claim]:
    every = Claims(session, actor.bureau, cycle.cycle).of_subject(one.giver)
    named = {item["indicator"] for item in one.items}
    wanted = [claim for claim in every if one.kind == "substitute" or claim.indicator in named]
    book.open((claim.indicator, one.giver, one.taker) for claim in wanted)
    held = [found for claim in wanted if (found := book.held(claim.indicator, one.giver))]
    missing = named - {claim.indicator for claim in held}
    if missing or not held:
        told = sorted(missing) or [""]
        errors = [{"field": code, "code": "claim.none", "zh": "没有这一认领", "en": "no such claim"} for code in told]
        none_wrong("handover.invalid", errors, zh="没有可移交的认领", en="there is no claim to hand over")
    taker = book.subjects.get(one.taker)
    if taker is None or taker.layer != "person" or one.taker == one.giver:
        unknown = {"field": "taker", "code": "subject.unknown", "zh": "没有这位在岗同事", "en": "no such colleague"}
        none_wrong("handover.invalid", [unknown], zh="接收人有误", en="the colleague is unknown")
    return held


def _move(session: Session, book: Book, actor: Actor, cycle: Cycle, one: Handover, held: list[Claim]) -> list[Unplaced]:
    """All of a transfer or none; of a substitution what the colleague may take, and the rest back to the unit, which is told."""
    if one.kind == "transfer":
        entries = [Transfer(**item, giver=one.giver, taker=one.taker) for item in one.items]
        refused: list[Refusal | None] = [
            transfer_part(book, _leave, "transfer", entry, one.reason) for entry in entries
        ]
        none_refused(refused)
        return []
    person = Persons(session, actor.bureau).get(one.giver)
    unplaced: list[Unplaced] = []
    for claim in held:
        kept = served_part(person, claim.unit, cycle, one.last_day) if person and one.keep_served else Fraction(0)
        unplaced += hand_on(book, _leave, claim, one.taker, one.reason, kept)
    return unplaced


def _leave(claim: Claim, *, crosses: bool) -> None:
    """Who may say so has been asked by the step that brings it here."""


def _known(session: Session, actor: Actor, cycle_code: str, code: str) -> tuple[Cycle, Handover]:
    cycle = open_cycle(session, actor, cycle_code)
    found = Handovers(session, actor.bureau, cycle.cycle).get(code)
    if found is None:
        raise NotFound("handover.unknown", zh="没有这项移交", en="there is no such handover")
    return cycle, found


def _stepped(session: Session, actor: Actor, cycle: Cycle, before: Handover, after: Handover) -> Row:
    _save(session, actor, cycle, after, before)
    return _document(after)


def _save(session: Session, actor: Actor, cycle: Cycle, after: Handover, before: Handover | None) -> None:
    written(whole=Handovers(session, actor.bureau, cycle.cycle).save(after))
    subject = f"{actor.bureau}/{cycle.cycle}/{after.handover}"
    was = {"status": before.status} if before else {}
    audit(session, action=f"handover.{after.status}", subject=subject, before=was, after=_document(after))


def _document(one: Handover) -> Row:
    return {**vars(one), "items": list(one.items)}


def _listed(actor: Actor, row: NamedHandover, items: Mapping[str, Indicator], moment: Moment) -> Row:
    one = row.handover
    named = [
        {
            **item,
            "indicator_name": items[item["indicator"]].name if item["indicator"] in items else None,
            "measure_unit": items[item["indicator"]].measure_unit if item["indicator"] in items else None,
        }
        for item in one.items
    ]
    choices = told_choices(handover_choices(actor, one, moment))
    return {**vars(row), **_document(one), "items": named, **choices}
