"""A 贡献表 that comes back: achievements put forward, or put forward again after a return or a withdrawal."""

from decimal import Decimal
from typing import Any

from rules import COUNT
from services.declarations.domain.contributions import STATES, title_key
from services.declarations.storage import forms as read
from services.declarations.usecases.contributions.steps import declare_contributions
from services.declarations.usecases.forms.faults import Row, Taken, row_fault
from services.declarations.usecases.forms.showing import About
from shared.actor import Actor
from shared.database import Session
from shared.errors import Problem
from shared.vocabulary.refusals import Refused, conflict

_TOLD = ("indicator", "title", "effect", "proof")


def take_contributions(session: Session, actor: Actor, about: About, command: dict[str, Any]) -> Taken:
    """Take contributions from a sheet: the same title under the same item is the same achievement: it is
    never put forward twice by one sheet sent twice."""
    stored = read.contributions_of(session, about.bureau, about.cycle.cycle, about.subject.code, about.period.code)
    standing = [one for one in stored if one["part_of"] is None or one["status"] != "withdrawn"]
    known = {(one["indicator"], one["title_key"]): one for one in standing}
    taken, new = Taken(), list[Row]()
    for row in command["rows"]:
        old = known.get((row["indicator"], title_key(row["title"])))
        stands = old is not None and not STATES.allows("declare", old["status"])
        if old is not None and stands and _same(old, row):
            taken.unchanged += 1
        elif stands:
            taken.errors.append(row_fault(row, "title", _put_forward_already(row["title"])))
        else:
            new.append({**row, **_kept(old)})
    if new and not taken.errors:
        _declare(session, actor, about, new)
    taken.changed = len(new)
    return taken


def _declare(session: Session, actor: Actor, about: About, rows: list[Row]) -> None:
    entries = [
        {
            **{name: row[name] for name in _TOLD},
            "level": row["level"] or None,
            "evidence": row["evidence"],
            "shares": row["shares"],
            "subject": about.subject.code,
            "period": about.period.code,
            **({name: row[name] for name in ("contribution", "revision")} if row["contribution"] else {}),
        }
        for row in rows
    ]
    try:
        declare_contributions(session, actor, {"cycle": about.cycle.cycle, "contributions": entries})
    except Problem as problem:
        problem.errors = [
            {**one, "row": rows[one["row"]]["row"] if one.get("row") is not None else 0} for one in problem.errors
        ]
        raise


def _kept(old: Row | None) -> Row:
    """What a sheet does not tell: files and partners stay those of what is put forward again."""
    if old is None:
        return {"contribution": None, "evidence": [], "shares": []}
    shares = [{"subject": one["subject"], "share": Decimal(one["share"])} for one in old["shares"]]
    return {
        "contribution": old["contribution"],
        "revision": old["revision"],
        "evidence": old["evidence"],
        "shares": shares,
    }


def _same(old: Row, row: Row) -> bool:
    claimed = row["level"] or COUNT
    return all(old[name] == row[name] for name in _TOLD) and list(old["claimed"]) == [claimed]


def _put_forward_already(title: str) -> Refused:
    return conflict(
        "form.declared_already",
        f"“{title}”本期已申报，内容与表中不同",
        f"{title} was put forward already, with another content",
    )
