"""A year begun from another one: its library as a draft, its model, what is known of the years between."""

from dataclasses import replace

from services.targets.domain.cycles import Cycle
from services.targets.domain.indicators import Indicator
from services.targets.domain.library_rows import history_years
from services.targets.domain.models import of_cycle
from services.targets.storage.library import Libraries, Model
from services.targets.storage.models import Models
from services.targets.usecases.guards import published_library
from shared.actor import Actor
from shared.database import Session
from shared.recording import audit


def copy_year(session: Session, actor: Actor, source: Cycle, cycle: Cycle) -> None:
    """Copy indicators with last year's targets, to be generated or set anew; the year just past has no results yet."""
    revision = published_library(source)
    libraries = Libraries(session, actor.bureau, source.cycle)
    kept = libraries.model(revision)
    assert kept is not None
    indicators = [_carried(one, cycle.cycle) for one in libraries.indicators(revision)]
    draft = Model(source.weights, source.composite, kept.figures, kept.definitions)
    Libraries(session, actor.bureau, cycle.cycle).replace_draft(cycle.library_revision + 1, draft, indicators)
    _keep_model(session, actor, source, cycle)
    audit(
        session,
        action="cycle.copied",
        subject=f"{actor.bureau}/{cycle.cycle}",
        before={},
        after={"from": source.cycle, "library_revision": revision, "indicators": len(indicators)},
    )


def _carried(indicator: Indicator, cycle: str) -> Indicator:
    return replace(indicator, history={year: indicator.history.get(year) for year in history_years(cycle)})


def _keep_model(session: Session, actor: Actor, source: Cycle, cycle: Cycle) -> None:
    """The model as a draft of revision 0: what the cycle itself does not carry is taken from it at the first publication."""
    grades = Models(session, actor.bureau, source.cycle).grade_values(source.model_revision)
    carried = replace(cycle, weights=source.weights, composite=source.composite)
    model = replace(of_cycle(carried, cycle.starts, grades, f"{source.cycle}"), status="draft")
    Models(session, actor.bureau, cycle.cycle).add(model)
