"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date, datetime
from decimal import Decimal
from typing import NotRequired, TypedDict
from uuid import UUID

from shared.contracts.complaints.commands.procedure import AgentEntry, ComplainantEntry


class CaseChanges(TypedDict):
    amount: NotRequired[Decimal]
    answered: NotRequired[bool]
    channel: NotRequired[str]
    fined: NotRequired[Decimal | None]
    form: NotRequired[str | None]
    goods: NotRequired[str]
    ground: NotRequired[str]
    handler: NotRequired[str]
    kind: NotRequired[str]
    knew_on: NotRequired[date]
    must_tell: NotRequired[bool]
    nature: NotRequired[str | None]
    outcome: NotRequired[str]
    penalised: NotRequired[bool]
    perform_by: NotRequired[date | None]
    recovered: NotRequired[Decimal]
    request: NotRequired[str]
    satisfaction: NotRequired[str | None]
    summary: NotRequired[str]
    termination_ground: NotRequired[str | None]
    trader: NotRequired[str]
    trader_address: NotRequired[str]
    unit: NotRequired[str]
    voucher: NotRequired[bool]


class CaseStep(TypedDict):
    agent: AgentEntry | None
    amount: Decimal | None
    answer_by: date | None
    answered: bool
    appointed_for: datetime | None
    appraiser: str
    asked_by: str | None
    at: datetime | None
    attendance: str | None
    case: UUID
    changes: CaseChanges
    chosen_by: str | None
    competence: str | None
    entrusted: bool
    event: int | None
    fined: Decimal | None
    form: str | None
    granted: bool | None
    grave: bool
    ground: str | None
    handler: str | None
    happened_at: datetime | None
    identity: str | None
    knew_on: date | None
    materials: list[str] | None
    matter: str
    mode: str
    must_tell: bool
    nature: str | None
    new_due: date | None
    new_facts: bool
    objection: str | None
    on_behalf_of: str | None
    original: UUID | None
    other_bureau: str
    outcome: str | None
    party: str | None
    penalised: bool
    perform_by: date | None
    performed_on: date | None
    place: str
    proof: str
    receipt: str | None
    recovered: Decimal
    revision: int | None
    satisfaction: str | None
    since: date | None
    step: str
    subject: str | None
    supply_by: date | None
    termination_ground: str | None
    together: list[ComplainantEntry]
    unit: str | None
    urgent: bool
    voucher: bool
    why: str
    withheld_until: date | None
    withholding: str | None


class CaseSteps(TypedDict):
    steps: list[CaseStep]
