"""What somebody may do, compared with what the commands let them do; whatever is tried is undone."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from shared.actor import Actor
from shared.errors import Problem
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import ACTORS, CYCLE

EVERYBODY = sorted({*ACTORS} - {"stranger"})
Row = dict[str, Any]


class TakenBack(Exception):
    """The command went through, and is undone."""


class Tried:
    """A database on which every command is undone."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    @contextmanager
    def begin(self, actor: Actor) -> Iterator[Session]:
        with self._inner.begin(actor) as session:
            yield session
            session.flush()
            raise TakenBack


def lets(bureau: Bureau, method: str, by: str, body: Row) -> bool:
    """Whether the command goes through for ``by``; whatever it did is undone."""
    bureau.service.database = Tried(bureau.sessions)
    try:
        bureau.ask(method, by, {"cycle": CYCLE, **body})
    except TakenBack:
        return True
    except Problem:
        return False
    finally:
        bureau.service.database = bureau.sessions
    raise AssertionError(method)


def listed(bureau: Bureau, method: str, by: str, **query: Any) -> list[Row]:
    items: list[Row] = bureau.ask(method, by, {"cycle": CYCLE, "limit": 500, **query})["items"]
    return items


def compare(
    bureau: Bureau, method: str, key: str, commands: dict[str, tuple[str, Any]], back: Collection[str] = ()
) -> set[tuple[str, str]]:
    """(status, step) of all that somebody may do; ``commands``: step -> rpc method and the body made from a row.

    ``back``: what undoes one's own last step, for which nothing waits.
    """
    seen = set()
    for by in EVERYBODY:
        rows = listed(bureau, method, by)
        for step, (command, body) in commands.items():
            may = {row[key] for row in rows if step in row["may"]}
            assert may == {row[key] for row in rows if lets(bureau, command, by, body(row))}, (by, step)
            if step not in back:
                assert may == {row[key] for row in listed(bureau, method, by, waiting=step)}, (by, step)
            seen |= {(row["status"], step) for row in rows if row[key] in may}
        assert not any(set(row["why_not"]) & set(row["may"]) for row in rows)
    return seen
