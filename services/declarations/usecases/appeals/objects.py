"""What appeals are against, whichever table it is in: its state, whose it is, who had a part in it, when it was decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from services.declarations.domain.appeals import AGAINST, FINDING, SCORE, VETO
from services.declarations.domain.inspections import Inspection
from services.declarations.domain.items import DECLARATION, KINDS, Item, Pair, pair_of
from services.declarations.domain.vetoes import Veto
from services.declarations.storage import checks
from services.declarations.storage.aggregates import vetoes
from services.declarations.storage.appeals import corrected_by, decided_on, returned_by, runs_by_id
from services.declarations.usecases.checks.involved import involved_in
from shared.database import Session
from shared.vocabulary.refusals import missing

_UNKNOWN: tuple[date | None, str | None] = (None, None)
_DAYS = {"declaration": "declaration", "task_order": "order", "contribution": "contribution", "veto": "veto"}


@dataclass(frozen=True)
class Against:
    revision: int
    status: str
    subject: str | None  # None: of a run, which is about everybody
    indicator: str | None
    involved: frozenset[str]
    decided: date | None
    until: date | None = None  # the last day for appeals, where it names one itself


class Objects:
    """Those that ``wanted`` names, read once and locked."""

    def __init__(self, session: Session, bureau: str, cycle: str, wanted: Iterable[Pair]) -> None:
        self._session, self._bureau, self._cycle = session, bureau, cycle
        ids: dict[str, set[str]] = {}
        for kind, one in wanted:
            ids.setdefault(AGAINST[kind][0], set()).add(one)
        self.inspections = self._inspections(ids.get("inspection", ()))
        items = {(kind, one) for kind in KINDS for one in ids.get(kind, ())}
        items |= {(one.kind, one.item) for one in self.inspections.values()}
        self.items = checks.locked_items(session, bureau, cycle, items)
        self.vetoes = vetoes(session, bureau, cycle).by_ids({*ids.get("veto", ()), *self._proposed()})
        self.runs = runs_by_id(session, bureau, cycle, ids.get("run", ()))
        self._involved = involved_in(session, bureau, self.items.values())
        self._parts = self._read_parts()
        self._days = self._read_days()

    def against(self, kind: str, one: str) -> Against:
        """Return what the appeal is against; ``Refused`` where there is no such thing."""
        if kind == FINDING and one in self.inspections:
            return self._finding(self.inspections[one])
        if kind == VETO and one in self.vetoes:
            return self._veto(self.vetoes[one])
        if kind == SCORE and one in self.runs:
            run = self.runs[one]
            return Against(run.revision, run.status, None, None, frozenset({run.by}), run.on, run.objections_until)
        found = self.items.get((AGAINST[kind][0], one))
        if found is None:
            raise missing("appeal.object_unknown", f"没有 {one}", f"there is no {one}", "object")
        return self._item(found)

    def _item(self, item: Item) -> Against:
        kind, one = pair_of(item)
        day, by = self._days.get((kind, one), _UNKNOWN)
        part = {*self._involved[kind, one], *self._parts.get((kind, one), ()), *filter(None, [by])}
        return Against(item.revision, item.status, item.subject, item.indicator, frozenset(part), day)

    def _finding(self, found: Inspection) -> Against:
        item = self.items[found.kind, found.item]
        part = {*self._involved[pair_of(item)], *filter(None, [found.inspector, found.found_by]), *found.excluded}
        return Against(found.revision, found.status, found.subject, found.indicator, frozenset(part), found.found_on)

    def _veto(self, veto: Veto) -> Against:
        day, _ = self._days.get(("veto", veto.veto), (veto.decided_on, None))
        part = frozenset(filter(None, [veto.proposed_by, veto.decided_by]))
        return Against(veto.revision, veto.status, veto.subject, veto.indicator, part, day)

    def _inspections(self, ids: Iterable[str]) -> Mapping[str, Inspection]:
        """Their checks are locked before them, as everywhere."""
        listed = list(ids)
        store = checks.spot_checks(self._session, self._bureau, self._cycle)
        self.spot_checks = store.by_ids(checks.checks_of(self._session, listed))
        return checks.inspections(self._session, self._bureau, self._cycle).by_ids(listed)

    def _proposed(self) -> set[str]:
        return {one.veto for one in self.inspections.values() if one.veto}

    def _read_parts(self) -> dict[Pair, set[str]]:
        """Who returned or corrected an item."""
        parts: dict[Pair, set[str]] = {}
        for kind in KINDS:
            ids = [one for of, one in self.items if of == kind]
            returned = returned_by(self._session, self._cycle, ids) if kind == DECLARATION else {}
            for found in (returned, corrected_by(self._session, kind, ids)):
                for one, persons in found.items():
                    parts.setdefault((kind, one), set()).update(persons)
        return parts

    def _read_days(self) -> dict[Pair, tuple[date, str]]:
        named = {kind: [one for of, one in self.items if of == kind] for kind in KINDS} | {"veto": [*self.vetoes]}
        return {
            (kind, one): day
            for kind, ids in named.items()
            for one, day in decided_on(self._session, self._bureau, _DAYS[kind], ids).items()
        }
