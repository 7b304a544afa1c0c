"""The live standing: what the scores would be by the facts of now. Held in memory, brought up to date when asked for."""

from typing import Any

from services.scoring.domain.dossier import Dossier
from services.scoring.domain.explanation import explain_subject
from services.scoring.domain.permissions import Sight, detail_sight, guarded, oversees, sight
from services.scoring.domain.publication import SCORES
from services.scoring.domain.sheets import score_subject
from services.scoring.kernel.live import Live
from services.scoring.storage.facts import count_facts, read_dossiers
from services.scoring.storage.projections import cycle_of, version_of
from services.scoring.storage.visibility import visible_of_cycle
from services.scoring.usecases.guards import need, need_to_see
from services.scoring.usecases.incremental import current
from services.scoring.usecases.naming import named, of_how_many, told
from shared.actor import Actor
from shared.clock import today
from shared.contracts.scoring.commands.explanations import StandingExplanationQuery
from shared.contracts.scoring.commands.scores import OneCycle
from shared.contracts.scoring.commands.standings import StandingQuery
from shared.database import Session
from shared.pages import listed
from shared.vocabulary.refusals import missing

Row = dict[str, Any]


def list_standing(session: Session, actor: Actor, query: StandingQuery) -> Row:
    bureau, cycle = actor.bureau, query["cycle"]
    cycle_of(session, bureau, cycle)
    seen = sight(actor, visible_of_cycle(session, bureau, cycle))
    live, at = current(session, bureau, cycle)
    whole = seen.shows(query["layer"], SCORES)
    page = (_of_everybody if whole else _of_some)(live, query, seen)
    head = {"cycle": cycle, "provisional": True, "as_of": today(), "computed_at": at}
    bureau_row = live.bureau_row() if whole else None
    return {**head, "bureau": bureau_row, **of_how_many(named(session, bureau, page), live.ranked)}


def explain_standing(session: Session, actor: Actor, query: StandingExplanationQuery) -> Row:
    bureau, cycle, subject = actor.bureau, query["cycle"], query["subject"]
    cycle_of(session, bureau, cycle)
    live, _ = current(session, bureau, cycle)
    need_scored(live, subject)
    row, frame = live.row(subject), live.frame
    need_to_see(detail_sight(actor), subject, row["unit"])
    (raw,) = read_dossiers(session, bureau, cycle, [subject])
    sheet = score_subject(frame, frame.by_code[subject], Dossier.from_json(raw))
    tree = explain_subject(frame, sheet, row, raw["facts"])
    head = {"cycle": cycle, "provisional": True, "ranked": live.ranked(row["layer"])}
    return told(session, bureau, {**head, **tree})


def need_scored(live: Live, subject: str) -> None:
    if subject not in live.place:
        raise missing("score.unknown", "该对象不在考核范围内", "this subject is not scored")


def count_what_arrived(session: Session, actor: Actor, query: OneCycle) -> Row:
    need(oversees(actor))
    cycle_of(session, actor.bureau, query["cycle"])
    counts = count_facts(session, actor.bureau, query["cycle"])
    return {"cycle": query["cycle"], "version": version_of(session, actor.bureau, query["cycle"]), "counts": counts}


def _of_everybody(live: Live, query: StandingQuery, seen: Sight) -> Row:
    order = live.order(query["layer"])
    if (unit := query.get("unit")) is not None:
        order = [one for one in order if live.frame.subjects[live.place[one[1]]].unit == unit]
    shown, following = listed(
        len(order), lambda place: order[place][:2], (int, str), after=query["after"], limit=query["limit"]
    )
    rows = live.rows(query["layer"], [order[place][2] for place in shown])
    return {"items": guarded(rows, seen, live.members), "next": following}


def _of_some(live: Live, query: StandingQuery, seen: Sight) -> Row:
    """Of a few subjects, without reckoning everybody."""
    codes = [
        one.code
        for one in live.frame.subjects
        if one.layer == query["layer"] and query.get("unit") in (None, one.unit) and seen.covers(one.code, one.unit)
    ]
    rows = sorted((row for row in map(live.row, codes) if row["rank"]), key=_place)
    shown, following = listed(
        len(rows), lambda place: _place(rows[place]), (int, str), after=query["after"], limit=query["limit"]
    )
    return {"items": [rows[place] for place in shown], "next": following}


def _place(row: Row) -> tuple[int, str]:
    return row["rank"], row["subject"]
