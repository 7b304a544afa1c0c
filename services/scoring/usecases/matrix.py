"""Units by indicators, of a run or of the standing."""

from collections.abc import Iterator, Sequence
from typing import Any

from services.scoring.domain.frame import Frame, Subject
from services.scoring.domain.matrix import Matrix, Scored
from services.scoring.domain.permissions import may_read_report, may_read_some_report
from services.scoring.domain.run import Run
from services.scoring.storage.projections import cycle_of, names
from services.scoring.storage.run_details import page_of_points
from services.scoring.storage.run_store import Runs
from services.scoring.usecases.frozen_frames import frame_of
from services.scoring.usecases.guards import need, need_approved, need_same_cycle
from services.scoring.usecases.incremental import current
from services.scoring.usecases.scoring import hundredths
from shared.actor import Actor
from shared.clock import today
from shared.contracts.scoring.commands.insights import MatrixQuery
from shared.database import Session

Row = dict[str, Any]
SUBJECTS_AT_ONCE = 100  # reading the next ones lets other green threads run


def read_matrix(session: Session, actor: Actor, query: MatrixQuery) -> Row:
    """Return mean shares of full points; whoever watches over all sees every unit, a head the one that is the head's."""
    need(may_read_some_report(actor))
    cycle_of(session, actor.bureau, query["cycle"])

    def is_seen(subject: Subject) -> bool:
        return subject.layer == query["layer"] and may_read_report(actor, "unit", subject.unit)

    matrix = Matrix(query["line"], query["category"])
    for scored in _scored(session, actor.bureau, query):
        matrix.add((subject, items) for subject, items in scored if is_seen(subject))
    units = matrix.units()
    known = names(session, actor.bureau, {one["unit"] for one in units})
    return {
        "cycle": query["cycle"],
        "run": query["run"],
        "layer": query["layer"],
        "as_of": None if query["run"] else today(),
        "indicators": matrix.indicators(),
        "units": [{**one, "unit_name": known.get(one["unit"])} for one in units],
    }


def _scored(session: Session, bureau: str, query: MatrixQuery) -> Iterator[Scored]:
    if not query["run"]:
        live, _ = current(session, bureau, query["cycle"])
        yield live.item_points(query["layer"])
        return
    run = Runs(session, bureau).get(query["run"])
    need_same_cycle(query["cycle"], run.cycle)
    need_approved(run)
    frame = frame_of(session, run)
    subjects = [one for one in frame.subjects if one.layer == query["layer"]]
    for start in range(0, len(subjects), SUBJECTS_AT_ONCE):
        yield _stored(session, run, frame, subjects[start : start + SUBJECTS_AT_ONCE])


def _stored(session: Session, run: Run, frame: Frame, subjects: Sequence[Subject]) -> Scored:
    points = page_of_points(session, run.bureau, run.cycle, run.run, [one.code for one in subjects])
    for subject in subjects:
        own = points.get(subject.code, {})
        yield subject, ((item, hundredths(own.get(item.indicator))) for item in frame.items_of(subject))
