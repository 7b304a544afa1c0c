"""The smaller aggregates in their tables: task orders and what is asked about them, contributions, temporary work, vetoes.

One store serves all: each is a flat state.
"""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from services.declarations.domain.consents import LateConsent
from services.declarations.domain.contributions import Contribution
from services.declarations.domain.inquiries import Inquiry
from services.declarations.domain.orders import TaskOrder
from services.declarations.domain.temporary import TemporaryWork
from services.declarations.domain.vetoes import Veto
from services.declarations.storage import order_tables, tables
from services.declarations.storage.bulk import as_states, codes, insert_new, update_changed
from services.declarations.storage.review_tables import late_consent

A = TypeVar("A")


class Store(Generic[A]):
    """Aggregates of one bureau and cycle; what is read is locked until the transaction ends."""

    def __init__(self, session: Session, bureau: str, cycle: str, cls: type[A], table: Table, key: str) -> None:
        self._session, self._bureau, self._cycle = session, bureau, cycle
        self._cls, self._table, self._key = cls, table, key

    def by_ids(self, ids: Iterable[str]) -> dict[str, A]:
        c = self._table.c
        statement = (
            select(self._table)
            .where(c.bureau == self._bureau, c.cycle == self._cycle, c[self._key].in_(codes(ids)))
            .order_by(c[self._key])
            .with_for_update()
        )
        found = as_states(self._cls, self._session.execute(statement))
        return {getattr(one, self._key): one for one in found}

    def add(self, new: Sequence[A]) -> None:
        insert_new(self._session, self._table, new)

    def change(self, changed: Sequence[A]) -> None:
        update_changed(self._session, self._table, (self._key,), changed)


def task_orders(session: Session, bureau: str, cycle: str) -> Store[TaskOrder]:
    return Store(session, bureau, cycle, TaskOrder, tables.task_order, "order")


def inquiries(session: Session, bureau: str, cycle: str) -> Store[Inquiry]:
    return Store(session, bureau, cycle, Inquiry, order_tables.inquiry, "inquiry")


def temporary_works(session: Session, bureau: str, cycle: str) -> Store[TemporaryWork]:
    return Store(session, bureau, cycle, TemporaryWork, order_tables.temporary_work, "work")


def contributions(session: Session, bureau: str, cycle: str) -> Store[Contribution]:
    return Store(session, bureau, cycle, Contribution, tables.contribution, "contribution")


def late_consents(session: Session, bureau: str, cycle: str) -> Store[LateConsent]:
    return Store(session, bureau, cycle, LateConsent, late_consent, "consent")


def vetoes(session: Session, bureau: str, cycle: str) -> Store[Veto]:
    return Store(session, bureau, cycle, Veto, tables.veto, "veto")
