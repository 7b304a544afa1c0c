"""Inputs from which a year is scored, those of a trial with what they score as they are. A worker keeps the last ones: who tries one
change tries another."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.scoring.domain.frame import Frame
from services.scoring.storage.facts import SUBJECTS_AT_ONCE, read_dossiers
from services.scoring.storage.projections import read_frame, version_of
from services.scoring.storage.run_store import FRAME, Runs
from services.scoring.usecases.guards import need_same_cycle
from services.scoring.usecases.scoring import Scored, score_bureau
from shared.clock import today
from shared.contracts.scoring.commands.designs import DesignQuery
from shared.database import Session

Row = dict[str, Any]
LARGEST_KEPT = 1000  # people; more are read again each time


@dataclass(frozen=True)
class Inputs:
    """``raw``: the frame's JSON; ``dossiers`` may be walked more than once."""

    raw: Row
    dossiers: Callable[[], Iterable[Row]]

    @property
    def is_large(self) -> bool:
        return len(self.raw["persons"]) > LARGEST_KEPT

    def held(self) -> "Inputs":
        """Return the same with the dossiers in memory, but of a large bureau."""
        if self.is_large:
            return self
        held = list(self.dossiers())
        return replace(self, dossiers=lambda: held)


@dataclass(frozen=True)
class Trial:
    """``base``: what the inputs score, unchanged."""

    inputs: Inputs
    frame: Frame
    base: Scored


_kept: dict[tuple[str, ...], Trial] = {}


def trial_of(session: Session, bureau: str, query: DesignQuery) -> Trial:
    """Return the trial of ``query["run"]``, whose inputs never change, or of
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
        if found.inputs.is_large:
            return found
        _kept[key] = found
    return _kept[key]


def stored_inputs(session: Session, bureau: str, code: str) -> Inputs:
    """Return the inputs that were frozen with a run."""
    runs = Runs(session, bureau)
    run = runs.get(code)
    part = runs.part(run, FRAME)
    assert part is not None
    return Inputs(part.read(), lambda: (one.read() for one in runs.subject_parts(run, SUBJECTS_AT_ONCE)))


def live_inputs(session: Session, bureau: str, cycle: str, as_of: date | None = None) -> Inputs:
    """Return the inputs by the facts of now; ``as_of``: as ``read_frame`` takes it."""
    raw = read_frame(session, bureau, cycle, as_of=as_of)
    subjects = list(Frame.from_json(raw).by_code)
    return Inputs(raw, lambda: read_dossiers(session, bureau, cycle, subjects))


def _read(session: Session, bureau: str, query: DesignQuery) -> Trial:
    run = query["run"]
    found = stored_inputs(session, bureau, run) if run else live_inputs(session, bureau, query["cycle"], today())
    inputs, frame = found.held(), Frame.from_json(found.raw)
    return Trial(inputs, frame, score_bureau(frame, inputs.dossiers()))
