"""The state of a run, as the others are told it."""

from services.scoring.domain.publication import Publication
from services.scoring.domain.runs import Run
from shared.clock import bureau_date
from shared.events import ScoresPublished

NAMES = ("bureau", "cycle", "run", "revision", "status", "input_hash", "result_hash")


def run_state(run: Run, publication: Publication | None, by: str) -> ScoresPublished:
    """``publication``: None before there is one, and of runs published before there were settings."""
    day = bureau_date(run.published_at) if run.published_at else None
    return ScoresPublished(
        **{name: getattr(run, name) for name in NAMES},
        published_on=publication.published_on if publication else day,
        objections_until=publication.objections_until if publication else None,
        by=by,
    )
