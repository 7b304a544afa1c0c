"""A 贡献表 that comes back: achievements put forward, or put forward again after a return or a withdrawal."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from rules import COUNT
from services.declarations.domain.contributions import STATES, title_key
from services.declarations.domain.forms import BY_SHEET
from services.declarations.storage import forms as read
from services.declarations.usecases.contributions.steps import declare_contributions
from services.declarations.usecases.forms.about import About
from services.declarations.usecases.forms.faults import Taken, changed_since, row_fault
from services.declarations.usecases.forms.since import Since
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
    """Take contributions from a sheet: a row that it showed stays that one, whatever its title is now; of a new row the
    same title under the same item is the same achievement, which is never put forward twice by one sheet sent twice."""
    stored = read.contributions_of(session, about.bureau, about.cycle.cycle, about.subject.code, about.period.code)
    found = _Found([one for one in stored if one["part_of"] is None or one["status"] != "withdrawn"])
    pairs = [(old, row) for row in rows if (old := found.of(row)) is not None]
    since = Since(session, actor, about, "contribution", pairs)
    taken, new = Taken(), list[tuple[ContributionRow, Row | None]]()
    for row in rows:
        old = found.of(row)
        stands = old is not None and not STATES.allows("declare", old["status"])
        if old is not None and stands and _same(old, row):
            taken.unchanged += 1
        elif found.another(row):
            taken.errors.append(row_fault(row, "title", _exchanged(row["title"])))
        elif stands:
            taken.errors.append(row_fault(row, "title", _put_forward_already(row["title"])))
        elif old is not None and row.get("revision") and not _same(old, row) and not since.untouched(old, row):
            taken.errors.append(row_fault(row, "title", changed_since(f"“{old['title']}”", row)))
        else:
            new.append((row, old))
    if new and not taken.errors:
        _declare(session, actor, about, new)
    taken.changed = len(new)
    return taken


class _Found:
    """What is put forward already: by its hidden key where the sheet showed it, else by its title."""

    def __init__(self, standing: list[Row]) -> None:
        self._by_id = {one["contribution"]: one for one in standing}
        self._by_title = {(one["indicator"], one["title_key"]): one for one in standing}

    def of(self, row: ContributionRow) -> Row | None:
        return self._by_id.get(row.get("contribution", "")) or self._titled(row)

    def another(self, row: ContributionRow) -> bool:
        """Tell whether the row has the title of another than the one that its sheet showed there."""
        titled = self._titled(row)
        return row.get("contribution") in self._by_id and titled is not None and titled != self.of(row)

    def _titled(self, row: ContributionRow) -> Row | None:
        return self._by_title.get((row["indicator"], title_key(row["title"])))


def _declare(session: Session, actor: Actor, about: About, new: Sequence[tuple[ContributionRow, Row | None]]) -> None:
    entries = [_entry(about, row, old) for row, old in new]
    try:
        declare_contributions(session, actor, {"cycle": about.cycle.cycle, "contributions": entries}, BY_SHEET)
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


def _exchanged(title: str) -> Refused:
    return conflict(
        "form.exchanged",
        f"“{title}”是另一行的事项：单元格被互换或覆盖，请重新导出后填写",
        f"{title} is that of another row: cells were exchanged",
    )


def _put_forward_already(title: str) -> Refused:
    return conflict(
        "form.declared_already",
        f"“{title}”本期已申报，内容与表中不同",
        f"{title} was put forward already, with another content",
    )
