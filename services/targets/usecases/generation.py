"""Next year's targets from the years before: forecast, damped, held within the leaders' limits, shown, and then taken over."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from fractions import Fraction

from services.targets.domain import permissions
from services.targets.domain.cycles import Cycle
from services.targets.domain.draft_changes import Edit
from services.targets.domain.forecast import Forecast, forecast_target
from services.targets.domain.indicators import Indicator
from services.targets.domain.proposals import FREE, Guidance, Limits, Proposal, Shortage, Staff, propose_units
from services.targets.domain.sharing import SharingSettings, middle
from services.targets.domain.units import Unit
from services.targets.storage.generation import Bounds, Generations, Settings
from services.targets.storage.library import Libraries
from services.targets.usecases.drafts import apply_changes
from services.targets.usecases.guards import changeable, known_cycle, need
from services.targets.usecases.noting import Noting, untold
from services.targets.usecases.past_results import past_results
from services.targets.usecases.sharing import BUREAU, guidance, present_staff, scored_units
from shared.actor import Actor
from shared.clock import now
from shared.contracts.targets.commands.generation import ForecastQuery, OneGeneration
from shared.contracts.targets.commands.keys import OneCycle
from shared.database import Row, Session
from shared.errors import Conflict, NotFound
from shared.recording import audit

_SHOWN = 6  # years of the past that are told beside a forecast
History = Mapping[str, Mapping[str, Mapping[str, Decimal]]]  # indicator -> subject -> year -> quantity


def generate_targets(session: Session, actor: Actor, command: OneCycle, noting: Noting = untold) -> Row:
    """Make a new generation for the cycle's draft, or its library where there is no draft; it changes neither.

    ``noting`` is told how many indicators are forecast, and how many there are.
    """
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True)
    changeable(cycle)
    indicators = _library(session, actor, cycle)
    settings, _ = Settings(session, actor.bureau, cycle.cycle).get()
    units = scored_units(session, actor)
    staff = present_staff(session, actor, cycle, units, settings)
    past = past_results(session, actor.bureau, cycle.cycle, indicators)
    limits = _limits(session, actor, cycle)
    guides = guidance(session, actor, cycle, indicators, settings)
    rows: list[Row] = []
    shortages: list[Shortage] = []
    changed = 0
    for done, indicator in enumerate(indicators, start=1):
        noting(done, len(indicators))
        forecast = _of_bureau(indicator, past, limits, settings, cycle)
        rows.append(_row(indicator, BUREAU, forecast))
        changed += forecast.proposed != indicator.target
        of_units, shortage = _of_units(indicator, forecast, units, staff, guides, past, limits)
        rows += of_units
        shortages += [shortage] if shortage else []
    number = Generations(session, actor.bureau, cycle.cycle).add(settings, actor.account, rows)
    tally = {"indicators": len(indicators), "changed": changed, "units": len(rows) - len(indicators)}
    subject = f"{actor.bureau}/{cycle.cycle}/{number}"
    audit(session, action="targets.generated", subject=subject, before={}, after=tally)
    return {"generation": number, **tally, "shortages": [vars(one) for one in shortages]}


def list_forecasts(session: Session, actor: Actor, query: ForecastQuery) -> Row:
    """List past, forecast, the peers' median, the leaders' limits and what is
    proposed, with the reason for every step."""
    need(permissions.may_see_drafts(actor))
    cycle = known_cycle(session, actor, query["cycle"])
    return Generations(session, actor.bureau, cycle.cycle).page(query)


def list_generations(session: Session, actor: Actor, query: OneCycle) -> Row:
    """List what was generated for the cycle, the newest first."""
    need(permissions.may_see_drafts(actor))
    cycle = known_cycle(session, actor, query["cycle"])
    return {"items": Generations(session, actor.bureau, cycle.cycle).all(), "next": None}


def apply_generation(session: Session, actor: Actor, command: OneGeneration) -> Row:
    """Put the proposed targets, and results of years the sheet does not know yet, into the
    draft; publishing stays a step of its own."""
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True)
    changeable(cycle)
    stored = Generations(session, actor.bureau, cycle.cycle)
    status = stored.status(command["generation"])
    if status is None:
        raise NotFound("generation.unknown", zh="没有这次生成", en="there is no such generation")
    if status == "applied":
        raise Conflict("generation.applied", zh="这次生成已采用", en="this generation was taken over already")
    proposed = stored.proposed(command["generation"], BUREAU)
    indicators = _library(session, actor, cycle)
    past = past_results(session, actor.bureau, cycle.cycle, indicators)
    changes = [Edit("put", one.indicator, cells) for one in indicators if (cells := _cells(one, proposed, past, cycle))]
    if changes:
        apply_changes(session, actor, cycle, changes)
    stored.mark_applied(command["generation"], actor.account, now())
    subject = f"{actor.bureau}/{cycle.cycle}/{command['generation']}"
    audit(session, action="targets.applied", subject=subject, before={}, after={"changed": len(changes)})
    return {
        "generation": command["generation"],
        "changed": len(changes),
        "library_revision": cycle.library_revision + 1,
    }


def _library(session: Session, actor: Actor, cycle: Cycle) -> list[Indicator]:
    libraries = Libraries(session, actor.bureau, cycle.cycle)
    found = libraries.indicators(cycle.library_revision + 1) or libraries.indicators(cycle.library_revision)
    if not found:
        raise Conflict("library.none", zh="该年度还没有指标库", en="the cycle has no library yet")
    return found


def _limits(session: Session, actor: Actor, cycle: Cycle) -> dict[tuple[str, str], Limits]:
    bounds = Bounds(session, actor.bureau, cycle.cycle).all()
    return {key: (bound.floor, bound.ceiling) for key, bound in bounds.items()}


def _history(indicator: Indicator, past: History, cycle: Cycle) -> dict[str, Decimal]:
    """What the sheet knows of the bureau's past, and what was recorded since."""
    known = {year: value for year, value in indicator.history.items() if value is not None and year < cycle.cycle}
    return known | dict(past.get(indicator.indicator, {}).get(BUREAU, {}))


def _of_bureau(
    indicator: Indicator,
    past: History,
    limits: Mapping[tuple[str, str], Limits],
    settings: SharingSettings,
    cycle: Cycle,
) -> Forecast:
    bound = limits.get((indicator.indicator, BUREAU), (None, None))
    return forecast_target(indicator, _history(indicator, past, cycle), bound, settings)


def _of_units(
    indicator: Indicator,
    whole: Forecast,
    units: Sequence[Unit],
    staff: Staff,
    guides: Mapping[str, Guidance],
    past: History,
    limits: Mapping[tuple[str, str], Limits],
) -> tuple[list[Row], Shortage | None]:
    """Each unit's forecast from its own past, and beside it the share of the bureau's proposed target that it would be given."""
    if not indicator.is_shared_out or whole.proposed is None:
        return [], None
    asked = replace(indicator, target=whole.proposed)
    proposals, shortage = propose_units(asked, units, staff, guides.get(indicator.indicator, FREE))
    known = past.get(indicator.indicator, {})
    sharing = {one.subject for one in proposals}
    peers = sorted(Fraction(years[max(years)]) for subject, years in known.items() if subject in sharing)
    peer = middle(peers) if peers else None
    rows = []
    for one in proposals:
        bound = limits.get((one.indicator, one.subject), (None, None))
        forecast = forecast_target(asked, known.get(one.subject, {}), bound, staff.settings, peer)
        rows.append(_row(indicator, one.subject, _shared(forecast, one)))
    return rows, shortage


def _shared(forecast: Forecast, proposal: Proposal) -> Forecast:
    """Units share one target: the share is what is proposed, the forecast stands beside it."""
    forecast.proposed = proposal.quantity
    forecast.reasons = [one for one in forecast.reasons if one.code not in ("floor", "ceiling", "history.none")]
    forecast.because("share", f"按人力与往年实绩应分 {proposal.fair}", f"{proposal.fair} by staff and past results")
    limits = {
        "floor": ("领导下限", "the leaders' floor"),
        "ceiling": ("领导上限", "the leaders' ceiling"),
        "cap": ("人均上限", "what its people may carry"),
    }
    if proposal.bound:
        zh, en = limits[proposal.bound]
        forecast.because(proposal.bound, f"受{zh}限制，取 {proposal.quantity}", f"held at {proposal.quantity} by {en}")
    return forecast


def _row(indicator: Indicator, subject: str, forecast: Forecast) -> Row:
    told = asdict(forecast)
    history = {year: format(value, "f") for year, value in list(forecast.history.items())[-_SHOWN:]}
    return {**told, "indicator": indicator.indicator, "subject": subject, "history": history}


def _cells(indicator: Indicator, proposed: Mapping[str, Decimal | None], past: History, cycle: Cycle) -> dict[str, str]:
    cells = {}
    target = proposed.get(indicator.indicator)
    if target is not None and target != indicator.target:
        cells[f"target_{cycle.cycle}"] = format(target, "f")
    for year, value in past.get(indicator.indicator, {}).get(BUREAU, {}).items():
        if year in indicator.history and indicator.history[year] is None:
            cells[f"history_{year}"] = format(value, "f")
    return cells
