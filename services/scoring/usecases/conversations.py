"""Conversations about results: drafted by the head, confirmed by both sides, each step on record."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from services.scoring.domain.conversation import Conversation
from services.scoring.domain.permissions import detail_sight
from services.scoring.domain.result_permissions import may_answer, may_lead, who
from services.scoring.domain.run import Run
from services.scoring.storage.followups import conversations
from services.scoring.storage.run_store import Runs
from services.scoring.storage.scores import Scores
from services.scoring.usecases.conversation_states import conversation_state
from services.scoring.usecases.guards import need, need_approved, need_to_see
from services.scoring.usecases.naming import named
from services.scoring.usecases.run_states import run_to_change
from shared.actor import Actor
from shared.clock import now, today
from shared.contracts.scoring.commands.conversations import (
    ConversationAppointment,
    ConversationQuery,
    ConversationStep,
    ConversationText,
    NewConversation,
)
from shared.contracts.scoring.commands.scores import RunSubject
from shared.database import Session
from shared.recording import audit, record
from shared.vocabulary.refusals import check_revision

Row = dict[str, Any]
Step = ConversationStep | ConversationText


def draft_conversation(session: Session, actor: Actor, command: NewConversation) -> Row:
    """Draft a conversation; ``command``: {"run", "subject", "held_on", "strengths", "shortcomings", "measures"}."""
    run, row = settled_score(session, actor, command["run"], command["subject"])
    need(may_lead(actor, row["subject"], row["layer"], row["unit"]))
    run_to_change(session, actor, run.run)
    made = Conversation(bureau=run.bureau, cycle=run.cycle, unit=row["unit"], head=who(actor), **command)
    made.check_dates(today())
    conversations(session, actor.bureau).add(made)
    return recorded(session, actor, "drafted", None, made)


def ask_conversation(session: Session, actor: Actor, command: ConversationAppointment) -> Row:
    """Ask for a talk about the result on a day, of which the person is told; asked again it is another day."""
    run, row = settled_score(session, actor, command["run"], command["subject"])
    need(may_lead(actor, row["subject"], row["layer"], row["unit"]))
    run_to_change(session, actor, run.run)
    store = conversations(session, actor.bureau)
    before = store.find(run.run, row["subject"], lock=True)
    if before is None:
        key = (run.run, run.cycle, row["subject"])
        made = Conversation.appointed(*key, bureau=run.bureau, unit=row["unit"], head=who(actor), on=command["held_on"])
        made.check_day_to_come(today())
        store.add(made)
        return recorded(session, actor, "asked", None, made)
    check_revision("conversation", command["revision"], before.revision)
    after = before.asked(command["held_on"], who(actor))
    after.check_day_to_come(today())
    store.save(after)
    return recorded(session, actor, "asked", before, after)


def revise_conversation(session: Session, actor: Actor, command: ConversationText) -> Row:
    def revise(one: Conversation, row: Row) -> Conversation:
        need(may_lead(actor, one.subject, row["layer"], one.unit))
        revised = one.revised(command["held_on"], texts_of(command), who(actor))
        revised.check_dates(today())
        return revised

    return _step(session, actor, command, "revised", revise)


def offer_conversation(session: Session, actor: Actor, command: ConversationStep) -> Row:
    def offer(one: Conversation, row: Row) -> Conversation:
        need(may_lead(actor, one.subject, row["layer"], one.unit))
        return one.offered(who(actor), now())

    return _step(session, actor, command, "offered", offer)


def return_conversation(session: Session, actor: Actor, command: ConversationStep) -> Row:
    def give_back(one: Conversation, row: Row) -> Conversation:
        need(may_answer(actor, one.subject, row["layer"]))
        return one.returned(command["opinion"])

    return _step(session, actor, command, "returned", give_back)


def confirm_conversation(session: Session, actor: Actor, command: ConversationStep) -> Row:
    def confirm(one: Conversation, row: Row) -> Conversation:
        need(may_answer(actor, one.subject, row["layer"]))
        return one.confirmed(command["opinion"], now())

    return _step(session, actor, command, "confirmed", confirm)


def read_conversation(session: Session, actor: Actor, command: RunSubject) -> Row:
    one = conversations(session, actor.bureau).get(command["run"], command["subject"])
    need_to_see(detail_sight(actor), one.subject, one.unit)
    return shown(session, one)


def list_conversations(session: Session, actor: Actor, query: ConversationQuery) -> Row:
    """List the conversations of those whom the actor may see; ``status`` narrows."""
    Runs(session, actor.bureau).get(query["run"])
    seen = detail_sight(actor)
    return named(session, actor.bureau, conversations(session, actor.bureau).page(seen, query, "status"))


def texts_of(command: Mapping[str, object]) -> dict[str, str]:
    """Return what a talk says in words."""
    return {name: str(command[name]) for name in ("strengths", "shortcomings", "measures")}


def settled_score(session: Session, actor: Actor, code: str, subject: str) -> tuple[Run, Row]:
    """Return the subject's row of a run that the panel has approved: nobody talks about what may still change."""
    run = Runs(session, actor.bureau).get(code)
    need_approved(run)
    return run, Scores(session, run.bureau, run.cycle, run.run).get(subject)


def _step(
    session: Session, actor: Actor, command: Step, step: str, move: Callable[[Conversation, Row], Conversation]
) -> Row:
    store = conversations(session, actor.bureau)
    before = store.get(command["run"], command["subject"], lock=True)
    row = Scores(session, before.bureau, before.cycle, before.run).get(before.subject)
    check_revision("conversation", command["revision"], before.revision)
    after = move(before, row)
    run_to_change(session, actor, before.run)
    store.save(after)
    return recorded(session, actor, step, before, after)


def recorded(session: Session, actor: Actor, step: str, before: Conversation | None, after: Conversation) -> Row:
    """Note the step, what was said in the trail only, and tell the others where the talk stands."""
    told = conversation_state(before, actor.account) if before else None
    record(session, conversation_state(after, actor.account), told)
    subject = f"{after.bureau}/{after.run}/{after.subject}"
    was = asdict(before) if before else {}
    audit(session, action=f"conversation.{step}", subject=subject, before=was, after=asdict(after))
    return shown(session, after)


def shown(session: Session, one: Conversation) -> Row:
    page: Row = named(session, one.bureau, {"items": [asdict(one)]})
    found: Row = page["items"][0]
    return found
