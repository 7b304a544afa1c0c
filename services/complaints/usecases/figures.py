"""The figures of a month: closed by the complaints centre, recomputed when a case behind them changes."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import asdict
from datetime import date

from services.complaints.domain import permissions
from services.complaints.domain.figures import DIVISION, PERSON, STATION, Fact, sums
from services.complaints.domain.indicators import indicators, supervision
from services.complaints.storage.facts import Facts
from services.complaints.storage.figures import Months, StoredFigures, figures_text, state_of
from services.complaints.storage.leads import Leads, bureaus_with_leads
from services.complaints.storage.lists import numbers_of
from services.complaints.storage.projections import Copies
from services.complaints.storage.vetoes import Proposals
from services.complaints.usecases.guards import guard
from shared.actor import Actor
from shared.contracts.complaints.commands.figures import (
    MonthFactsQuery,
    MonthFiguresQuery,
    PeriodFactsQuery,
    PeriodQuery,
)
from shared.contracts.complaints.commands.shapes import Empty
from shared.database import Row, Session
from shared.recording import record, republish
from shared.vocabulary.refusals import invalid

_LAYERS = {"division": DIVISION, "centre": DIVISION, "association": DIVISION, "station": STATION}
_LINE = "special_supervision"  # whose indicators the figures feed
_REPUBLISHED = 500


def refresh(session: Session, bureau: str, month: str, subjects: Collection[str]) -> None:
    """Recompute these subjects' figures of a closed month."""
    Months(session, bureau).hold_to_recompute(month)
    layers = {subject: layer for subject, layer in subjects_of(session, bureau).items() if subject in subjects}
    publish(session, bureau, month, layers, layers)


def list_figures(session: Session, actor: Actor, query: MonthFiguresQuery) -> Row:
    subjects = None
    if not permissions.may_see_all(actor):
        subjects = [*permissions.headed_units(actor), *([actor.person] if actor.person else [])]
    found = StoredFigures(session, actor.bureau)
    return found.page(query["month"], subjects, query["layer"], query["after"], query["limit"])


def list_facts(session: Session, actor: Actor, query: MonthFactsQuery) -> Row:
    """Return the cases behind one subject's month, fact by fact."""
    subject = query["subject"]
    guard(permissions.may_see_facts(actor, subject))
    page = Facts(session, actor.bureau).page(query["month"], subject, query["after"], query["limit"])
    return _numbered(session, actor.bureau, page)


def show_period(session: Session, actor: Actor, query: PeriodQuery) -> Row:
    """Return the twelve indicators of any days, of all whom one may see or of one unit or handler."""
    scope = _scope(session, actor, query)
    facts = Facts(session, actor.bureau).sums(*scope)
    told = [asdict(one) for one in indicators(facts, query["denominator"])]
    urged = [asdict(one) for one in supervision(facts)]
    return {"since": query["since"], "until": query["until"], "figures": told, "supervision": urged}


def list_period_facts(session: Session, actor: Actor, query: PeriodFactsQuery) -> Row:
    """List the cases behind the indicators of any days, fact by fact."""
    scope = _scope(session, actor, query)
    page = Facts(session, actor.bureau).page_between(*scope, query["figure"], query["after"], query["limit"])
    return _numbered(session, actor.bureau, page)


def _numbered(session: Session, bureau: str, page: Row) -> Row:
    numbers = numbers_of(session, bureau, {one["code"] for one in page["items"]})
    return {**page, "items": [{**one, "case_number": numbers[one["code"]]} for one in page["items"]]}


def _scope(
    session: Session, actor: Actor, query: PeriodQuery | PeriodFactsQuery
) -> tuple[date, date, str | None, str | None]:
    """The days, unit and handler that are asked for, if they make sense and the actor may see their figures."""
    if query["until"] < query["since"]:
        raise invalid("case_figures.period", "起止日期颠倒", "the period ends before it begins", "until")
    unit, handler = query["unit"], query["handler"]
    home = Copies(session, actor.bureau).persons().get(handler or "")
    guard(permissions.may_see_figures(actor, unit, handler, home.unit if home else None))
    return query["since"], query["until"], unit, handler


def replay_state(session: Session, actor: Actor, _command: Empty) -> Row:
    """Send every state again, of the actor's bureau or (an actor of none) of all. Returns ``{"states": how many}``."""
    guard(permissions.may_replay(actor))
    known = {*StoredFigures.bureaus(session), *Proposals.bureaus(session), *bureaus_with_leads(session)}
    bureaus = [actor.bureau] if actor.bureau else sorted(known)
    return {"states": sum(_republish(session, bureau) for bureau in bureaus)}


def _republish(session: Session, bureau: str) -> int:
    told = [*Proposals(session, bureau).states(), *Leads(session, bureau).states()]
    republish(session, told)
    after, sent = ("", ""), len(told)
    while states := StoredFigures(session, bureau).states(after, _REPUBLISHED):
        republish(session, states)
        after, sent = (states[-1].month, states[-1].subject), sent + len(states)
    return sent


def subjects_of(session: Session, bureau: str) -> dict[str, str]:
    """Return subject -> layer, for every unit that is scored and every person in one."""
    copies = Copies(session, bureau)
    layers = {code: _LAYERS[unit.kind] for code, unit in copies.units().items() if unit.kind in _LAYERS}
    return layers | {code: PERSON for code, person in copies.persons().items() if person.unit in layers}


def expected_of(session: Session, bureau: str) -> set[str]:
    """Return whose indicators the figures feed: the line's units and people, and the stations, which serve every line."""
    copies = Copies(session, bureau)
    units = {code for code, unit in copies.units().items() if unit.active and unit.line in (_LINE, "all")}
    return units | {code for code, person in copies.persons().items() if person.active and person.line == _LINE}


def publish(
    session: Session,
    bureau: str,
    month: str,
    layers: dict[str, str],
    expected: Collection[str],
    *,
    closing: bool = False,
) -> tuple[int, int]:
    """Record what differs from the figures as stored; returns (how many differ, how many there are).

    ``closing``: they become the reported ones, beside which later corrections are shown.
    """
    by_subject: dict[str, list[Fact]] = defaultdict(list)
    for fact in Facts(session, bureau).of_month(month):
        for subject in {fact.unit, fact.person}:
            if subject in layers:
                by_subject[subject].append(fact)
    stored = StoredFigures(session, bureau).of_month(month)
    subjects = sorted({*by_subject, *(stored.keys() & layers.keys()), *(layers.keys() & set(expected))})
    rows = [_row(session, bureau, month, one, layers[one], by_subject[one], stored.get(one)) for one in subjects]
    changed = [
        row
        for row in rows
        if row["revision"] != (stored[row["subject"]]["revision"] if row["subject"] in stored else 0)
    ]
    for row in changed:
        before = stored.get(row["subject"])
        record(session, state_of(row), state_of(before) if before else None)
    reported = [{**row, "reported": row["figures"]} for row in rows]
    StoredFigures(session, bureau).save(reported if closing else changed)
    return len(changed), len(subjects)


def _row(
    session: Session, bureau: str, month: str, subject: str, layer: str, facts: list[Fact], before: Row | None
) -> Row:
    actor: Actor = session.info["actor"]
    told = figures_text(sums(facts, layer))
    revision = before["revision"] if before else 0
    same = before is not None and before["figures"] == told
    return {
        "bureau": bureau,
        "month": month,
        "subject": subject,
        "layer": layer,
        "revision": revision if same else revision + 1,
        "figures": told,
        "reported": before["reported"] if before else None,
        "by": actor.account if before is None or not same else before["by"],
    }
