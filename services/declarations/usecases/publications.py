"""Results are published: whoever is appraised hears of it, once, with the days for objections."""

from collections.abc import Sequence

from services.declarations.domain.notices import EVERYBODY
from services.declarations.storage import projections
from services.declarations.storage.notices import NewNotice, keep_notices
from shared.clock import today
from shared.database import Session
from shared.events import ScoresPublished, ScoresPublishedV1
from shared.ids import new_id

PUBLISHED = "published"


def take_runs(session: Session, states: Sequence[ScoresPublished] | Sequence[ScoresPublishedV1]) -> None:
    """Keep the runs (storage/projections.py), and tell everybody of each that is published; a longer period is told again."""
    projections.keep_runs(session, states)
    keep_notices(session, [_row(one) for one in states if isinstance(one, ScoresPublished) and one.status == PUBLISHED])


def _row(run: ScoresPublished) -> NewNotice:
    until = run.objections_until or today()
    zh = f"{run.cycle} 年度考核结果已公布，请查看本人反馈单；如有异议，可在 {until} 前提出"
    return {
        "bureau": run.bureau,
        "notice": new_id(),
        "cycle": run.cycle,
        "address": EVERYBODY,
        "kind": PUBLISHED,
        "about": f"{run.run} {until}",
        "on": today(),
        "content": {
            "zh": zh,
            "en": f"the results of {run.cycle} are published; objections until {until}",
            "count": 1,
            "due_on": until.isoformat(),
            "link": "/results",
            "item": run.run,
        },
    }
