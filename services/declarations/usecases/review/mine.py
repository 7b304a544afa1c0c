"""All items of one subject over the periods of a cycle, in one shape: due, draft, returned, declared, decided."""

from collections import Counter
from collections.abc import Sequence

from services.declarations.domain.cycles import Cycle, Period
from services.declarations.domain.declarations import SETTLED
from services.declarations.domain.indicators import Indicator
from services.declarations.storage.library import need_cycle
from services.declarations.usecases.review.due import Items, about, asked, prefilled_points, readable_subject
from shared.actor import Actor
from shared.clock import today
from shared.contracts.declarations.commands.due import MineQuery
from shared.database import Row, Session
from shared.pages import listed
from shared.vocabulary.declarations import ITEM_STATES, PENDING_STATES


def list_mine(session: Session, actor: Actor, query: MineQuery) -> Row:
    """Return a page of the items of ``query["subject"]`` (by default the
    actor), and how many stand where in each period.

    Without a period: of all that have begun.
    """
    cycle = need_cycle(session, actor.bureau, query["cycle"])
    periods = [cycle.named(query["period"])] if "period" in query else _begun(cycle)
    subject = readable_subject(session, actor, query.get("subject") or actor.person)
    items = Items(session, actor.bureau, cycle, subject, periods)
    every = [(_state(items.begun(period, one)), period, one) for period in periods for one in items.known(period)]
    chosen = [one for one in every if query.get("state") in (None, one[0])]
    places, following = listed(
        len(chosen),
        lambda place: (chosen[place][1].code, chosen[place][2].indicator),
        (str, str),
        after=query["after"],
        limit=query["limit"],
    )
    return {
        "subject": subject.code,
        "unit": subject.unit.unit,
        "layer": subject.layer,
        "items": [_item(items, *chosen[place]) for place in places],
        "next": following,
        "counts": _counts(items, periods, every),
    }


def _begun(cycle: Cycle) -> list[Period]:
    return sorted((one for one in cycle.periods.values() if one.starts <= today()), key=lambda one: one.code)


def _state(begun: Row | None) -> str:
    if begun is None:
        return "due"
    if begun["status"] in PENDING_STATES:
        return str(begun["status"])
    return "decided" if begun["status"] in SETTLED else "declared"


def _item(items: Items, state: str, period: Period, one: Indicator) -> Row:
    scale, begun, consent = items.scale(period, one), items.begun(period, one), items.consent(period, one)
    stands = begun if begun is not None else _NOTHING
    return {
        **about(one),
        "period": period.code,
        "state": state,
        **{name: stands[name] for name in _SHOWN},
        "points": stands["points"] if begun else prefilled_points(scale),
        "target": stands["target"] if begun else scale.target,
        "not_applicable": stands["not_applicable"] if begun else scale.nothing_happened,
        "quantities": asked(one, scale, begun),
        "due_on": items.due_on(period) if state in ("due", "draft") else stands["due_on"],
        "late": state in ("due", "draft") and items.late(period),
        "consent": consent.status if consent else None,
        "missing": items.missing(period, one),
    }


def _counts(items: Items, periods: Sequence[Period], every: Sequence[tuple[str, Period, Indicator]]) -> list[Row]:
    number = Counter((period.code, state) for state, period, _ in every)
    return [
        {
            "period": period.code,
            "due_on": items.due_on(period),
            **{state: number[period.code, state] for state in ITEM_STATES},
        }
        for period in periods
    ]


_SHOWN = ("declaration", "revision", "status", "self_points", "points", "differs", "remark", "reason", "evidence")
_NOTHING: Row = {**dict.fromkeys(_SHOWN), "differs": False, "remark": "", "reason": "", "evidence": [], "due_on": None}
