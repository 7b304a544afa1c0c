"""What the taking of every form shares: how much changed, and the faults with their rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shared.contracts.declarations.commands.forms import ContributionRow, OrderRow, ReviewRow
from shared.database import Row
from shared.errors import Problem
from shared.vocabulary.refusals import Refused, conflict

SheetRow = ReviewRow | OrderRow | ContributionRow


@dataclass
class Taken:
    changed: int = 0
    unchanged: int = 0
    errors: list[Row] = field(default_factory=list)


def row_fault(row: SheetRow, column: str, refused: Refused) -> Row:
    one = refused.refusals[0]
    return {"row": row["row"], "column": one.field or column, "code": one.code, "zh": one.zh, "en": one.en}


def changed_since(name: str, row: SheetRow) -> Refused:
    """Refuse to overwrite what is newer than the sheet; ``name``: what the row is about, as the sheet shows it."""
    if row.get("revision") is None:
        zh, en = (
            "导出本表时尚未填报，或本表由旧版本导出",
            "was not declared yet in this sheet, or an older version exported it",
        )
    else:
        zh, en = "在本表导出以后又改过，内容与表中不同", "was changed since this sheet was exported"
    return conflict(
        "form.changed_since",
        f"{name} {zh}；为免覆盖现有内容，请重新导出，在新表里改这一项",
        f"{name} {en}: export it again and change that one, so that nothing newer is overwritten",
    )


def faults_of(problem: Problem, rows: Sequence[Mapping[Any, Any]]) -> list[Row]:
    """Return the faults of a refused batch, whose rows are already those of the sheet; a
    problem without any is one of the whole."""
    if not problem.errors:
        return [{"row": 0, "column": "", "code": problem.code, "zh": problem.zh, "en": problem.en}]
    known = {number for row in rows if isinstance(number := row.get("row"), int)}
    return [
        {
            "row": number if isinstance(number := one.get("row"), int) and number in known else 0,
            "column": str(one.get("column") or one.get("field") or ""),
            "code": one["code"],
            "zh": one["zh"],
            "en": one["en"],
        }
        for one in problem.errors
    ]
