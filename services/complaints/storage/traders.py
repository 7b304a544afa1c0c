"""The register of traders, the names by which cases are linked to them, and merges of double entries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import array, insert
from sqlalchemy.orm import Session

from services.complaints.domain.cases import REPORT
from services.complaints.storage.bigrams import holding, overlapping, plain_of
from services.complaints.storage.knowledge_tables import case_traders, trader_merges, trader_names, traders
from services.complaints.storage.tables import cases
from shared.contracts.complaints.commands.traders import TraderFilter
from shared.database import Row
from shared.jsontext import dumps
from shared.pages import asked, keyset
from shared.tables import inserting

_TOLD = [traders.c[name] for name in ("trader", "revision", "name", "credit_code", "address", "place", "unit")]

_ALIKE = 20
_TELLING = 300  # traders: a pair that more have tells none from another
_GRAMS = func.complaints.bigrams(traders.c.searched)
_LINKED_ANEW = (
    "ON CONFLICT (bureau, code) DO UPDATE SET trader = excluded.trader, name = excluded.name, how = excluded.how"
)


def _each(pairs: Sequence[str]) -> Any:
    """Return a table of ``pairs``, a row each."""
    return func.unnest(overlapping([*pairs])).table_valued("pair", name="pairs").render_derived()


def _shared(pairs: Sequence[str]) -> ColumnElement[int]:
    """Return how many of ``pairs`` a trader's name has."""
    pair = _each(pairs)
    there = func.strpos(plain_of(traders.c.searched), pair.c.pair) > 0
    return select(func.count()).select_from(pair).where(there).scalar_subquery()


def _holds(signs: ColumnElement[Any]) -> ColumnElement[bool]:
    return _GRAMS.op("@>", is_comparison=True)(signs)


class Traders:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def hold(self) -> None:
        """Let nobody else register, change or merge traders of the bureau until this transaction ends."""
        name = {"name": f"complaints traders {self._bureau}"}
        self._session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), name)

    def get(self, code: str) -> Row | None:
        own = select(traders).where(traders.c.bureau == self._bureau, traders.c.trader == code)
        row = self._session.execute(own).mappings().first()
        return dict(row) if row else None

    def names(self, codes: Collection[str]) -> dict[str, str]:
        """Return the names of those of ``codes`` that are known."""
        c = traders.c
        own = select(c.trader, c.name).where(c.bureau == self._bureau, c.trader.in_(list(codes)))
        return {row.trader: row.name for row in self._session.execute(own)}

    def by_credit_codes(self, codes: Iterable[str]) -> dict[str, str]:
        c = traders.c
        own = select(c.credit_code, c.trader).where(c.bureau == self._bureau, c.merged_into.is_(None))
        return {row[0]: row[1] for row in self._session.execute(own.where(c.credit_code.in_(list(codes))))}

    def by_names(self, names: Iterable[str]) -> dict[str, str]:
        c = trader_names.c
        own = select(c.name, c.trader).where(c.bureau == self._bureau, c.name.in_(list(names)))
        return {row[0]: row[1] for row in self._session.execute(own)}

    def names_of(self, code: str) -> list[str]:
        c = trader_names.c
        return list(self._session.scalars(self._names_of(code, c.name).order_by(c.name)))

    def cases_of(self, code: str, *, reports: bool) -> int:
        return self._session.scalar(self._count(code, reports=reports)) or 0

    def _told(self, *, reports: bool) -> list[Any]:
        counted = self._count(traders.c.trader, reports=reports)
        return [*_TOLD, counted.scalar_subquery().label("cases")]

    def _count(self, trader: Any, *, reports: bool) -> Select[Any]:
        c, linked = cases.c, case_traders.c
        own = select(func.count()).where(linked.bureau == self._bureau, linked.trader == trader)
        on = c.bureau == linked.bureau, c.code == linked.code
        return own if reports else own.where(*on, c.kind != REPORT)

    def page(self, query: TraderFilter, *, reports: bool) -> Row:
        """Return one page, with how many cases each has; ``reports``: those among them, too."""
        statement = select(*self._told(reports=reports)).where(
            traders.c.bureau == self._bureau,
            traders.c.merged_into.is_(None),
            *holding(query["q"] or "", func.complaints.bigrams(traders.c.searched), traders.c.searched),
        )
        if query["unit"] is not None:
            statement = statement.where(traders.c.unit == query["unit"])
        return keyset(
            self._session, statement, **asked(query, {"name": traders.c.name}, [traders.c.name, traders.c.trader])
        )

    def alike(self, pairs: Sequence[str], *, reports: bool) -> list[Row]:
        """Return some that share the most of ``pairs`` in their names; who asks judges how well they fit.

        A pair that many names have (a town's, 商行) leads to nobody: the others do. Where there is none of those, all of
        them together do, and the shorter the name the better; of very many that have them all, some are looked at.
        """
        if not pairs:
            return []
        telling = self._telling(pairs)
        near = _GRAMS.op("&&", is_comparison=True)(overlapping(telling)) if telling else _holds(overlapping([*pairs]))
        own = traders.c.bureau == self._bureau, traders.c.merged_into.is_(None), near
        order = _shared(pairs).desc() if telling else func.length(traders.c.searched)
        some = select(traders.c.trader).where(*own).limit(_TELLING * len(pairs))
        names = ("trader", "name", "credit_code", "cases")
        chosen = select(*self._told(reports=reports)).where(
            traders.c.bureau == self._bureau, traders.c.trader.in_(some)
        )
        found = chosen.order_by(order, traders.c.trader).limit(_ALIKE)
        return [{name: row[name] for name in names} for row in self._session.execute(found).mappings()]

    def _telling(self, pairs: Sequence[str]) -> list[str]:
        """Return those of ``pairs`` that few names have."""
        pair = _each(pairs)
        some = select(traders.c.trader).where(traders.c.bureau == self._bureau, _holds(array([pair.c.pair])))
        some = some.limit(_TELLING + 1).correlate(pair)
        counted = select(func.count()).select_from(some.subquery()).scalar_subquery()
        return list(self._session.scalars(select(pair.c.pair).where(counted <= _TELLING)))

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert new traders, in the order in which their names come to link cases."""
        if not rows:
            return
        told = [self._told_of(row) for row in rows]
        self._session.execute(text(inserting(traders, told[0])), {"rows": dumps(told)})
        self._name({"name": row["name"], "trader": row["trader"]} for row in rows)

    def save(self, row: Mapping[str, Any]) -> None:
        """Insert or replace a trader; its name links cases unless another's does already."""
        told = self._told_of(row)
        statement = insert(traders).values(told)
        changed = {name: told[name] for name in told if name not in ("bureau", "trader")}
        self._session.execute(statement.on_conflict_do_update(index_elements=["bureau", "trader"], set_=changed))
        names = {row["name"], *(one["name"] for one in row["shops"])}
        self.add_names(names, row["trader"])

    def add_names(self, names: Collection[str], trader: str) -> None:
        self._name({"name": name, "trader": trader} for name in sorted(names))

    def link(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Link cases, in place of what they were linked with: ``{"code", "trader", "name", "how"}``."""
        told = [{**one, "bureau": self._bureau} for one in sorted(rows, key=lambda one: one["code"])]
        if told:
            self._session.execute(text(f"{inserting(case_traders, told[0])} {_LINKED_ANEW}"), {"rows": dumps(told)})

    def unlinked(self, limit: int, after: str) -> list[str]:
        """Return some cases that name a trader and are linked with none, or named another when their name linked them; by code, from ``after`` on."""
        chosen = self._unlinked(cases.c.code).where(cases.c.code > after)
        return list(self._session.scalars(chosen.order_by(cases.c.code).limit(limit)))

    def still_unlinked(self, codes: Collection[str]) -> list[Row]:
        """Return those of ``codes`` with what they say of their trader."""
        c = cases.c
        told = self._unlinked(c.code, c.trader.label("name"), c.trader_address.label("address"))
        chosen = told.where(c.code.in_(list(codes))).order_by(c.code)
        return [dict(row) for row in self._session.execute(chosen).mappings()]

    def _unlinked(self, *told: Any) -> Select[Any]:
        c, linked = cases.c, case_traders.c
        on = and_(linked.bureau == c.bureau, linked.code == c.code)
        other = or_(linked.code.is_(None), and_(linked.name != c.trader, linked.how == "name"))
        joined = select(*told).select_from(cases.outerjoin(case_traders, on))
        return joined.where(c.bureau == self._bureau, c.trader != "", other)

    def names_in_cases(self, codes: Collection[str]) -> dict[str, str]:
        own = select(cases.c.code, cases.c.trader).where(cases.c.bureau == self._bureau, cases.c.code.in_(list(codes)))
        return {row[0]: row[1] for row in self._session.execute(own)}

    def merge(self, row: Mapping[str, Any], at: datetime) -> None:
        """Move cases and names of ``gone`` to ``stays``, and note which they were."""
        gone, stays = row["gone"], row["stays"]
        moved = update(case_traders).where(case_traders.c.bureau == self._bureau, case_traders.c.trader == gone)
        codes = sorted(self._session.scalars(moved.values(trader=stays).returning(case_traders.c.code)))
        named = update(trader_names).where(trader_names.c.bureau == self._bureau, trader_names.c.trader == gone)
        names = sorted(self._session.scalars(named.values(trader=stays).returning(trader_names.c.name)))
        told = {**row, "bureau": self._bureau, "cases": codes, "names": names, "merged_at": at}
        self._session.execute(insert(trader_merges).values(told))
        self._set_merged(gone, stays)

    def part(self, merge: Row, at: datetime, by: str) -> None:
        """Give back what a merge moved, as far as it still lies where it was moved to."""
        c, n = case_traders.c, trader_names.c
        mine = c.bureau == self._bureau, c.trader == merge["stays"], c.code.in_(merge["cases"])
        self._session.execute(update(case_traders).where(*mine).values(trader=merge["gone"]))
        named = n.bureau == self._bureau, n.trader == merge["stays"], n.name.in_(merge["names"])
        self._session.execute(update(trader_names).where(*named).values(trader=merge["gone"]))
        own = trader_merges.c.bureau == self._bureau, trader_merges.c.merge == merge["merge"]
        self._session.execute(update(trader_merges).where(*own).values(undone_at=at, undone_by=by))
        self._set_merged(merge["gone"], None)

    def merges_of(self, code: str) -> list[Row]:
        c = trader_merges.c
        chosen = self._merges().where(or_(c.gone == code, c.stays == code)).order_by(c.merged_at, c.merge)
        return [dict(row) for row in self._session.execute(chosen).mappings()]

    def merge_of(self, merge: str) -> Row | None:
        row = self._session.execute(self._merges().where(trader_merges.c.merge == merge)).mappings().first()
        return dict(row) if row else None

    def _merges(self) -> Any:
        gone = traders.c.name.label("gone_name")
        on = and_(traders.c.bureau == trader_merges.c.bureau, traders.c.trader == trader_merges.c.gone)
        return (
            select(trader_merges, gone)
            .select_from(trader_merges.join(traders, on))
            .where(trader_merges.c.bureau == self._bureau)
        )

    def _told_of(self, row: Mapping[str, Any]) -> Row:
        return {**row, "bureau": self._bureau, "searched": f"{row['name']} {row['credit_code']}".strip()}

    def _name(self, named: Iterable[Mapping[str, str]]) -> None:
        """Let names link cases, each unless it links them with another already."""
        told = [{**one, "bureau": self._bureau} for one in named]
        if told:
            new = f"{inserting(trader_names, told[0])} ON CONFLICT DO NOTHING"
            self._session.execute(text(new), {"rows": dumps(told)})

    def _names_of(self, code: str, *columns: Any) -> Any:
        return select(*columns).where(trader_names.c.bureau == self._bureau, trader_names.c.trader == code)

    def _set_merged(self, gone: str, into: str | None) -> None:
        own = traders.c.bureau == self._bureau, traders.c.trader == gone
        self._session.execute(update(traders).where(*own).values(merged_into=into, revision=traders.c.revision + 1))
