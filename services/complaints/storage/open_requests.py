"""Cases as the public may be told of them: no other column is read. Reports, an association's own and merged cases are not among them."""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import BigInteger, ColumnElement, literal_column, select
from sqlalchemy.orm import Session

from services.complaints.domain.cases import BUREAU
from services.complaints.storage.indexed import RECEIVED
from services.complaints.storage.tables import cases
from shared.database import Row
from shared.vocabulary.complaints import OPEN_STATES
from shared.vocabulary.open_requests import CLOSED_STATES, SERVICES

_COLUMNS = (
    "code",
    "kind",
    "status",
    "unit",
    "intake_unit",
    "received_at",
    "decided_at",
    "concluded_at",
    "published_at",
)
_MORE = ("outcome", "goods", "trader_address", "due")
_STATES = {"open": OPEN_STATES, "closed": CLOSED_STATES}
_MOMENT = literal_column(RECEIVED, BigInteger)  # as the index has it


class OpenRequests:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._own = [
            cases.c.bureau == bureau,
            cases.c.organisation == BUREAU,
            cases.c.kind.in_(SERVICES),
            cases.c.status.in_(OPEN_STATES + CLOSED_STATES),
        ]

    def of(self, codes: Collection[str]) -> list[Row]:
        """Return those of ``codes`` that may be told, the latest first."""
        return self._rows([cases.c.code.in_(codes)], 0, len(codes))

    def between(
        self, since: datetime, until: datetime, kinds: Collection[str], states: Collection[str], page: tuple[int, int]
    ) -> list[Row]:
        """Return those received from ``since`` to ``until``. ``page``: its number, from 1, and its size."""
        told = [status for one in states for status in _STATES[one]]
        asked = [_MOMENT.between(_micros(since), _micros(until)), cases.c.kind.in_(kinds), cases.c.status.in_(told)]
        number, size = page
        return self._rows(asked, (number - 1) * size, size)

    def _rows(self, asked: Collection[ColumnElement[bool]], skip: int, limit: int) -> list[Row]:
        chosen = select(*(cases.c[name] for name in (*_COLUMNS, *_MORE))).where(*self._own, *asked)
        ordered = chosen.order_by(_MOMENT.desc(), cases.c.code).offset(skip).limit(limit)
        return [dict(row) for row in self._session.execute(ordered).mappings()]


def _micros(moment: datetime) -> int:
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
