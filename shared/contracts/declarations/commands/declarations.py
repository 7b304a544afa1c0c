"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from decimal import Decimal
from typing import NotRequired, TypedDict


class AssessedDeclaration(TypedDict):
    counts: NotRequired[dict[str, Decimal] | None]
    declaration: str
    reason: str
    revision: NotRequired[int]


class Assessment(TypedDict):
    cycle: str
    declarations: list[AssessedDeclaration]
    mode: str


class DeclarationQuery(TypedDict):
    after: str | None
    assessor: NotRequired[str]
    cycle: str
    differs: NotRequired[bool]
    indicator: NotRequired[str]
    limit: int
    machine_changed: NotRequired[bool]
    may: bool
    overdue: NotRequired[bool]
    period: NotRequired[str]
    q: str | None
    skip: int
    sort: str | None
    status: NotRequired[str]
    subject: NotRequired[str]
    total: bool
    unit: NotRequired[str]
    waiting: NotRequired[str]


class DeclaredItem(TypedDict):
    confirmed: bool
    counts: NotRequired[dict[str, Decimal] | None]
    evidence: list[str]
    indicator: str
    period: NotRequired[str]
    remark: str
    revision: NotRequired[int]
    self_points: NotRequired[Decimal | None]
    subject: NotRequired[str]


class NewDeclarations(TypedDict):
    cycle: str
    draft: bool
    entries: list[DeclaredItem]
    mode: str
    period: NotRequired[str]
    subject: NotRequired[str]


class OneDeclaration(TypedDict):
    cycle: str
    declaration: str


class ChosenDeclaration(TypedDict):
    declaration: str
    revision: NotRequired[int]


class Filters(TypedDict):
    assessor: NotRequired[str]
    indicator: NotRequired[str]
    period: NotRequired[str]
    subject: NotRequired[str]
    unit: NotRequired[str]


class ReturnedDeclarations(TypedDict):
    cycle: str
    declarations: NotRequired[list[ChosenDeclaration]]
    etag: NotRequired[str]
    expected: NotRequired[int]
    mode: str
    reason: str
    selection: NotRequired[Filters]


class TakenBack(TypedDict):
    cycle: str
    declarations: list[ChosenDeclaration]
    mode: str
    reason: str


class Verification(TypedDict):
    cycle: str
    declarations: NotRequired[list[ChosenDeclaration]]
    etag: NotRequired[str]
    expected: NotRequired[int]
    mode: str
    selection: NotRequired[Filters]
