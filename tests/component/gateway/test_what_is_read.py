"""What every request passes through, and the lists of accounts, read their own rows: never a whole installation's.

Counted are the rows that PostgreSQL looked at for one statement; no time is measured.
"""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from gateway.auth.identify import Holders
from gateway.idempotency import LEASE
from gateway.storage.answers import Answers
from shared.clock import now
from shared.database import Sessions
from tests.support.plans import Reading, readings, too_much

ACCOUNTS = 2_000
MOST = 250  # rows of all tables together for one statement; a page is of 100
FILL = (
    """
    INSERT INTO gateway.accounts (account, bureau, person, name, grants, password_hash, must_change, active, revision, created_at, changed_at)
    SELECT 'x' || n, CASE n % 20 WHEN 0 THEN 'BJ' ELSE 'B' || n % 20 END, 'X' || n, 'x', '[{"role": "staff", "scope": "own", "target": null}]', 'none', false, true, 1, now(), now()
    FROM generate_series(1, :number) n""",
    """
    INSERT INTO gateway.sessions (digest, account, address, created_at, expires_at, session)
    SELECT sha256(('s' || n)::bytea), 'x' || n, '127.0.0.1', now(), now() + interval '1 day', 's-' || n
    FROM generate_series(1, :number) n""",
    """
    INSERT INTO gateway.answers (account, key, fingerprint, status, content_type, body, created_at)
    SELECT 'x' || n, 'k' || n, 'f', 200, 'application/json', '{}', now() FROM generate_series(1, :number) n""",
)


@pytest.fixture
def large(sessions: Sessions) -> Sessions:
    with sessions.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in FILL:
            connection.execute(text(statement), {"number": ACCOUNTS})
        connection.execute(text("VACUUM ANALYZE"))
    return sessions


def read(sessions: Sessions, act: Callable[[], Any]) -> list[Reading]:
    with readings(sessions.engine) as found:
        act()
    assert found
    return found


def test_who_asks_is_found_by_the_session(large: Sessions) -> None:
    assert too_much(read(large, lambda: Holders(large).find("session", "s7", "127.0.0.1")), MOST) == []
    assert too_much(read(large, lambda: Holders(large).find("token", "none", "127.0.0.1")), MOST) == []


def test_a_key_is_claimed_by_reading_the_answers_of_its_account(large: Sessions) -> None:
    def claim() -> None:
        with large.begin_single() as connection:
            Answers(connection).claim("x7", "another", b"f", now(), LEASE)

    assert too_much(read(large, claim), MOST) == []


@pytest.mark.parametrize("path", ["accounts", "accounts/x20", "tokens"])
def test_a_page_reads_its_own_bureau(large: Sessions, office: FlaskClient, path: str) -> None:
    def ask() -> None:
        answer = office.get(f"/api/v1/{path}")
        assert answer.status_code == 200, answer.text

    assert too_much(read(large, ask), MOST) == []
