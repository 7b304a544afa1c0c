"""docs/authorisation.md: the matrix as people read it."""

from collections.abc import Iterable

from ops.authorisation import after_the_close, own_rules
from ops.authorisation.matrix import Cell, Row, matrix
from ops.authorisation.stand_ins import RELATIONS, kinds
from shared.contracts.operations import Operation
from shared.vocabulary.permissions import ANYONE, OPERATOR
from shared.vocabulary.roles import REACHES, ROLES

_SHORT = {"own": "本人", "unit": "单位", "line": "口", "bureau": "总口"}
_HEAD = """# Who may do what

Printed by `kaohe authorisation`; a test compares it with the code, so it is edited there: permissions in `services/*/domain/*permissions.py`,
each operation's permission in `shared/contracts`. How it is enforced: decision 1001.

A cell tells from how near a role is granted: 本人 the thing is one's own, 单位 it is of one's unit (or one's section has the next step),
口 of another unit of one's line, 总口 of any other unit of the bureau; ✓ all four. `°`: also to an account that is no person's. No role reaches
another bureau: every query is scoped by the bureau of who asks, but for the trails, which an auditor of the installation reads whole. `anyone`: every account of the bureau, and what is shown is what each
may see (tests/contract/test_visibility.py). `operator`: the system itself and the administrator of the installation.
"""


def page(operations: Iterable[Operation]) -> str:
    """Return the whole page."""
    asked = list(operations)
    return (
        "\n".join(
            [_HEAD, *_permissions(matrix(asked)), *_operations(asked), "", *own_rules.lines(), *after_the_close.lines()]
        )
        + "\n"
    )


def _permissions(rows: list[Row]) -> list[str]:
    lines = ["## Permissions", ""]
    for service in sorted({row.service for row in rows}):
        lines += [f"### {service}", "", f"| permission | state | {' | '.join(_named(*one) for one in kinds())} |"]
        lines.append(f"|{'---|' * (len(kinds()) + 2)}")
        for row in (one for one in rows if one.service == service):
            state = ", ".join(f"{name} {str(value).lower()}" for name, value in row.state)
            cells = " | ".join(_cell(row.cells[one]) for one in kinds())
            lines.append(f"| {row.permission} | {state} | {cells} |")
        lines.append("")
    return lines


def _named(role: str, scope: str) -> str:
    several = sum(1 for one, _ in kinds() if one == role) > 1
    return f"{ROLES[role]}（{REACHES[scope]}）" if several else ROLES[role]


def _cell(cell: Cell) -> str:
    near = "✓" if cell.relations == RELATIONS else " ".join(_SHORT[one] for one in cell.relations)
    return f"{near}°" if cell.without_person and near else near


def _operations(asked: list[Operation]) -> list[str]:
    lines = ["## Operations", ""]
    for service in sorted({one.service for one in asked}):
        lines += [f"### {service}", "", "| permission | operation | address |", "|---|---|---|"]
        mine = sorted((one for one in asked if one.service == service), key=_order)
        lines += [f"| {one.may} | {one.name or one.rpc} | {one.method} {one.path} |" for one in mine]
        lines.append("")
    return lines[:-1]


def _order(one: Operation) -> tuple[bool, str, str, str, str]:
    return (one.may in {ANYONE, OPERATOR}, one.may, one.path, one.method, one.name or one.rpc)
