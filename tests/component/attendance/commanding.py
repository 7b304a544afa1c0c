"""A keeper of clocks who orders, and a clock that asks what to do and answers."""

from datetime import timedelta
from typing import Any

from sqlalchemy import text

from services.attendance.usecases import commands, device_users
from shared.actor import system
from shared.contracts.attendance import commands as of_commands
from tests.component.attendance.conftest import Bureau

HERE = "10.0.0.9"


def order(bureau: Bureau, kind: str, *, by: Any = None, serial: str = "CKJ1", **more: Any) -> dict[str, Any]:
    body = {"serial": serial, "kind": kind, "reason": "查漏", **more}
    command = of_commands.order_commands.decode(body)
    return bureau.do(commands.order_commands, command, by=by)  # type: ignore[no-any-return]


def poll(bureau: Bureau, address: str = HERE, serial: str = "CKJ1") -> list[dict[str, Any]]:
    with bureau.sessions.begin(system("")) as session:
        sign = {"serial": serial, "address": address, "info": ""}
        return commands.give_commands(session, session.info["actor"], sign)["commands"]  # type: ignore[no-any-return]


def answer(bureau: Bureau, number: int | None, result: int = 0, *, address: str = HERE, **more: Any) -> dict[str, Any]:
    body = {"serial": "CKJ1", "address": address, "answers": [{"number": number, "result": result, **more}]}
    with bureau.sessions.begin(system("")) as session:
        return commands.take_answers(session, session.info["actor"], of_commands.take_answers.decode(body))


def listed(bureau: Bureau, serial: str = "CKJ1") -> list[dict[str, Any]]:
    query = of_commands.list_commands.decode({"serial": serial})
    return bureau.do(commands.list_commands, query)["items"]  # type: ignore[no-any-return]


def tell_users(bureau: Bureau, *users: tuple[str, str], biometric: tuple[str, ...] = ()) -> None:
    named = [{"pin": pin, "name": name} for pin, name in users]
    body = {"serial": "CKJ1", "address": HERE, "users": named, "biometric": list(biometric)}
    with bureau.sessions.begin(system("")) as session:
        device_users.note_users(session, session.info["actor"], of_commands.note_users.decode(body))


def age(bureau: Bureau, by: timedelta) -> None:
    """Everything about commands happened so much earlier."""
    moved = (
        "UPDATE attendance.device_commands SET given_at = given_at - :by, expires_at = expires_at - :by, "
        "ordered_at = ordered_at - :by"
    )
    with bureau.sessions.engine.begin() as connection:
        connection.execute(text(moved), {"by": by})


def trail(bureau: Bureau, action: str) -> list[tuple[str, str]]:
    with bureau.sessions.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT account, after::text FROM attendance.audit WHERE action = :action ORDER BY seq"),
            {"action": f"device_command.{action}"},
        )
        return [(row[0], row[1]) for row in rows]
