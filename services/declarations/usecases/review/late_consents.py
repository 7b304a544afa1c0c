"""Consent to declare after the deadline: ask for many items, grant or refuse many."""

from services.declarations.domain.consents import STATES, LateConsent, check_asks
from services.declarations.domain.delegations import in_whose_name, principal_of
from services.declarations.domain.indicators import check_suits, check_tool
from services.declarations.domain.organisation import who
from services.declarations.domain.permissions import check_answers_for, check_consents
from services.declarations.domain.words import DECLARED_TOOLS
from services.declarations.storage.aggregates import late_consents
from services.declarations.storage.delegations import deciders_of
from services.declarations.storage.late_consents import page_of_consents
from services.declarations.storage.library import indicators_by_code, need_cycle
from services.declarations.storage.naming import with_names
from services.declarations.storage.organisation import Organisation
from services.declarations.storage.scopes import Scope
from services.declarations.storage.timetables import consents_for, deadlines_of
from services.declarations.usecases.review.facts import item_of
from shared.actor import Actor
from shared.batches import check_no_repetition, each_row, pick
from shared.clock import today
from shared.contracts.declarations.commands.late_consents import (
    AnsweredConsents,
    ChosenConsent,
    LateConsentQuery,
    LateItem,
    NewLateConsents,
)
from shared.database import Row, Session
from shared.ids import new_id
from shared.recording import audit
from shared.vocabulary.refusals import check_revision

PEOPLE = ("assessor", "asked_by", "decided_by", "decided_for")


def ask_consents(session: Session, actor: Actor, command: NewLateConsents) -> Row:
    """Ask for consent to declare late."""
    cycle = need_cycle(session, actor.bureau, command["cycle"])
    cycle.check_open()
    entries: list[LateItem] = [{"subject": actor.person or actor.account, **entry} for entry in command["items"]]
    check_no_repetition(entries, item_of)
    library = indicators_by_code(session, actor.bureau, cycle.cycle, (entry["indicator"] for entry in entries))
    organisation = Organisation(session, actor.bureau, subjects=(entry["subject"] for entry in entries))
    deadlines = deadlines_of(session, actor.bureau, cycle)
    stored = consents_for(session, actor.bureau, cycle.cycle, map(item_of, entries))

    def one(entry: LateItem) -> LateConsent:
        subject, indicator = organisation.subject(entry["subject"]), library[entry["indicator"]]
        check_answers_for(actor, subject)
        check_tool(indicator, *DECLARED_TOOLS)
        period = cycle.period(entry["period"], indicator.frequency)
        check_suits(indicator, subject, period)
        check_asks(deadlines.of(period, "declare"), today())
        old = stored.get(item_of(entry))
        if old is not None:
            return old.asked_again(command["reason"], who(actor), today())
        unit = subject.unit.unit
        return LateConsent(
            bureau=actor.bureau,
            cycle=cycle.cycle,
            consent=new_id(),
            revision=1,
            subject=subject.code,
            layer=subject.layer,
            period=period.code,
            indicator=indicator.indicator,
            unit=unit,
            assessor=indicator.assessor_for(unit),
            status=STATES.after("ask", None),
            reason=command["reason"],
            answer="",
            until=None,
            asked_by=who(actor),
            asked_on=today(),
            decided_by=None,
            decided_for=None,
            decided_on=None,
        )

    asked = each_row(entries, one)
    store = late_consents(session, actor.bureau, cycle.cycle)
    store.add([one for one in asked if one.revision == 1])
    store.change([one for one in asked if one.revision > 1])
    return _recorded(session, asked, {one.consent: one for one in stored.values()})


def answer_consents(session: Session, actor: Actor, command: AnsweredConsents) -> Row:
    """Answer requests to declare late."""
    need_cycle(session, actor.bureau, command["cycle"]).check_open()
    entries = command["consents"]
    check_no_repetition(entries, lambda entry: entry["consent"])
    store = late_consents(session, actor.bureau, command["cycle"])
    stored = store.by_ids(entry["consent"] for entry in entries)
    organisation = Organisation(session, actor.bureau, units={one.unit for one in stored.values()})
    deciders = deciders_of(session, actor, today())

    def one(entry: ChosenConsent) -> LateConsent:
        old = pick(stored, "consent", entry["consent"])
        unit = organisation.unit(old.unit)
        decider = in_whose_name(
            deciders, lambda face: check_consents(face, old.subject, old.asked_by, old.assessor, unit)
        )
        check_revision("consent", entry.get("revision"), old.revision)
        decision, reason, until = command["decision"], command["reason"], command.get("until")
        return old.answered(decision, reason, who(actor), principal_of(decider), today(), until)

    answered = each_row(entries, one)
    store.change(answered)
    return _recorded(session, answered, stored)


def list_consents(session: Session, actor: Actor, query: LateConsentQuery) -> Row:
    """Return a page of what was asked and answered."""
    page = page_of_consents(session, Scope.of(session, actor), query)
    return {**page, "items": with_names(session, actor.bureau, page["items"], *PEOPLE)}


def _recorded(session: Session, changed: list[LateConsent], before: dict[str, LateConsent]) -> Row:
    for one in changed:
        old = before.get(one.consent)
        was = {"status": old.status, "reason": old.reason, "answer": old.answer} if old else {}
        audit(session, action=f"consent.{one.status}", subject=one.consent, before=was, after=vars(one))
    return {"consents": with_names(session, changed[0].bureau, [vars(one) for one in changed], *PEOPLE)}
