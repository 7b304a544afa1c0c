"""What somebody can do to an audit trail who has the database, and neither the keys nor the anchors."""

import hashlib

from sqlalchemy import text

from shared.actor import Actor
from shared.audit import line_body
from shared.database import Sessions
from shared.recording import audit

ACTOR = Actor(account="hr", name="人事", bureau="B", address="10.0.0.1", request_id="r-1")


def write(sessions: Sessions, lines: int) -> None:
    """As the product writes."""
    with sessions.begin(ACTOR) as session:
        for number in range(lines):
            audit(session, action="device.approved", subject=f"C{number}", before={}, after={"approved": True})


def change(sessions: Sessions, statement: str) -> None:
    with sessions.engine.begin() as connection:
        connection.execute(text(statement))


def recompute(sessions: Sessions, since: int) -> None:
    """What somebody with the database alone can do: plain hashes from a line on."""
    with sessions.engine.begin() as connection:
        rows = connection.execute(text("SELECT * FROM attendance.audit ORDER BY seq")).mappings().all()
        previous = ""
        for row in rows:
            given = row["hash"]
            if row["seq"] >= since:
                given = hashlib.sha256(previous.encode() + line_body(dict(row))).hexdigest()
                connection.execute(
                    text("UPDATE attendance.audit SET hash = :hash WHERE seq = :seq"),
                    {"hash": given, "seq": row["seq"]},
                )
            previous = given


def remove_last(sessions: Sessions) -> None:
    change(sessions, "DELETE FROM attendance.audit WHERE seq > 20")


def remove_last_and_go_on(sessions: Sessions) -> None:
    remove_last(sessions)
    write(sessions, 50)


def remove_all(sessions: Sessions) -> None:
    change(sessions, "DELETE FROM attendance.audit")


def edit(sessions: Sessions) -> None:
    change(sessions, "UPDATE attendance.audit SET name = '别人' WHERE seq = 7")


def edit_and_recompute(sessions: Sessions) -> None:
    edit(sessions)
    recompute(sessions, 7)


def take_the_first_out(sessions: Sessions) -> None:
    change(sessions, "DELETE FROM attendance.audit WHERE seq = 1")


def put_one_before(sessions: Sessions) -> None:
    change(
        sessions,
        "INSERT INTO attendance.audit SELECT 0, at, account, name, address, request_id, bureau, action, subject, before, after, hash "
        "FROM attendance.audit WHERE seq = 1",
    )


TAMPERINGS = (
    remove_last,
    remove_last_and_go_on,
    remove_all,
    edit,
    edit_and_recompute,
    take_the_first_out,
    put_one_before,
)
