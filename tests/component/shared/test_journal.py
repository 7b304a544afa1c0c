"""The journal of the in-process broker holds what was not acknowledged, also where the database was away at that moment."""

from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from shared.embedded import journal


def test_what_was_acknowledged_while_the_database_was_away_goes_with_the_next(
    database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process lives on: it took a whole system down that a database was restarted under."""
    kept = journal.Journal(database())
    first, second, third = (kept.append(["q"], {"body": str(number)})[0] for number in range(3))

    @contextmanager
    def away(_engine: Any) -> Any:
        raise OperationalError("DELETE", {}, Exception("terminating connection due to unexpected postmaster exit"))
        yield

    with monkeypatch.context() as context:
        context.setattr(journal, "single_statements", away)
        kept.forget(first)
        kept.forget(second)
    assert [one for one, _ in kept.waiting("q")] == [first, second, third]
    kept.forget(third)
    assert kept.waiting("q") == []
    kept.close()
