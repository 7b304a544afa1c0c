"""A year month by month: the same inputs, cut to what had ended by a month's end."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from rules.votes import any_secret
from services.scoring.domain.ballots import ballots_of

Tree = dict[str, Any]


def month_ends(starts: date, ends: date) -> Iterator[date]:
    """Yield the last days of the months from ``starts`` to ``ends``; the last one is ``ends`` itself."""
    day = starts
    while day <= ends:
        last = min(day.replace(day=monthrange(day.year, day.month)[1]), ends)
        yield last
        day = last + timedelta(days=1)


def frame_until(raw: Tree, day: date) -> Tree:
    """Return the frame's JSON with only those periods due that had ended by ``day``; those of older copies say no days
    and are all due."""
    periods = [one for one in raw["cycle"]["periods"] if one.get("ends", "") <= day.isoformat()]
    return {**raw, "cycle": {**raw["cycle"], "periods": periods}}


def period_ends(raw: Tree) -> dict[str, str]:
    """Return period -> its last day, as the frame's JSON has them."""
    return {one["code"]: one["ends"] for one in raw["cycle"]["periods"] if "ends" in one}


def dossier_until(raw: Tree, ends: Mapping[str, str], day: date) -> Tree:
    """Return a dossier's JSON with the facts of periods that had ended.

    Evaluations of one item of which one is by too few come all together, after the last of them: apart they would tell
    what each of them gave (docs/decisions/0330).
    """
    on = day.isoformat()
    open_items = {one["indicator"] for one in raw["facts"] if one["kind"] == "evaluation" and not _ended(one, ends, on)}
    kept_back = {code for code in open_items if _is_secret(raw, code)}
    facts = [
        one
        for one in raw["facts"]
        if _ended(one, ends, on) and not (one["kind"] == "evaluation" and one["indicator"] in kept_back)
    ]
    return {**raw, "facts": facts}


def _ended(fact: Tree, ends: Mapping[str, str], on: str) -> bool:
    return ends.get(fact["period"], "") <= on


def _is_secret(raw: Tree, indicator: str) -> bool:
    cast = (one for one in raw["facts"] if one["kind"] == "evaluation" and one["indicator"] == indicator)
    return any_secret(map(ballots_of, cast))
