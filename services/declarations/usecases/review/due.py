"""One's own items: what is still to be declared, and where everything stands."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from services.declarations.domain.consents import LateConsent
from services.declarations.domain.cycles import Cycle, Period
from services.declarations.domain.deadlines import Deadlines
from services.declarations.domain.indicators import Indicator
from services.declarations.domain.organisation import Subject
from services.declarations.domain.prefill import machine_counts
from services.declarations.domain.quantities import Quantity, quantities
from services.declarations.domain.reading_permissions import sees_subject
from services.declarations.domain.weighing import Scale, missing_to_declare
from services.declarations.domain.words import DECLARED_TOOLS
from services.declarations.storage.declaration_lists import declarations_of_subject
from services.declarations.storage.library import (
    MachineFigures,
    indicators_by_code,
    indicators_of,
    need_cycle,
    targets_of,
)
from services.declarations.storage.organisation import Organisation
from services.declarations.storage.timetables import consents_known, deadlines_of
from shared.actor import Actor
from shared.clock import today
from shared.contracts.declarations.commands.due import DueQuery
from shared.database import Row, Session
from shared.vocabulary.declarations import PENDING_STATES
from shared.vocabulary.refusals import forbidden, invalid


def readable_subject(session: Session, actor: Actor, code: str | None) -> Subject:
    """Return a subject whose items the actor may read: their own, those of whom they decide on first, or anybody's."""
    if code is None:
        raise invalid("subject.required", "请指明考核对象", "name the subject", "subject")
    subject = Organisation(session, actor.bureau, subjects=[code]).subject(code)
    if not sees_subject(actor, subject):
        raise forbidden("subject.not_yours", f"无权查看 {code} 的待申报事项", f"{code} is not yours to see")
    return subject


class Items:
    """Every item of a subject in some periods, declared or not; everything is read once."""

    def __init__(
        self, session: Session, bureau: str, cycle: Cycle, subject: Subject, periods: Sequence[Period]
    ) -> None:
        self.cycle, self.subject, self.periods, self._on = cycle, subject, periods, today()
        self._library = indicators_of(session, bureau, cycle.cycle, subject, DECLARED_TOOLS, subject.lines)
        codes = [one.code for one in periods]
        stored = declarations_of_subject(session, bureau, cycle.cycle, subject.code, codes)
        self.stored: Mapping[tuple[str, str], Row] = {(row["period"], row["indicator"]): row for row in stored}
        others = {row["indicator"] for row in stored} - set(self._library)  # retired since, or of another line
        self._others = indicators_by_code(session, bureau, cycle.cycle, others) if others else {}
        self._targets = targets_of(session, bureau, cycle.cycle, [subject.code])
        months = [(subject.code, month) for one in periods for month in one.months]
        self._figures = MachineFigures(session, bureau, months)
        self._deadlines: Deadlines = deadlines_of(session, bureau, cycle)
        self._consents = consents_known(session, bureau, cycle.cycle, [subject.code])

    def expected(self, period: Period) -> list[Indicator]:
        """Return the items that are to be declared in ``period``."""
        if not period.is_due(self.subject.places):
            return []
        lines = self.subject.lines_in(period)
        due = (one for one in self._library.values() if one.frequency == period.frequency)
        return [one for one in due if one.suits(self.subject, lines)]

    def known(self, period: Period) -> list[Indicator]:
        """Return the items that are to be declared in ``period`` or are declared there, by their codes."""
        expected = {one.indicator: one for one in self.expected(period)}
        begun = [code for of, code in self.stored if of == period.code]
        declared = {code: self._library.get(code) or self._others.get(code) for code in begun}
        every = {**expected, **{code: one for code, one in declared.items() if one is not None}}
        return [every[code] for code in sorted(every)]

    def due_on(self, period: Period) -> date | None:
        return self._deadlines.of(period, "declare")

    def late(self, period: Period) -> bool:
        """Tell whether declaring now needs the assessor's consent."""
        due = self.due_on(period)
        return due is not None and due < self._on

    def scale(self, period: Period, one: Indicator) -> Scale:
        machine = machine_counts(one, period.months, self._figures.of(self.subject.code, one.source))
        return Scale(one, self._targets.get((self.subject.code, one.indicator)), machine, self.cycle.rounding)

    def begun(self, period: Period, one: Indicator) -> Row | None:
        return self.stored.get((period.code, one.indicator))

    def consent(self, period: Period, one: Indicator) -> LateConsent | None:
        return self._consents.get((self.subject.code, period.code, one.indicator))

    def missing(self, period: Period, one: Indicator) -> list[str]:
        """Return what has still to be given so that the item can be declared."""
        begun, consent = self.begun(period, one), self.consent(period, one)
        if begun is not None and begun["status"] not in PENDING_STATES:
            return []
        late = self.late(period) and (begun is None or begun["status"] == "draft")
        refused = late and not (consent is not None and consent.allows(self._on))
        draft = begun or {"counts": None, "remark": "", "evidence": []}
        wanted = missing_to_declare(self.scale(period, one), draft["counts"], draft["remark"], draft["evidence"])
        return [*wanted, *(["consent"] if refused else [])]


def list_due(session: Session, actor: Actor, query: DueQuery) -> Row:
    """Return what ``query["subject"]`` (by default the actor) still has to
    declare in a period: rule, target, prefill."""
    cycle = need_cycle(session, actor.bureau, query["cycle"])
    period = cycle.named(query["period"])
    subject = readable_subject(session, actor, query.get("subject") or actor.person)
    items = Items(session, actor.bureau, cycle, subject, [period])
    expected = items.expected(period)
    left = [one for one in expected if _pending(items.begun(period, one))]
    return {
        "subject": subject.code,
        "period": period.code,
        "expected": len(expected),
        "due_on": items.due_on(period),
        "late": items.late(period),
        "items": [_due(items, period, one) for one in left],
    }


def _pending(begun: Row | None) -> bool:
    return begun is None or begun["status"] in PENDING_STATES


def _due(items: Items, period: Period, one: Indicator) -> Row:
    scale, begun = items.scale(period, one), items.begun(period, one)
    consent = items.consent(period, one)
    return {
        **about(one),
        "name": one.name,
        "target": scale.target,
        "prefill": scale.machine,
        "prefill_points": prefilled_points(scale),
        "not_applicable": scale.nothing_happened,
        "quantities": asked(one, scale, begun),
        "missing": items.missing(period, one),
        **({name: begun[name] for name in _DRAFT} if begun else _NOTHING_YET),
        "consent": consent.status if consent else None,
    }


def prefilled_points(scale: Scale) -> Decimal | None:
    """Return what the machine's counts are worth, where it has any."""
    if scale.machine is None or scale.nothing_happened:
        return None
    return scale.indicator.points(scale.machine, scale.target, scale.rounding)


def about(one: Indicator) -> Row:
    """Return what a declarer has to know of an item."""
    return {
        "indicator": one.indicator,
        "indicator_name": one.name,
        "tool": one.tool,
        "category": one.category,
        "measure_unit": one.measure_unit,
        "full_points": one.full_points,
        "rule": one.rule,
        "rule_params": one.rule_params,
        "standard": one.standard,
        "required_evidence": one.evidence,
        "source": one.source,
    }


def asked(one: Indicator, scale: Scale, begun: Row | None) -> list[Quantity]:
    """Return the quantities of an item, the machine's beside the declarer's."""
    counts = begun["counts"] if begun else None
    return quantities(one.rule, one.rule_params, one.measure_unit, scale.machine, counts)


_DRAFT = ("declaration", "revision", "status", "counts", "remark", "reason", "evidence")
_NOTHING_YET: Mapping[str, Any] = {**dict.fromkeys(_DRAFT[:4]), "remark": "", "reason": "", "evidence": []}
