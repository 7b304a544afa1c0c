"""The inputs of a trial and what they score as they are. A worker keeps the last ones: who tries one change tries another."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from services.scoring.domain.frame import Frame
from services.scoring.storage.facts import SUBJECTS_AT_ONCE, read_dossiers
from services.scoring.storage.projections import read_frame, version_of
from services.scoring.storage.runs import FRAME, Runs
from services.scoring.usecases.guards import need_same_cycle
from services.scoring.usecases.scoring import Scored, score_bureau
from shared.clock import today
from shared.contracts.scoring.commands.designs import DesignQuery
from shared.database import Session

Row = dict[str, Any]
LARGEST_KEPT = 1000  # subjects; more are read again each time


@dataclass(frozen=True)
class Inputs:
    """``raw``: the frame's JSON; ``dossiers`` may be walked more than once; ``base``: what they score, unchanged."""

    raw: Row
    frame: Frame
    dossiers: Callable[[], Iterable[Row]]
    base: Scored


_kept: dict[tuple[str, ...], Inputs] = {}


def inputs_of(session: Session, bureau: str, query: DesignQuery) -> Inputs:
    """Return the inputs of ``query["run"]``, whose inputs never change, or of
    ``query["cycle"]`` by the facts of now, which have a version."""
    if query["run"]:
        need_same_cycle(query["cycle"], Runs(session, bureau).get(query["run"]).cycle)
    url = str(session.get_bind().engine.url)
    key = (
        (url, bureau, query["run"])
        if query["run"]
        else (url, bureau, query["cycle"], version_of(session, bureau, query["cycle"]), str(today()))
    )
    if key not in _kept:
        found = _read(session, bureau, query)
        _kept.clear()  # only the last ones: two years of a large bureau would be too much
        if len(found.frame.subjects) > LARGEST_KEPT:
            return found
        _kept[key] = found
    return _kept[key]


def _read(session: Session, bureau: str, query: DesignQuery) -> Inputs:
    raw, dossiers = (
        stored_inputs(session, bureau, query["run"]) if query["run"] else _live(session, bureau, query["cycle"])
    )
    frame = Frame.from_json(raw)
    if len(frame.subjects) <= LARGEST_KEPT:
        held = list(dossiers())
        return Inputs(raw, frame, lambda: held, score_bureau(frame, held))
    return Inputs(raw, frame, dossiers, score_bureau(frame, dossiers()))


def _live(session: Session, bureau: str, cycle: str) -> tuple[Row, Callable[[], Iterable[Row]]]:
    raw = read_frame(session, bureau, cycle, as_of=today())
    subjects = list(Frame.from_json(raw).by_code)
    return raw, lambda: read_dossiers(session, bureau, cycle, subjects)


def stored_inputs(session: Session, bureau: str, code: str) -> tuple[Row, Callable[[], Iterable[Row]]]:
    """Return the frame's JSON of a run and its dossiers, which may be walked more than once."""
    runs = Runs(session, bureau)
    run = runs.get(code)
    part = runs.part(run, FRAME)
    assert part is not None
    return part.read(), lambda: (one.read() for one in runs.subject_parts(run, SUBJECTS_AT_ONCE))
