"""What still raises a subject's score: the points to be had in each item, what they are worth in the final score, and how to get them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rules import rounded
from services.scoring.domain.advice import Advice, Advisor
from services.scoring.domain.advice_sentences import advice_sentence
from services.scoring.domain.dossier import Dossier, Fact, desk_of
from services.scoring.domain.leverage import point_weights
from services.scoring.domain.permissions import detail_sight
from services.scoring.domain.results import shown
from services.scoring.domain.run import is_freezable
from services.scoring.domain.sheets import Sheet, score_subject
from services.scoring.kernel.live import Live
from services.scoring.storage.facts import read_dossiers
from services.scoring.storage.projections import cycle_of
from services.scoring.usecases.guards import need_to_see
from services.scoring.usecases.incremental import current
from services.scoring.usecases.naming import named
from services.scoring.usecases.standings import need_scored
from shared.actor import Actor
from shared.clock import today
from shared.contracts.scoring.commands.advice import AdviceQuery
from shared.database import Session

Row = dict[str, Any]
TAKES_FACTS = ("draft", "open", "closing")  # states of a cycle in which something can still be handed in
WEIGHT_DIGITS, WORTH_DIGITS = 6, 4


@dataclass(frozen=True)
class _Year:
    """``going_on``: its work; else only what was done is still declared and assessed."""

    ends: date
    takes_facts: bool
    going_on: bool


def advise(session: Session, actor: Actor, query: AdviceQuery) -> Row:
    """Return what can still be done for each item of a subject, what raises the final score most first.

    ``gain`` is the difference of final scores that scoring gives with and without the advised points (docs/decisions/0333).
    """
    bureau, cycle, code = actor.bureau, query["cycle"], query["subject"]
    year = _year(cycle_of(session, bureau, cycle))
    live, at = current(session, bureau, cycle)
    need_scored(live, code)
    row, subject = live.row(code), live.frame.by_code[code]
    need_to_see(detail_sight(actor), code, row["unit"])
    (raw,) = read_dossiers(session, bureau, cycle, [code])
    dossier = Dossier.from_json(raw)
    sheet = score_subject(live.frame, subject, dossier)
    status = {one["fact"]: one["status"] for one in raw["facts"]}
    advisor = Advisor(live.frame, subject, dossier, status, going_on=year.going_on)
    found = [one for one in map(advisor.of, sheet.items) if one] if year.takes_facts else []
    items = _items(live, sheet, row, found, raw["facts"], year)
    head = {name: row[name] for name in ("subject", "unit", "layer", "final", "rank")}
    told = {one["indicator"] for one in items}
    return {
        **named(session, bureau, {"items": [head]})["items"][0],
        "cycle": cycle,
        "ranked": live.ranked(row["layer"]),
        "as_of": today(),
        "computed_at": at,
        "reachable": live.final_if(
            code, {one.item.indicator: _hundredths(one) for one in found if one.item.indicator in told}
        ),
        "causes": dict(Counter(one.cause for one in sheet.items)),
        "items": items,
    }


def _year(cycle: Row) -> _Year:
    ends: date = cycle["ends"]
    takes_facts = cycle["status"] in TAKES_FACTS
    return _Year(ends, takes_facts, takes_facts and not is_freezable(cycle["status"]) and today() <= ends)


def _items(live: Live, sheet: Sheet, row: Row, found: Sequence[Advice], facts: Sequence[Row], year: _Year) -> list[Row]:
    """What raises the final score, or would if it were told more finely; what lowers it is nobody's advice."""
    weights = point_weights(live.frame, sheet, row["components"])
    final = Decimal(row["final"] or 0)
    items = []
    for one in found:
        then = live.final_if(row["subject"], {one.item.indicator: _hundredths(one)})
        gain = Decimal(then or 0) - final
        weight = weights.get(one.item.indicator)
        worth = None if weight is None else rounded(Fraction(one.gained) * weight, WORTH_DIGITS)
        if gain > 0 or (gain == 0 and worth):
            items.append(
                (
                    gain,
                    worth or gain,
                    {
                        **_told(one, facts, row["unit"], year),
                        "weight": _text(weight),
                        "worth": shown(worth),
                        "gain": shown(gain),
                    },
                )
            )
    items.sort(key=lambda one: (-one[0], -one[1], one[2]["indicator"]))
    return [told for *_, told in items]


def _told(one: Advice, facts: Sequence[Row], unit: str, year: _Year) -> Row:
    item, now = one.item, one.now
    desks = [_desk(fact, unit) for fact in facts if fact["fact"] in {own.fact for own in one.facts}]
    return {
        **{name: getattr(item, name) for name in ("indicator", "name", "category", "line", "tool", "rule")},
        "full_points": shown(item.full),
        "points": shown(now.points),
        "points_then": shown(one.then.points),
        "cause": now.cause,
        "action": one.action,
        "periods": [{"period": code, "due_on": None, "late": None} for code in one.periods],
        "more": {name: shown(number) for name, number in one.more.items()},
        "assumed": [_assumed(fact) for fact in one.facts],
        "desks": desks,
        "until": year.ends if one.action in ("do_more", "improve", "contribute") else None,
        "sentence": advice_sentence(one, dict.fromkeys(desk["step"] for desk in desks), year.ends),
    }


def _desk(fact: Row, unit: str) -> Row:
    return {"kind": fact["kind"], "fact": fact["fact"], "period": fact["period"], **desk_of(fact, unit)}


def _assumed(fact: Fact) -> Row:
    counts = {name: shown(number) for name, number in fact.counts.items()}
    return {"kind": fact.kind, "period": fact.period, "not_applicable": fact.not_applicable, "counts": counts}


def _hundredths(one: Advice) -> int:
    return int((one.then.points or Decimal(0)) * 100)


def _text(weight: Fraction | None) -> str | None:
    return None if weight is None else f"{rounded(weight, WEIGHT_DIGITS):f}"
