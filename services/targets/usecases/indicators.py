"""Looking at the library, and trying a rule out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rules import check_counts, check_params, explain, points, rate_faults, why_not_applicable
from services.targets.domain import permissions
from services.targets.domain.cycles import Cycle
from services.targets.domain.indicators import Indicator
from services.targets.domain.library_cells import params_text
from services.targets.domain.params import read_params
from services.targets.domain.rule_schemas import rule_documents
from services.targets.storage.library import Libraries
from services.targets.usecases.guards import known_cycle, need, none_wrong
from services.targets.usecases.names import Names
from shared.actor import Actor
from shared.clock import today
from shared.contracts.targets.commands.indicators import IndicatorKey, IndicatorQuery, Trial
from shared.contracts.targets.commands.shapes import Empty
from shared.database import Row, Session
from shared.errors import Invalid, NotFound
from shared.vocabulary.refusals import Refused

DECLARED = "declared"  # by people, no machine's


def list_indicators(session: Session, actor: Actor, query: IndicatorQuery) -> Row:
    cycle = known_cycle(session, actor, query["cycle"])
    revision = seen_revision(actor, cycle, query["library_revision"])
    page = Libraries(session, actor.bureau, cycle.cycle).page(revision, query)
    return page.told(_Shown(session, actor, cycle, revision).document)


def get_indicator(session: Session, actor: Actor, query: IndicatorKey) -> Row:
    cycle = known_cycle(session, actor, query["cycle"])
    revision = seen_revision(actor, cycle, query["library_revision"])
    indicator = _known(session, actor, cycle, revision, query["indicator"])
    return _Shown(session, actor, cycle, revision).document(indicator)


def try_indicator(session: Session, actor: Actor, command: Trial) -> Row:
    """Return the points that ``counts`` (and for ratio a ``target``) would bring,
    and the arithmetic in a Chinese sentence.

    ``rule``, ``rule_params`` and ``full_points`` stand in for the indicator's
    own: a rule can be tried before it is stored.
    """
    cycle = known_cycle(session, actor, command["cycle"])
    revision = seen_revision(actor, cycle, command["library_revision"])
    indicator = _as_asked(_known(session, actor, cycle, revision, command["indicator"]), command)
    rule, params, counts = indicator.rule, indicator.rule_params, command["counts"]
    errors = [
        {"field": f"counts.{fault.path}".rstrip("."), "code": fault.code, "zh": fault.zh, "en": fault.en}
        for fault in check_counts(rule, params, counts) or rate_faults(rule, indicator.measure_unit, counts)
    ]
    none_wrong("counts.invalid", errors, zh="数量有误", en="the counts have faults")
    asked = (rule, params, indicator.full_points, counts, command["target"], cycle.rounding)
    left_out = why_not_applicable(rule, counts, command["target"], measured=indicator.source != DECLARED)
    return {
        "indicator": indicator.indicator,
        "rule": rule,
        "full_points": indicator.full_points,
        "points": None if left_out else points(*asked),
        "explanation": left_out or explain(*asked),
    }


def list_rules(_session: Session, _actor: Actor, _query: Empty) -> Row:
    """Return the seven rules with their parameters as JSON Schema."""
    return {"items": rule_documents(), "next": None}


class _Shown:
    """Indicators of one revision as documents, with the names that hold in the cycle."""

    def __init__(self, session: Session, actor: Actor, cycle: Cycle, library_revision: int) -> None:
        self._names, self._day = Names(session, actor.bureau), cycle.reference_day(today())
        self._revision = library_revision

    def document(self, indicator: Indicator) -> Row:
        values = {name: value for name, value in vars(indicator).items() if name != "row"}
        return {
            **values,
            "layers": list(indicator.layers),
            "line_name": self._names.line(indicator.line),
            "assessor_name": self._names.unit(indicator.assessor, self._day),
            "library_revision": self._revision,
            "active": True,
        }


def seen_revision(actor: Actor, cycle: Cycle, asked: int | None) -> int:
    """Return the revision to look at: that of the published library; before the first is published,
    and where asked for, of the draft above it."""
    revision = asked or cycle.library_revision or 1
    if revision > cycle.library_revision:
        need(permissions.may_see_drafts(actor))
    return revision


def _known(session: Session, actor: Actor, cycle: Cycle, revision: int, code: str) -> Indicator:
    indicator = Libraries(session, actor.bureau, cycle.cycle).indicator(revision, code)
    if indicator is None:
        raise NotFound("indicator.unknown", zh=f"没有指标 {code}", en=f"there is no indicator {code}")
    return indicator


def _as_asked(indicator: Indicator, command: Trial) -> Indicator:
    params = command["rule_params"]
    asked = replace(
        indicator,
        rule=indicator.rule if command["rule"] is None else command["rule"],
        full_points=indicator.full_points if command["full_points"] is None else command["full_points"],
        rule_params=indicator.rule_params if params is None else _params(params),
    )
    errors = [
        {"field": f"rule_params.{fault.path}".rstrip("."), "code": fault.code, "zh": fault.zh, "en": fault.en}
        for fault in check_params(asked.rule, asked.rule_params, asked.full_points)
    ]
    none_wrong("rule.invalid", errors, zh="规则有误", en="the rule has faults")
    return asked


def _params(given: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        return read_params(params_text(given))
    except Refused as refused:
        one = refused.refusals[0]
        entry = {"field": "rule_params", "code": one.code, "zh": one.zh, "en": one.en}
        raise Invalid("rule.invalid", zh=one.zh, en=one.en, errors=[entry]) from refused
