"""A command that is sent again is not carried out again."""

from collections.abc import Callable
from contextlib import nullcontext

import pytest
from sqlalchemy import text

from shared.actor import Actor
from shared.database import Sessions, open_sessions
from shared.errors import Conflict
from shared.recording import audit
from shared.repetition import check_not_carried_out, forget_old_keys, remember_key

ACTOR = Actor(account="clerk", name="某某", bureau="B")


@pytest.fixture
def sessions(database: Callable[..., str]) -> Sessions:
    return open_sessions(database("complaints"), "complaints")


def carry_out(sessions: Sessions, key: str | None, actor: Actor = ACTOR, *, transactions: int = 1) -> None:
    remember_key(key)
    for _ in range(transactions):
        with sessions.begin(actor) as session:
            audit(session, action="case.registered", subject="C1", before={}, after={"status": "registered"})


def lines(sessions: Sessions) -> int:
    with sessions.engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM complaints.audit")).scalar_one())


def test_the_second_time_it_is_refused_and_changes_nothing(sessions: Sessions) -> None:
    carry_out(sessions, "k1")
    with pytest.raises(Conflict, match=r"request\.carried_out"):
        carry_out(sessions, "k1")
    assert lines(sessions) == 1


def test_a_command_of_several_transactions_is_one_command(sessions: Sessions) -> None:
    carry_out(sessions, "k1", transactions=3)
    assert lines(sessions) == 3


def test_who_is_refused_is_told_where_the_command_was_carried_out_before(sessions: Sessions) -> None:
    carry_out(sessions, "k1")
    for key, account, known in (
        ("k1", "clerk", True),
        ("k1", "other", False),
        ("k2", "clerk", False),
        (None, "clerk", False),
    ):
        remember_key(key)
        told = pytest.raises(Conflict, match=r"request\.carried_out") if known else nullcontext()
        with told, sessions.begin_single() as connection:
            check_not_carried_out(connection, "complaints", account)


def test_a_command_that_is_refused_in_its_second_transaction_was_not_carried_out_before(sessions: Sessions) -> None:
    carry_out(sessions, "k1")
    with sessions.begin_single() as connection:
        check_not_carried_out(connection, "complaints", "clerk")


def test_a_failed_command_may_be_sent_again(sessions: Sessions) -> None:
    def fail() -> None:
        remember_key("k1")
        with sessions.begin(ACTOR) as session:
            audit(session, action="case.registered", subject="C1", before={}, after={})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    carry_out(sessions, "k1")
    assert lines(sessions) == 1


def test_keys_belong_to_accounts(sessions: Sessions) -> None:
    carry_out(sessions, "k1")
    carry_out(sessions, "k1", Actor(account="other", name="某某", bureau="B"))
    carry_out(sessions, None)
    carry_out(sessions, None)
    assert lines(sessions) == 4


def test_old_keys_are_forgotten(sessions: Sessions) -> None:
    carry_out(sessions, "k1")
    carry_out(sessions, "k2")
    with sessions.engine.connect() as connection:
        connection.execute(
            text("UPDATE complaints.carried_out SET at = at - interval '3 days' WHERE request = 'clerk:k1'")
        )
        connection.commit()
        forget_old_keys(connection, "complaints")
        left = connection.execute(text("SELECT request FROM complaints.carried_out")).scalars().all()
    assert left == ["clerk:k2"]
