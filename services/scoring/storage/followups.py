"""What follows a run, in its tables: one store for all, each aggregate a flat state with a revision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Table, and_, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.scoring.domain.conversation import Conversation
from services.scoring.domain.improvement import Improvement
from services.scoring.domain.permissions import Sight
from services.scoring.storage import result_tables, tables
from shared.pages import keyset
from shared.vocabulary.refusals import conflict, missing

_ALL = Sight(everybody=True)
A = TypeVar("A", bound=Conversation | Improvement)


class Store(Generic[A]):
    """Aggregates of one bureau; ``key``: what names one beside its bureau."""

    def __init__(self, session: Session, bureau: str, cls: type[A], table: Table, key: Sequence[str]) -> None:
        self._session, self._bureau, self._cls, self._table, self._key = session, bureau, cls, table, key

    def find(self, *key: str, lock: bool = False) -> A | None:
        chosen = select(self._table).where(self._is(key))
        found = self._session.execute(chosen.with_for_update() if lock else chosen).mappings().first()
        return None if found is None else self._cls(**found)

    def get(self, *key: str, lock: bool = False) -> A:
        found = self.find(*key, lock=lock)
        if found is None:
            word = self._table.name
            raise missing(f"{word}.unknown", "没有这一记录", f"there is no such {word}")
        return found

    def add(self, one: A) -> None:
        made = insert(self._table).values(**asdict(one)).on_conflict_do_nothing().returning(self._table.c.bureau)
        if self._session.execute(made).first() is None:
            word = self._table.name
            raise conflict(f"{word}.exists", "已有这一记录", f"there is such a {word} already")

    def save(self, one: A) -> None:
        """Save it over the revision before; what was read with ``lock`` cannot have changed."""
        old = and_(self._is([getattr(one, name) for name in self._key]), self._table.c.revision == one.revision - 1)
        if self._session.execute(update(self._table).where(old).values(**asdict(one))).rowcount != 1:  # type: ignore[attr-defined]  # of an update
            raise conflict(f"{self._table.name}.changed", "记录已被他人修改", "it was changed meanwhile")

    def page(self, seen: Sight, query: Mapping[str, Any], *narrowing: str) -> dict[str, Any]:
        """Return a page for a run, of those whom ``seen`` covers; ``narrowing``: columns that the query may ask for."""
        c = self._table.c
        where = [c.bureau == self._bureau, c.run == query["run"]]
        if not seen.everybody:
            where.append(or_(c.subject == seen.person, c.unit.in_(seen.units)))
        where += [c[name] == query[name] for name in narrowing if query[name] is not None]
        order = [c[self._key[-1]]]
        chosen = select(self._table).where(*where)
        return keyset(self._session, chosen, order=order, after=query["after"], limit=query["limit"])

    def _is(self, key: Sequence[str]) -> ColumnElement[bool]:
        c = self._table.c
        return and_(c.bureau == self._bureau, *(c[name] == value for name, value in zip(self._key, key, strict=True)))


def conversations(session: Session, bureau: str) -> Store[Conversation]:
    return Store(session, bureau, Conversation, result_tables.conversation, ("run", "subject"))


def improvements(session: Session, bureau: str) -> Store[Improvement]:
    return Store(session, bureau, Improvement, result_tables.improvement, ("improvement",))


def measures_of(session: Session, bureau: str, run: str, subject: str) -> list[dict[str, Any]]:
    """Return all improvements of a subject, with what became of each."""
    query = {"run": run, "subject": subject, "after": None, "limit": 100}
    return with_orders(session, bureau, improvements(session, bureau).page(_ALL, query, "subject")["items"])


def orders_of(session: Session, bureau: str, pairs: Iterable[tuple[str, str]]) -> dict[str, dict[str, Any]]:
    """Return improvement -> where its task order stands, as declarations told it; ``pairs``: (cycle, improvement)."""
    fact = tables.fact.c
    own = (fact.bureau == bureau, fact.kind == "task_order", tuple_(fact.cycle, fact.fact).in_(sorted(pairs)))
    chosen = select(fact.fact, fact.status, fact.counts, fact.people["judged_by"].astext.label("judged_by"))
    rows = session.execute(chosen.where(*own)).mappings()
    return {row["fact"]: {name: row[name] for name in ("status", "counts", "judged_by")} for row in rows}


def with_orders(session: Session, bureau: str, measures: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return improvements with ``task_order``: what became of each where the
    work is done; None until it is heard of."""
    orders = orders_of(session, bureau, {(one["cycle"], one["improvement"]) for one in measures})
    return [{**one, "task_order": orders.get(one["improvement"])} for one in measures]
