"""Papers of a case: numbered and archived in one transaction, opened as they were made, voided on record."""

from dataclasses import replace
from typing import Any

from services.complaints.domain import paper_permissions, permissions
from services.complaints.domain.paper_numbers import number_text
from services.complaints.domain.paper_rules import CORRECTION, RULES, belonging, why_not_of
from services.complaints.domain.paper_texts.sources import Sources, day_text
from services.complaints.domain.papers import content_of
from services.complaints.storage.cases import CaseFile, Cases
from services.complaints.storage.notifications import Notifications
from services.complaints.storage.papers import Papers
from services.complaints.usecases.guards import guard
from services.complaints.usecases.paper_sources import sources_of
from services.complaints.usecases.paper_words import word_of
from services.complaints.usecases.people import place_of
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.commands.cases import OneCase
from shared.contracts.complaints.commands.papers import KeptFiles, NewPaper, PaperFile, PaperNumbersQuery, VoidedPaper
from shared.database import Row, Session
from shared.errors import NotFound
from shared.ids import new_id
from shared.recording import audit
from shared.vocabulary.case_papers import PAPERS
from shared.vocabulary.refusals import conflict, invalid

_SHOWN = (
    *(
        "paper",
        "case_number",
        "kind",
        "unit",
        "year",
        "number",
        "text",
        "party",
        "corrects",
        "made_at",
        "made_by",
        "person",
    ),
    *("pdf_sha256", "docx_sha256", "voided_at", "voided_by", "why"),
)


def list_papers(session: Session, actor: Actor, query: OneCase) -> Row:
    one, place = _case(session, actor, str(query["case"])), place_of(session, actor)
    guard(permissions.may_see(actor, one.case, place))
    return {
        "items": [shown(row) for row in Papers(session, actor.bureau).of_case(one.case.code)],
        "choices": [_choice(actor, kind, one, place) for kind in belonging(one.case)],
        "may_open": paper_permissions.may_open_paper(actor, one.case, place),
        "why_not_void": paper_permissions.why_not_void_paper(actor, one.case, place),
    }


def make_paper(session: Session, actor: Actor, command: NewPaper) -> Row:
    """Number a paper and archive what it says. The answer also holds the content, from which the files are made."""
    one, kind = _case(session, actor, str(command["case"]), lock=True), command["kind"]
    papers = Papers(session, actor.bureau)
    corrected = _corrected(papers, one, command)
    asked = corrected["kind"] if corrected else kind
    why_not = paper_permissions.why_not_make_paper(actor, asked, one.case, place_of(session, actor))
    guard(why_not is None, why_not)
    _check(one, command, corrected)
    today, unit = clock.bureau_date(clock.now()), one.case.unit or one.case.intake_unit
    number = papers.next_number(unit, today.year, kind)
    word = word_of(session, actor.bureau, unit)
    row: Row = {
        "paper": new_id(),
        "code": one.case.code,
        "kind": kind,
        "unit": unit,
        "year": today.year,
        "number": number,
        "word": word,
        "text": number_text(word, kind, today.year, number),
        "party": _party(command, corrected),
        "corrects": corrected["paper"] if corrected else None,
        "made_at": clock.now(),
        "made_by": actor.account,
        "person": actor.person,
    }
    content = content_of(kind, _sources(session, actor, one, command, row, corrected))
    digest = papers.add(row, content)
    after = {name: row[name] for name in ("paper", "kind", "text", "party", "corrects")} | {"content_sha256": digest}
    audit(session, action="case.paper_made", subject=one.case.code, before={}, after=after)
    return {"shown": shown(_paper(papers, one, row["paper"])), "content": content}


def open_paper(session: Session, actor: Actor, query: PaperFile) -> Row:
    """Return what the gateway needs to give a paper out; its content too where the files are still to be made."""
    one, papers = _case(session, actor, str(query["case"])), Papers(session, actor.bureau)
    guard(paper_permissions.may_open_paper(actor, one.case, place_of(session, actor)))
    row = _paper(papers, one, str(query["paper"]))
    sizes = {name: row[name] for name in ("pdf_size", "docx_size")}
    return {
        "shown": shown(row),
        **sizes,
        "content": papers.content(row["paper"]) if row["pdf_sha256"] is None else None,
    }


def keep_paper(session: Session, actor: Actor, command: KeptFiles) -> Row:
    """Note the files of a paper, once: whoever is second to make them finds the first one's."""
    papers = Papers(session, actor.bureau)
    row = papers.one(str(command["paper"]), lock=True)
    if row is None:
        raise _unknown()
    files = {name: command[name] for name in ("pdf_sha256", "pdf_size", "docx_sha256", "docx_size")}
    if row["pdf_sha256"] is None:
        papers.keep_files(row["paper"], files)
        audit(session, action="case.paper_kept", subject=row["code"], before={}, after={"paper": row["paper"], **files})
        row = {**row, **files}
    return {"shown": shown(row), "pdf_size": row["pdf_size"]}


def void_paper(session: Session, actor: Actor, command: VoidedPaper) -> Row:
    """Void a number: it stays in the list with who, when and why. What was sent is corrected instead."""
    one, papers = _case(session, actor, str(command["case"]), lock=True), Papers(session, actor.bureau)
    why_not = paper_permissions.why_not_void_paper(actor, one.case, place_of(session, actor))
    guard(why_not is None, why_not)
    row = _paper(papers, one, str(command["paper"]), lock=True)
    if row["voided_at"]:
        raise conflict("paper.voided", "该文号已经作废", "the number is void already", "paper")
    if Notifications(session, actor.bureau).sent(row["paper"]):
        raise conflict(
            "paper.sent", "该文书已经送达当事人，不能作废，请制作更正通知书", "it was sent: correct it", "paper"
        )
    papers.void(row["paper"], clock.now(), actor.account, command["why"])
    after = {"paper": row["paper"], "text": row["text"], "why": command["why"]}
    audit(session, action="case.paper_voided", subject=one.case.code, before={}, after=after)
    return shown(_paper(papers, one, row["paper"]))


def list_paper_numbers(session: Session, actor: Actor, query: PaperNumbersQuery) -> Row:
    guard(paper_permissions.may_list_paper_numbers(actor, query["unit"], place_of(session, actor)))
    papers = Papers(session, actor.bureau)
    page = papers.page(query)
    left = papers.unexplained(query["unit"], query["year"], query["kind"])
    return {**page, "items": [shown(row) for row in page["items"]], "unexplained": left}


def shown(row: Row) -> Row:
    """Return what anybody who sees the case is told of a paper: never what it says."""
    status = "voided" if row["voided_at"] else "issued" if row["pdf_sha256"] else "awaited"
    return {**{name: row[name] for name in _SHOWN}, "case": row["code"], "status": status}


def _choice(actor: Actor, kind: str, one: CaseFile, place: Any) -> Row:
    rule = RULES.get(kind)
    why_not = paper_permissions.why_not_make_paper(actor, kind, one.case, place) or why_not_of(one.case, kind)
    return {
        "kind": kind,
        "zh": PAPERS[kind],
        "to_party": bool(rule and rule.to_party),
        "needs_text": rule.needs_text if rule else "原来写的和应当写的",
        "why_not": why_not,
    }


def _check(one: CaseFile, command: NewPaper, corrected: Row | None) -> None:
    kind = command["kind"]
    if why_not := why_not_of(one.case, kind):
        raise conflict(
            "paper.state", f"现在不能制作{PAPERS[kind]}：{why_not}", f"no {kind} can be made of it now", "kind"
        )
    rule = RULES.get(kind)
    if rule and rule.to_party and command["party"] is None:
        raise invalid("paper.party", "请选择送给哪一方当事人", "name the party to whom it goes", "party")
    if (rule is None or rule.needs_text) and not command["text"].strip():
        wanted = rule.needs_text if rule else "更正的内容"
        raise invalid("paper.text", f"请写明{wanted}", "its text is missing", "text")
    if (kind == CORRECTION) != (corrected is not None):
        raise invalid("paper.corrects", "更正通知书须指明更正哪一份文书", "a correction names one paper", "corrects")


def _corrected(papers: Papers, one: CaseFile, command: NewPaper) -> Row | None:
    if command["corrects"] is None:
        return None
    row = _paper(papers, one, str(command["corrects"]), lock=True)
    if row["voided_at"]:
        raise conflict("paper.voided", "该文书已经作废，不需要更正", "a voided paper is not corrected", "corrects")
    return row


def _party(command: NewPaper, corrected: Row | None) -> str | None:
    return command["party"] or (corrected["party"] if corrected else None)


def _sources(
    session: Session, actor: Actor, one: CaseFile, command: NewPaper, row: Row, corrected: Row | None
) -> Sources:
    plain = sources_of(session, actor, one, row["text"], row["made_at"])
    said = {name: command[name].strip() for name in ("text", "contact", "phone")}
    return replace(plain, said=said, party=row["party"], corrected=_told_of(corrected))


def _told_of(corrected: Row | None) -> Row | None:
    if corrected is None:
        return None
    day = day_text(clock.bureau_date(corrected["made_at"]))
    return {"title": PAPERS[corrected["kind"]], "number": corrected["text"], "day": day}


def _paper(papers: Papers, one: CaseFile, paper: str, *, lock: bool = False) -> Row:
    row = papers.one(paper, lock=lock)
    if row is None or row["code"] != one.case.code:
        raise _unknown()
    return row


def _case(session: Session, actor: Actor, code: str, *, lock: bool = False) -> CaseFile:
    one = Cases(session, actor.bureau).get([code], lock=lock).get(code)
    if one is None:
        raise NotFound("case.unknown", zh="没有该件", en="no such case")
    return one


def _unknown() -> NotFound:
    return NotFound("paper.unknown", zh="没有该文书", en="no such paper")
