"""Problems of indicators that a run showed, and everything that followed runs, for whoever lost its copy."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from services.scoring.domain.conversation import Conversation
from services.scoring.domain.improvement import Improvement
from services.scoring.domain.run import Run
from services.scoring.storage import tables
from services.scoring.storage.result_tables import conversation, improvement, indicator_problem
from shared.pages import keyset

Row = dict[str, Any]
SHOWN = ("proposal", "cycle", "run", "revision", "indicator", "action", "changes", "reason", "person", "account", "at")


def add_problem(session: Session, row: Row) -> None:
    session.execute(insert(indicator_problem), [row])


def page_of_problems(session: Session, bureau: str, query: Mapping[str, Any]) -> Row:
    c = indicator_problem.c
    chosen = select(*(c[name] for name in SHOWN)).where(c.bureau == bureau, c.run == query["run"])
    return keyset(session, chosen, order=[c.proposal], after=query["after"], limit=query["limit"])


def all_problems(session: Session) -> Iterator[Row]:
    """Yield the problems of all bureaus."""
    chosen = select(indicator_problem).order_by(indicator_problem.c.proposal)
    return (dict(row) for row in session.execute(chosen).mappings())


def all_improvements(session: Session) -> Iterator[Improvement]:
    """Yield the improvements of all bureaus."""
    chosen = select(improvement).order_by(improvement.c.improvement)
    return (Improvement(**row) for row in session.execute(chosen).mappings())


def all_conversations(session: Session) -> Iterator[Conversation]:
    """Yield the talks of all bureaus, before the results and about them."""
    chosen = select(conversation).order_by(conversation.c.run, conversation.c.subject)
    return (Conversation(**row) for row in session.execute(chosen).mappings())


def all_runs(session: Session) -> list[Run]:
    """Return the runs of all bureaus."""
    rows = session.execute(select(tables.run).order_by(tables.run.c.run)).mappings().all()
    return [Run(**row) for row in rows]
