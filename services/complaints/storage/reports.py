"""What reports count, by single statements over the cases."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from services.complaints.domain.cases import AGREEMENT, COMPLAINT, FILED, REPORT, SETTLED, start_of
from services.complaints.domain.reports import Period
from services.complaints.storage.tables import cases, units
from shared.database import Row
from shared.pages import mentioning
from shared.vocabulary.complaints import CASE_KINDS, CASE_NATURES, CHANNELS

_c = cases.c
_HELD = func.coalesce(_c.unit, _c.intake_unit)


@dataclass(frozen=True)
class Scope:
    """What of the cases is counted: those of a unit, about some goods, from a channel; everything where nothing is named."""

    unit: str | None = None
    goods: str | None = None
    channel: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        found = mentioning(self.goods, _c.goods)
        if self.unit:
            found.append(or_(_c.unit == self.unit, _c.intake_unit == self.unit))
        return [*found, _c.channel == self.channel] if self.channel else found


class Reports:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._own = (_c.bureau == bureau, _c.status != "voided")
        self._bureau = bureau

    def counts(self, period: Period, scope: Scope) -> dict[str, Decimal]:
        """Return every item that is counted in the period, each by the day that makes it count."""
        asked = [value.label(name) for name, value in _items(_During(period)).items()]
        row = (
            self._session.execute(select(*asked).where(*self._own, _begun(period), *scope.conditions()))
            .mappings()
            .one()
        )
        found = {name: Decimal(value or 0) for name, value in row.items()}
        return {**found, **self._connected()}

    def workload(self, period: Period, scope: Scope, today: date) -> list[Row]:
        """Return what lies with whom and what they did, those with the most first."""
        during = _During(period)
        open_now = _c.concluded_at.is_(None) & _c.status.in_(("assigned", "taken_up", "accepted", "entrusted"))
        told = {
            "assigned": func.count().filter(during.of(_c.assigned_at)),
            "accepted": func.count().filter(during.of(_c.decided_at), _c.refusal_ground.is_(None)),
            "concluded": func.count().filter(during.of(_c.concluded_at)),
            "open": func.count().filter(open_now),
            "overdue": func.count().filter(_c.due < today),
            "supervised": func.coalesce(func.sum(_c.supervisions).filter(during.of(_c.received_at)), 0),
            "recovered": func.coalesce(func.sum(_c.recovered).filter(during.of(_c.concluded_at)), 0),
        }
        chosen = select(_c.handler, _HELD.label("unit"), *(value.label(name) for name, value in told.items()))
        grouped = chosen.where(*self._own, *scope.conditions(), _c.handler.is_not(None)).group_by(_c.handler, _HELD)
        order = [told["open"].desc(), told["concluded"].desc(), _c.handler, _HELD]
        rows = [dict(row) for row in self._session.execute(grouped.order_by(*order)).mappings()]
        return [row for row in rows if any(row[name] for name in told)]

    def most(self, column: str, period: Period, limit: int, *, published: bool = False) -> list[Row]:
        """Return by which goods or traders most complaints were received; ``published``: of results that were."""
        named, during = _c[column], _During(period)
        day = _c.published_at if published else _c.received_at
        own = (*self._own, _begun(period), _c.kind == COMPLAINT, named != "", during.of(day))
        counted = select(named.label("name"), func.count().label("cases")).where(*own).group_by(named)
        found = self._session.execute(counted.order_by(func.count().desc(), named).limit(limit)).mappings()
        return [dict(row) for row in found]

    def _connected(self) -> dict[str, Decimal]:
        own = select(units.c.kind, func.count()).where(units.c.bureau == self._bureau, units.c.active)
        counted = {kind: Decimal(number) for kind, number in self._session.execute(own.group_by(units.c.kind))}
        return {f"units_{kind}": counted.get(kind, Decimal(0)) for kind in ("bureau", "station")}


@dataclass(frozen=True)
class _During:
    period: Period

    def of(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        """Tell whether the moment in ``column`` lies in the period, by the days of Shanghai."""
        first, after = start_of(self.period.since), start_of(self.period.until + timedelta(days=1))
        return and_(column >= first, column < after)


def _begun(period: Period) -> ColumnElement[bool]:
    """Return the condition that leaves out the parts of later years: nothing happens to a case before it is received."""
    return _c.cycle <= str(period.until.year)


def _items(during: _During) -> dict[str, ColumnElement[Any]]:
    received = during.of(_c.received_at)
    complaint, ended = _c.kind == COMPLAINT, during.of(_c.ended_at)
    decided, concluded = complaint & during.of(_c.decided_at), complaint & during.of(_c.concluded_at)
    filed = and_(_c.kind == REPORT, _c.outcome == FILED, during.of(_c.concluded_at))
    turned = and_(complaint, _c.reported_as.is_not(None), received)
    return {
        "received": _count(received),
        **{f"received_{kind}": _count(received, _c.kind == kind) for kind in CASE_KINDS},
        **{f"channel_{channel}": _count(received, _c.channel == channel) for channel in CHANNELS},
        "channel_unknown": _count(received, _c.channel.is_(None)),
        "accepted": _count(decided, _c.refusal_ground.is_(None)),
        "refused": _count(decided, _c.refusal_ground.is_not(None)),
        "concluded": _count(concluded),
        "agreed": _count(concluded, _c.outcome.in_((AGREEMENT, SETTLED))),
        "recovered": func.sum(_c.recovered).filter(concluded),
        "filed": _count(filed),
        "ended": _count(ended),
        **{f"nature_{nature}": _count(ended, _c.nature == nature) for nature in CASE_NATURES},
        "penalised": _count(ended, _c.penalised),
        "fined": func.sum(_c.fined).filter(ended),
        "turned": _count(turned),
        "supervised": _count(received, _c.supervisions > 0),
        "published": _count(during.of(_c.published_at)),
        "withheld": _count(during.of(_c.withheld_at)),
        "objected": _count(during.of(_c.objected_at)),
        "units_active": func.count(_HELD.distinct()).filter(received),
    }


def _count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(*conditions)
