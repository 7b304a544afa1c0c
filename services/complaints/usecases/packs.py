"""The whole file of one case, for 复议 and 诉讼: collected here, put together by the gateway, which has the bytes."""

from collections.abc import Mapping
from datetime import datetime

from services.complaints.domain import pack_permissions
from services.complaints.domain.cases import ASSOCIATION, REPORT
from services.complaints.domain.events import Event, annulled
from services.complaints.domain.paper_texts.registering import complaint_registration, report_registration
from services.complaints.domain.paper_texts.sources import day_text, moment_text
from services.complaints.storage.attachments import Attachments
from services.complaints.storage.cases import CaseFile
from services.complaints.storage.notifications import Notifications
from services.complaints.storage.papers import Papers
from services.complaints.storage.projections import Copies
from services.complaints.usecases.attachments import stored_document
from services.complaints.usecases.finding import need_case
from services.complaints.usecases.guards import guard
from services.complaints.usecases.paper_sources import sources_of
from services.complaints.usecases.papers import shown
from services.complaints.usecases.people import place_of
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.commands.cases import OneCase
from shared.database import Row, Session
from shared.vocabulary.case_notifications import MATTERS, WAYS
from shared.vocabulary.case_papers import PAPERS
from shared.vocabulary.complaints import CASE_EVENTS, CASE_STATES, PARTIES


def collect_pack(session: Session, actor: Actor, query: OneCase) -> Row:
    """Return all that the file holds, in its order; a paper whose PDF is still to be made comes with its content."""
    one = need_case(session, actor, str(query["case"]))
    guard(pack_permissions.may_open_pack(actor, one.case, place_of(session, actor)))
    papers, now = Papers(session, actor.bureau), clock.now()
    rows = papers.of_case(one.case.code)
    sources = sources_of(session, actor, one, "", now)
    facts = (report_registration if one.case.kind == REPORT else complaint_registration)(sources)
    return {
        "number": one.case.number,
        "case": one.case.code,
        "bureau": sources.signer if one.case.organisation == ASSOCIATION else sources.bureau,
        "status": CASE_STATES[one.case.status],
        "made_on": clock.bureau_date(now).isoformat(),
        "made_by": actor.name,
        "facts": [part for part in facts if "rows" in part],
        "history": _history(session, actor, one),
        "notifications": _notifications(session, actor, one, {row["paper"]: row["text"] for row in rows}),
        "papers": [_paper(papers, row) for row in rows],
        "attachments": [stored_document(row) for row in Attachments(session, actor.bureau).of(one.case.code)],
    }


def _paper(papers: Papers, row: Row) -> Row:
    content = papers.content(row["paper"]) if row["pdf_sha256"] is None else None
    void = f"（作废：{row['why']}）" if row["voided_at"] else ""
    title = f"{PAPERS[row['kind']]}　{row['text']}{void}"
    return {"shown": shown(row), "pdf_size": row["pdf_size"], "content": content, "title": title}


def _history(session: Session, actor: Actor, one: CaseFile) -> list[list[str]]:
    persons, dead = Copies(session, actor.bureau).persons(), annulled(one.history)

    def who(event: Event) -> str:
        known = persons.get(event.person or "")
        return known.name if known else event.account

    return [
        [
            str(event.number),
            moment_text(event.happened_at),
            moment_text(event.recorded_at),
            CASE_EVENTS[event.name] + ("（已撤销）" if event.number in dead else ""),
            who(event),
            " ".join(filter(None, (f"针对第{event.names}步。" if event.names else "", event.why))),
        ]
        for event in one.history
    ]


def _notifications(session: Session, actor: Actor, one: CaseFile, papers: Mapping[str, str]) -> list[list[str]]:
    return [
        [
            MATTERS[row["matter"]],
            "举报人" if one.case.kind == REPORT else PARTIES[row["party"]],
            day_text(row["due"]),
            _moment(row["told_at"]),
            WAYS.get(row["way"] or "", "—"),
            " ".join(filter(None, (row["proof"], papers.get(row["paper"] or "", "")))) or "—",
            day_text(row["received_on"]),
        ]
        for row in Notifications(session, actor.bureau).of_case(one.case.code)
    ]


def _moment(at: datetime | None) -> str:
    return moment_text(at) if at else "尚未告知"
