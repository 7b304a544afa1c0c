"""Writing of counterfeits and answers for all, with revisions; a right holder's contact is told to who writes them."""

from collections.abc import Mapping
from typing import Any

from services.complaints.domain import knowledge_permissions as permissions
from services.complaints.storage.attachments import Pictures
from services.complaints.storage.entries import Entries
from services.complaints.storage.traders import Traders
from services.complaints.usecases.guards import guard
from services.complaints.usecases.people import place_of
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.commands.counterfeits import (
    ChangedCounterfeit,
    CounterfeitFilter,
    NewCounterfeit,
    OneCounterfeit,
)
from shared.contracts.complaints.commands.knowledge import (
    ChangedKnowledge,
    KnowledgeFilter,
    NewKnowledge,
    OneKnowledge,
)
from shared.database import Row, Session
from shared.ids import new_id
from shared.jsontext import dumps, loads
from shared.recording import audit
from shared.vocabulary.refusals import check_revision, invalid, missing

COUNTERFEIT, KNOWLEDGE = "counterfeit", "knowledge"
_MARK = ("goods", "right_holder", "genuine", "false", "traders", "source")
_ANSWER = ("answer", "topic", "articles", "keywords")
_KEPT = ("entry", "revision", "withdrawn", "kept_at", "kept_by")


def write_counterfeit(session: Session, actor: Actor, command: NewCounterfeit) -> Row:
    """Write of a counterfeit."""
    _check_traders(session, actor, command["traders"])
    return _mark(session, actor, _write(session, actor, COUNTERFEIT, command, None))


def change_counterfeit(session: Session, actor: Actor, command: ChangedCounterfeit) -> Row:
    """Write it anew; what stood before is kept."""
    _check_traders(session, actor, command["traders"])
    return _mark(session, actor, _write(session, actor, COUNTERFEIT, command, command["entry"]))


def list_counterfeits(session: Session, actor: Actor, query: CounterfeitFilter) -> Row:
    """List marks that are watched, or those that are no longer."""
    guard(permissions.may_look_up(actor, place_of(session, actor)))
    page = Entries(session, actor.bureau, COUNTERFEIT).page(query, clock.today())
    return {**page, "items": [_mark_in_list(row) for row in page["items"]]}


def show_counterfeit(session: Session, actor: Actor, query: OneCounterfeit) -> Row:
    """Show one entry; how to reach the right holder only to who may see it."""
    guard(permissions.may_look_up(actor, place_of(session, actor)))
    return _mark(session, actor, query["entry"])


def write_knowledge(session: Session, actor: Actor, command: NewKnowledge) -> Row:
    """Write an answer for all."""
    return _answer(session, actor, _write(session, actor, KNOWLEDGE, command, None))


def change_knowledge(session: Session, actor: Actor, command: ChangedKnowledge) -> Row:
    """Write it anew; what stood before is kept."""
    return _answer(session, actor, _write(session, actor, KNOWLEDGE, command, command["entry"]))


def list_knowledge(session: Session, actor: Actor, query: KnowledgeFilter) -> Row:
    """List answers that hold today, or those that do not."""
    guard(permissions.may_look_up(actor, place_of(session, actor)))
    page = Entries(session, actor.bureau, KNOWLEDGE).page(query, clock.today(), topic=query["topic"])
    return {**page, "items": [answer_in_list(row) for row in page["items"]]}


def show_knowledge(session: Session, actor: Actor, query: OneKnowledge) -> Row:
    """Show one answer with its revisions."""
    guard(permissions.may_look_up(actor, place_of(session, actor)))
    return _answer(session, actor, query["entry"])


def answer_in_list(row: Row) -> Row:
    """Return an answer as lists show it."""
    kept = {name: row[name] for name in (*_KEPT, "valid_until")}
    return {**kept, "question": row["title"], **{name: row["body"][name] for name in ("answer", "topic", "articles")}}


def _write(session: Session, actor: Actor, kind: str, command: Mapping[str, Any], entry: str | None) -> str:
    guard(permissions.may_write_entries(actor, place_of(session, actor)))
    store = Entries(session, actor.bureau, kind)
    before = need_entry(store, entry, lock=True) if entry else {}
    if before:
        check_revision("entry", command["revision"], before["revision"])
    title = (command["mark"] if kind == COUNTERFEIT else command["question"]).strip()
    body = {name: command[name] for name in (_MARK if kind == COUNTERFEIT else _ANSWER)}
    row = {
        "entry": entry or new_id(),
        "revision": before.get("revision", 0) + 1,
        "title": title,
        "searched": f"{title} {_texts(body)}",
        "body": loads(dumps(body)),
        "contact": command.get("contact", ""),
        "valid_until": command.get("valid_until"),
        "withdrawn": command.get("withdrawn", False),
        "kept_at": clock.now(),
        "kept_by": actor.account,
    }
    store.save(row, command["why"])
    told = {**_audited(row), "contact_changed": row["contact"] != before.get("contact", "")}
    audit(session, action=f"{kind}.written", subject=row["entry"], before=_audited(before), after=told)
    return str(row["entry"])


def _audited(row: Mapping[str, Any]) -> Row:
    return {name: row[name] for name in ("title", "revision", "withdrawn", "valid_until")} if row else {}


def _texts(body: Mapping[str, Any]) -> str:
    """What is searched of a body: its texts and lists of words, never codes."""
    told = [body[name] for name in ("goods", "right_holder", "genuine", "false", "source", "answer") if name in body]
    return " ".join([*told, *body.get("keywords", ()), *body.get("articles", ())])


def need_entry(store: Entries, entry: str, *, lock: bool = False) -> Row:
    """Return an entry that is there."""
    row = store.get(entry, lock=lock)
    if row is None:
        raise missing("entry.unknown", "没有该条目", "no such entry")
    return row


def _check_traders(session: Session, actor: Actor, given: list[str]) -> None:
    if Traders(session, actor.bureau).names(given).keys() < set(given):
        raise invalid("trader.unknown", "没有该经营者", "no such trader", "traders")


def _mark_in_list(row: Row) -> Row:
    body = {name: row["body"][name] for name in ("goods", "right_holder")}
    return {**{name: row[name] for name in _KEPT}, "mark": row["title"], **body}


def _mark(session: Session, actor: Actor, entry: str) -> Row:
    row, place = need_entry(Entries(session, actor.bureau, COUNTERFEIT), entry), place_of(session, actor)
    codes = row["body"]["traders"] if permissions.may_see_credit(actor, place) else []
    names = Traders(session, actor.bureau).names(codes)
    implicated = [{"trader": one, "name": names.get(one, one)} for one in codes]
    contact = row["contact"] if permissions.may_see_right_holders(actor, place) else None
    body = {name: row["body"][name] for name in ("genuine", "false", "source")}
    body["pictures"] = [one["evidence"] for one in Pictures(session, actor.bureau).of(entry)]
    return {**_mark_in_list(row), **body, "contact": contact, "traders": implicated, **_around(session, actor, row)}


def _answer(session: Session, actor: Actor, entry: str) -> Row:
    row = need_entry(Entries(session, actor.bureau, KNOWLEDGE), entry)
    return {**answer_in_list(row), "keywords": row["body"]["keywords"], **_around(session, actor, row)}


def _around(session: Session, actor: Actor, row: Row) -> Row:
    names = ("revision", "title", "why", "kept_at", "kept_by")
    told = [
        {
            **{name: one[name] for name in names},
            **{name: one["body"].get(name) for name in ("answer", "genuine", "false")},
        }
        for one in Entries(session, actor.bureau, row["kind"]).revisions(row["entry"])
    ]
    may = ["change"] if permissions.may_write_entries(actor, place_of(session, actor)) else []
    return {"revisions": told, "may": may}
