"""告知: what has to be told of a case, to whom and by when: one for each decision and transfer and each party that it concerns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.complaints.domain.cases import ASSOCIATION, COMPLAINT, REPORT, TERMINATED, Case, day_of
from services.complaints.domain.deadlines import Deadline
from services.complaints.domain.events import Event, effective
from services.complaints.domain.regimes import ACCEPT, TELL_RESULT, TELL_TERMINATION
from shared.vocabulary.case_notifications import PROOFS
from shared.vocabulary.refusals import conflict, invalid

CONSUMER, TRADER = "consumer", "trader"
ACCEPTANCE, REFUSAL, TERMINATION, RESULT, TRANSFER = "acceptance", "refusal", "termination", "result", "transfer"
# The clock until whose end it is told; the rules give one to nothing else.
_CLOCKS = {ACCEPTANCE: ACCEPT, REFUSAL: ACCEPT, TERMINATION: TELL_TERMINATION, RESULT: TELL_RESULT, TRANSFER: ACCEPT}
# What the step 告知 says of the case once everybody concerned was told.
BY_STEP = frozenset({REFUSAL, TERMINATION, RESULT})


@dataclass(frozen=True)
class Owed:
    """``event``: the number of what was decided. ``due``: None where no rule says until when."""

    matter: str
    party: str
    event: int
    decided_at: datetime
    due: date | None
    regime: str
    article: str
    unit: str
    handler: str | None


def owed(case: Case, history: Sequence[Event], clocks: Sequence[Deadline]) -> list[Owed]:
    """Return all that has to be told of what stands in the history, told or not."""
    if case.status == "voided":
        return []
    latest = {one.name: one for one in clocks}
    return [
        _owed(case, event, matter, party, latest)
        for event in effective(history)
        if not event.inherited
        for matter, party in _told_of(case, event)
    ]


def check_telling(at: datetime, decided_at: datetime, received_on: date | None, now: datetime) -> None:
    """Refuse times that cannot be: told before it was decided or after now, received before it was told or after today."""
    if at > now or (received_on and received_on > day_of(now)):
        raise invalid("case.future", "时间不能晚于现在", "the time lies in the future", "at")
    if at < decided_at:
        raise conflict("case.order", "告知时间早于决定时间", "told before it was decided", "at")
    if received_on and received_on < day_of(at):
        raise conflict("case.order", "收到日期早于告知日期", "received before it was told", "received_on")


def check_proof(way: str, proof: str) -> None:
    if not proof.strip():
        raise invalid("notification.proof", f"请填写{PROOFS[way]}", "what proves it is missing", "proof")


def _told_of(case: Case, event: Event) -> Iterator[tuple[str, str]]:
    if event.name == "accept":
        yield ACCEPTANCE, CONSUMER
    elif event.name == "refuse":
        yield REFUSAL, CONSUMER
    elif event.name == "transfer":
        if case.kind == COMPLAINT or case.real_name:
            yield TRANSFER, CONSUMER
    elif event.name == "conclude" and case.kind == REPORT:
        if case.must_tell or case.real_name:
            yield RESULT, CONSUMER
    elif _ends(case, event):
        yield TERMINATION, CONSUMER
        yield TERMINATION, TRADER


def _ends(case: Case, event: Event) -> bool:
    """Tell whether the mediation ended with it without agreement: a withdrawal after the acceptance is such an end."""
    return (
        case.outcome == TERMINATED and event.name in ("conclude", "withdraw") and event.happened_at == case.concluded_at
    )


def _owed(case: Case, event: Event, matter: str, party: str, latest: Mapping[str, Deadline]) -> Owed:
    clock = latest.get(_CLOCKS[matter]) if case.organisation != ASSOCIATION else None
    holder = case.holder_at(event.happened_at)
    return Owed(
        matter=matter,
        party=party,
        event=event.number,
        decided_at=event.happened_at,
        due=clock.due if clock else None,
        regime=clock.regime if clock else "",
        article=clock.article if clock else "",
        unit=holder.unit,
        handler=holder.handler,
    )
