"""Tell the state of every run, talk, improvement and reported problem again: for a consumer that lost its copy (DESIGN law 5)."""

from collections.abc import Iterator
from typing import Any

from services.scoring.domain.permissions import may_replay
from services.scoring.domain.run import Run
from services.scoring.storage.problems import all_conversations, all_improvements, all_problems, all_runs
from services.scoring.storage.visibility import publication_of
from services.scoring.usecases.conversation_states import conversation_state
from services.scoring.usecases.improvements import event_of
from services.scoring.usecases.run_states import run_state
from shared.actor import Actor
from shared.contracts.scoring.commands.shapes import Empty
from shared.database import Session
from shared.events import ConversationChanged, ImprovementChanged, IndicatorProposed, ScoresPublished
from shared.recording import republish
from shared.vocabulary.refusals import forbidden


def replay_state(session: Session, actor: Actor, _command: Empty) -> dict[str, Any]:
    """Tell all of all bureaus in one page: there are some tens of runs a year,
    and some hundreds of what follows them."""
    if not may_replay(actor):
        raise forbidden("replay.admin_only", "只有系统管理员可以重放", "only the administrator may replay")
    told: list[Any] = [*(_told(session, run) for run in all_runs(session)), *_followed(session)]
    republish(session, told)
    return {"next": None, "sent": len(told)}


def _told(session: Session, run: Run) -> ScoresPublished:
    return run_state(run, publication_of(session, run.bureau, run.run), "replay")


def _followed(session: Session) -> Iterator[ConversationChanged | ImprovementChanged | IndicatorProposed]:
    for talk in all_conversations(session):
        yield conversation_state(talk, "replay")
    for one in all_improvements(session):
        yield event_of(one, "replay")
    for row in all_problems(session):
        yield IndicatorProposed(**row, by="replay")
