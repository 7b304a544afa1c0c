"""Announce a spot check: what was assessed is listed and frozen, its hash and the public value to come are published."""

from collections.abc import Sequence
from decimal import Decimal

from services.declarations.domain.checking_permissions import check_runs_spot_checks
from services.declarations.domain.cycles import Cycle, Period
from services.declarations.domain.declarations import Declaration
from services.declarations.domain.indicators import Indicator, check_veto
from services.declarations.domain.items import Item, pair_of
from services.declarations.domain.organisation import who
from services.declarations.domain.sampling import protocol, strata
from services.declarations.domain.spot_checks import DRAWN, SpotCheck, Within
from services.declarations.storage import checks
from services.declarations.storage.library import indicators_by_code, need_cycle, targets_of
from services.declarations.usecases.checks.involved import involved_in
from services.declarations.usecases.checks.sizing import Sized, sized
from services.declarations.usecases.events import record_changes
from shared.actor import Actor
from shared.clock import now, today
from shared.contracts.declarations.commands.spot_checks import NewSpotCheck
from shared.database import Row, Session
from shared.ids import new_id
from shared.vocabulary.refusals import invalid

LARGEST = 50_000  # entries of a frozen list
LONGEST = 6_000_000  # characters of its text: with what it is wrapped in, it passes the broker as one message


def announce_spot_check(session: Session, actor: Actor, command: NewSpotCheck) -> Row:
    check_runs_spot_checks(actor)
    cycle = need_cycle(session, actor.bureau, command["cycle"])
    cycle.check_open()
    if command["value_due"] < today():
        raise invalid("value_due.past", "公开值应在公告之后产生", "the public value must be yet to come", "value_due")
    scope: Within = {
        "line": command.get("line"),
        "unit": command.get("unit"),
        "indicator": command.get("indicator"),
        "kinds": command["kinds"],
    }
    listed = _Population(session, actor, cycle, command, scope)
    check, frozen = _announced(session, actor, cycle, command, scope, listed)
    checks.spot_checks(session, actor.bureau, cycle.cycle).add([check])
    text = protocol.text_of(frozen)
    _check_fits(len(frozen.entries), len(text.encode()))
    checks.keep_list(session, check.spot_check, text)
    record_changes(session, actor, [(check, None)])
    return answer(check)


def answer(check: SpotCheck) -> Row:
    names = ("spot_check", "revision", "status", "title", "population", "sample", "strata", "commitment")
    return {name: getattr(check, name) for name in (*names, "value_name", "value_due", "value", "figures")}


def veto_indicator_for(session: Session, actor: Actor, cycle: str, named: str | None) -> str:
    """Return what a false declaration is proposed as: the one named, that of the
    check before, or the library's only veto."""
    if named is None:
        named = checks.last_veto_indicator(session, actor.bureau, cycle)
    if named is not None:
        check_veto(indicators_by_code(session, actor.bureau, cycle, [named])[named])
        return named
    known = checks.veto_indicators(session, actor.bureau, cycle)
    if len(known) != 1:
        listed = "、".join(known)
        raise invalid(
            "veto_indicator.required",
            f"请指明虚假申报对应的否决指标：{listed}",
            f"name the veto that a false declaration stands for: {listed}",
            "veto_indicator",
        )
    return known[0]


class _Population:
    """What was assessed, and who of the pool had a part in which of it."""

    def __init__(self, session: Session, actor: Actor, cycle: Cycle, command: NewSpotCheck, scope: Within) -> None:
        self._session, self._bureau, self._cycle = session, actor.bureau, cycle.cycle
        period = cycle.named(command["period"])
        periods = [one.code for one in cycle.periods.values() if _lies_in(one, period)]
        self.items = checks.assessed_items(session, actor.bureau, cycle.cycle, command["kinds"], periods, scope)
        _check_number(len(self.items))
        self._rounding = cycle.rounding
        self.library = indicators_by_code(session, actor.bureau, cycle.cycle, {one.indicator for one in self.items})
        self.pool = _pool(session, actor.bureau, command["inspectors"])

    def points(self) -> list[Decimal]:
        targets = targets_of(self._session, self._bureau, self._cycle, {one.subject for one in self.items})
        return [
            one.points
            if isinstance(one, Declaration)
            else self.library[one.indicator].points(
                one.counts, targets.get((one.subject, one.indicator)), self._rounding
            )
            for one in self.items
        ]

    def strata(self) -> list[str]:
        subjects, units = checks.findings_before(self._session, self._bureau, self._cycle)
        heavy = strata.heavy_from([self.library[one.indicator].full_points for one in self.items])
        return [
            strata.Risk(
                _gap(one, self.library[one.indicator]),
                subjects.get(one.subject, 0),
                units.get(one.unit, 0),
                self.library[one.indicator].full_points >= heavy,
            ).stratum
            for one in self.items
        ]

    def entries(self, found: Sized) -> tuple[protocol.Entry, ...]:
        involved = involved_in(self._session, self._bureau, self.items)
        return tuple(
            protocol.Entry(*pair_of(one), one.revision, stratum, measure, self._excluded(one, involved[pair_of(one)]))
            for one, stratum, measure in zip(self.items, found.stratum_of, found.measures, strict=True)
        )

    def _excluded(self, one: Item, involved: set[str]) -> tuple[str, ...]:
        part = {*involved, one.subject}
        return tuple(person for person, unit in sorted(self.pool.items()) if person in part or unit == one.unit)


def _announced(
    session: Session, actor: Actor, cycle: Cycle, command: NewSpotCheck, scope: Within, listed: _Population
) -> tuple[SpotCheck, protocol.Frozen]:
    found = sized(command["method"], listed.points, listed.strata, len(listed.items))
    identity = new_id()
    frozen = protocol.Frozen(
        bureau=actor.bureau,
        spot_check=identity,
        value_name=command["value_name"],
        method=protocol.POINTS if command["method"]["name"] == "points" else "numbers",
        strata=found.given,
        pool=tuple(sorted(listed.pool)),
        entries=listed.entries(found),
    )
    _check_inspectors(frozen)
    check = SpotCheck(
        bureau=actor.bureau,
        cycle=cycle.cycle,
        spot_check=identity,
        revision=1,
        kind=DRAWN,
        status="announced",
        title=command["title"],
        reason="",
        period=command["period"],
        scope=scope,
        method=found.described,
        veto_indicator=veto_indicator_for(session, actor, cycle.cycle, command.get("veto_indicator")),
        population=len(frozen.entries),
        sample=frozen.count,
        strata=found.strata,
        pool=list(frozen.pool),
        commitment=protocol.commitment(frozen),
        value_name=command["value_name"],
        value_due=command["value_due"],
        value=None,
        announced_by=who(actor),
        announced_at=now(),
        drawn_by=None,
        drawn_at=None,
        closed_by=None,
        closed_on=None,
        figures={},
    )
    return check, frozen


def _lies_in(inner: Period, outer: Period) -> bool:
    return outer.starts <= inner.starts and inner.ends <= outer.ends


def _gap(one: Item, indicator: Indicator) -> Decimal:
    if not isinstance(one, Declaration):
        return Decimal(0)
    return (one.self_points - one.points) / indicator.full_points


def _pool(session: Session, bureau: str, wanted: Sequence[str]) -> dict[str, str]:
    units = checks.units_of_persons(session, bureau, wanted)
    unknown_ones = sorted(set(wanted) - set(units))
    if unknown_ones:
        listed = "、".join(unknown_ones)
        raise invalid("inspectors.unknown", f"没有在职人员 {listed}", f"nobody in service: {listed}", "inspectors")
    return units


def _check_number(count: int) -> None:
    if count == 0:
        raise invalid("spot_check.empty", "该范围内没有已核评的事项", "nothing assessed lies in this scope", "period")
    _check_fits(count, 0)


def _check_fits(count: int, length: int) -> None:
    if count > LARGEST or length > LONGEST:
        raise invalid(
            "spot_check.too_large",
            f"范围内有 {count} 项，名单过大，请按周期、口、单位或指标缩小范围，或减少检查人员",
            f"{count} items make too large a list: narrow it by period, line, unit or indicator, or name fewer inspectors",
            "period",
        )


def _check_inspectors(frozen: protocol.Frozen) -> None:
    lacking = protocol.without_inspector(frozen)
    if lacking:
        raise invalid(
            "inspectors.too_few",
            f"有 {len(lacking)} 项在检查人员库中无人可以检查（须来自其他单位且未经办），请补充人员",
            f"{len(lacking)} items have nobody in the pool who may inspect them: add people of other units",
            "inspectors",
        )
