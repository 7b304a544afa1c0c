"""The frames that were frozen with runs, decoded once: whoever reads one explanation reads another, and an export reads all."""

from services.scoring.domain.frame import Frame
from services.scoring.domain.run import Run
from services.scoring.kernel.memory import frame_size
from services.scoring.storage.run_store import FRAME, Runs
from services.scoring.usecases.held import held
from shared.database import Session
from shared.vocabulary.refusals import Refused, missing


def frame_of(session: Session, run: Run) -> Frame:
    """Return the frame that was frozen with the run; runs of the same frame share it. ``NotFound`` where it was not kept."""
    runs = Runs(session, run.bureau)
    named = runs.hash_of(run, FRAME)
    frame: Frame | None = held().find(("frame", named))
    if frame is None:
        part = runs.part(run, FRAME)
        if named is None or part is None:
            raise no_input()
        frame = held().hold(("frame", part.hash), lambda: Frame.from_json(part.read()))
        held().weigh(("frame", part.hash), frame, frame_size(frame))
    return frame


def no_input() -> Refused:
    return missing("run.no_input", "该核算没有这部分依据", "the run has no such input")
