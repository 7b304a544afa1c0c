"""A 贡献表 that comes back: achievements put forward, or put forward again after a return or a withdrawal."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from rules import COUNT
from services.declarations.domain.contributions import STATES, title_key
from services.declarations.storage import forms as read
from services.declarations.usecases.contributions.steps import declare_contributions
from services.declarations.usecases.forms.faults import Taken, row_fault
from services.declarations.usecases.forms.showing import About
from shared.actor import Actor
from shared.contracts.declarations.commands.contributions import NewContribution
from shared.contracts.declarations.commands.forms import ContributionRow, TakenForm
from shared.database import Row, Session
from shared.errors import Problem
from shared.vocabulary.refusals import Refused, conflict

_TOLD = ("indicator", "title", "effect", "proof")


def take_contributions(
    session: Session, actor: Actor, about: About, _command: TakenForm, rows: Sequence[ContributionRow]
) -> Taken:
    """Take contributions from a sheet: the same title under the same item is the same achievement: it is
    never put forward twice by one sheet sent twice."""
    stored = read.contributions_of(session, about.bureau, about.cycle.cycle, about.subject.code, about.period.code)
    standing = [one for one in stored if one["part_of"] is None or one["status"] != "withdrawn"]
    known = {(one["indicator"], one["title_key"]): one for one in standing}
    taken, new = Taken(), list[tuple[ContributionRow, Row | None]]()
    for row in rows:
        old = known.get((row["indicator"], title_key(row["title"])))
        stands = old is not None and not STATES.allows("declare", old["status"])
        if old is not None and stands and _same(old, row):
            taken.unchanged += 1
        elif stands:
            taken.errors.append(row_fault(row, "title", _put_forward_already(row["title"])))
        else:
            new.append((row, old))
    if new and not taken.errors:
        _declare(session, actor, about, new)
    taken.changed = len(new)
    return taken


def _declare(session: Session, actor: Actor, about: About, new: Sequence[tuple[ContributionRow, Row | None]]) -> None:
    entries = [_entry(about, row, old) for row, old in new]
    try:
        declare_contributions(session, actor, {"cycle": about.cycle.cycle, "contributions": entries})
    except Problem as problem:
        problem.errors = [
            {**one, "row": new[one["row"]][0]["row"] if one.get("row") is not None else 0} for one in problem.errors
        ]
        raise


def _entry(about: About, row: ContributionRow, old: Row | None) -> NewContribution:
    """What a sheet does not tell, files and partners, stay those of what is put forward again."""
    entry: NewContribution = {
        "subject": about.subject.code,
        "period": about.period.code,
        "indicator": row["indicator"],
        "title": row["title"],
        "effect": row["effect"],
        "proof": row["proof"],
        "level": row["level"] or None,
        "evidence": [],
        "shares": [],
    }
    if old is None:
        return entry
    return {
        **entry,
        "contribution": old["contribution"],
        "revision": old["revision"],
        "evidence": old["evidence"],
        "shares": [{"subject": one["subject"], "share": Decimal(one["share"])} for one in old["shares"]],
    }


def _same(old: Row, row: ContributionRow) -> bool:
    claimed = row["level"] or COUNT
    told: Mapping[str, Any] = row
    return all(old[name] == told[name] for name in _TOLD) and list(old["claimed"]) == [claimed]


def _put_forward_already(title: str) -> Refused:
    return conflict(
        "form.declared_already",
        f"“{title}”本期已申报，内容与表中不同",
        f"{title} was put forward already, with another content",
    )
