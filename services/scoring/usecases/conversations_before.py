"""Conversations before a year's results: the record, its steps and who takes them are those of the conversations about results.

The year stands where a run would: the talk comes before there is one.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from services.scoring.domain.conversation import BEFORE, Conversation
from services.scoring.domain.permissions import detail_sight
from services.scoring.domain.result_permissions import PERSON, may_answer, may_lead, who
from services.scoring.storage.followups import conversations
from services.scoring.storage.projections import active_unit_within, cycle_of
from services.scoring.storage.run_store import Runs
from services.scoring.usecases.conversations import recorded, shown, texts_of
from services.scoring.usecases.guards import need, need_not_archived, need_to_see
from services.scoring.usecases.naming import named
from shared.actor import Actor
from shared.clock import now, today
from shared.contracts.scoring.commands.conversations_before import (
    NewTalk,
    TalkAppointment,
    TalkQuery,
    TalkStep,
    TalkText,
    YearSubject,
)
from shared.database import Session
from shared.vocabulary.refusals import check_revision, conflict, missing

Row = dict[str, Any]
BEGUN = ("open", "closing", "closed")


def ask_talk(session: Session, actor: Actor, command: TalkAppointment) -> Row:
    """Ask for a talk on a day, of which the person is told; asked again it is another day."""
    unit = _led(session, actor, command)
    _in_time(session, actor, command["cycle"])
    store = conversations(session, actor.bureau)
    before = store.find(command["cycle"], command["subject"], lock=True)
    if before is None:
        key = (command["cycle"], command["cycle"], command["subject"])
        made = Conversation.appointed(*key, bureau=actor.bureau, unit=unit, head=who(actor), on=command["held_on"])
        made.check_day_to_come(today())
        store.add(made)
        return _told(session, actor, "asked", None, made)
    check_revision("conversation", command["revision"], before.revision)
    after = replace(before.asked(command["held_on"], who(actor)), unit=unit)
    after.check_day_to_come(today())
    store.save(after)
    return _told(session, actor, "asked", before, after)


def draft_talk(session: Session, actor: Actor, command: NewTalk) -> Row:
    unit = _led(session, actor, command)
    _in_time(session, actor, command["cycle"])
    made = Conversation(bureau=actor.bureau, unit=unit, head=who(actor), run=command["cycle"], **command)
    made.check_dates(today())
    conversations(session, actor.bureau).add(made)
    return _told(session, actor, "drafted", None, made)


def revise_talk(session: Session, actor: Actor, command: TalkText) -> Row:
    unit = _led(
        session, actor, command
    )  # what was begun in time is brought to its end, also when there are results by now

    def revise(one: Conversation) -> Conversation:
        revised = one.revised(command["held_on"], texts_of(command), who(actor))
        revised.check_dates(today())
        return replace(revised, unit=unit)

    return _step(session, actor, command, "revised", revise)


def offer_talk(session: Session, actor: Actor, command: TalkStep) -> Row:
    _led(session, actor, command)
    return _step(session, actor, command, "offered", lambda one: one.offered(who(actor), now()))


def return_talk(session: Session, actor: Actor, command: TalkStep) -> Row:
    _answered(actor, command, _unit(session, actor, command))
    return _step(session, actor, command, "returned", lambda one: one.returned(command["opinion"]))


def confirm_talk(session: Session, actor: Actor, command: TalkStep) -> Row:
    _answered(actor, command, _unit(session, actor, command))
    return _step(session, actor, command, "confirmed", lambda one: one.confirmed(command["opinion"], now()))


def read_talk(session: Session, actor: Actor, query: YearSubject) -> Row:
    kept = conversations(session, actor.bureau).find(query["cycle"], query["subject"])
    unit = kept.unit if kept else _unit(session, actor, query)  # who has left since is read of all the same
    need_to_see(detail_sight(actor), query["subject"], unit)
    return _shown(session, conversations(session, actor.bureau).get(query["cycle"], query["subject"]))


def list_talks(session: Session, actor: Actor, query: TalkQuery) -> Row:
    """List the talks of those whom the actor may see; ``status`` and ``subject`` narrow."""
    cycle_of(session, actor.bureau, query["cycle"])
    seen = detail_sight(actor)
    page = conversations(session, actor.bureau).page(seen, {**query, "run": query["cycle"]}, "status", "subject")
    items = [_of_the_year(one) for one in page["items"]]
    return named(session, actor.bureau, {**page, "items": items})


def _unit(session: Session, actor: Actor, command: YearSubject) -> str:
    """Return where the subject is; of a unit, itself."""
    unit = active_unit_within(session, actor.bureau, command["cycle"], command["subject"])
    if unit is None:
        raise missing("subject.unknown", "该年度没有这一对象", "the year has no such subject")
    return unit


def _led(session: Session, actor: Actor, command: YearSubject) -> str:
    unit = _unit(session, actor, command)
    need(may_lead(actor, command["subject"], _layer(command, unit), unit))
    return unit


def _answered(actor: Actor, command: YearSubject, unit: str) -> None:
    need(may_answer(actor, command["subject"], _layer(command, unit)))


def _layer(command: YearSubject, unit: str) -> str:
    """Whether it is of a person; which layer a unit belongs to is not asked here."""
    return "unit" if command["subject"] == unit else PERSON


def _in_time(session: Session, actor: Actor, cycle: str) -> None:
    status = cycle_of(session, actor.bureau, cycle)["status"]
    need_not_archived(status)
    if status == "draft":
        zh, en = "考核年度尚未开始，还不能进行考核前沟通", "the year has not begun"
        raise conflict("conversation.too_early", zh, en)
    if status not in BEGUN or Runs(session, actor.bureau).has_results(cycle):
        zh, en = "考核结果已审定，请进行结果面谈", "there are results already: talk about them instead"
        raise conflict("conversation.too_late", zh, en)


def _step(
    session: Session,
    actor: Actor,
    command: TalkStep | TalkText,
    step: str,
    move: Callable[[Conversation], Conversation],
) -> Row:
    need_not_archived(cycle_of(session, actor.bureau, command["cycle"])["status"])
    store = conversations(session, actor.bureau)
    before = store.get(command["cycle"], command["subject"], lock=True)
    check_revision("conversation", command["revision"], before.revision)
    after = move(before)
    store.save(after)
    return _told(session, actor, step, before, after)


def _told(session: Session, actor: Actor, step: str, before: Conversation | None, after: Conversation) -> Row:
    return _of_the_year(recorded(session, actor, step, before, after))


def _shown(session: Session, one: Conversation) -> Row:
    return _of_the_year(shown(session, one))


def _of_the_year(row: Row) -> Row:
    return {**row, "run": None, "kind": BEFORE}
