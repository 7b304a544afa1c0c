"""A long list of punches is stored once, whatever of it is there already."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from services.attendance.storage import memories
from tests.component.attendance.conftest import Bureau

MEMORY = [
    (str(number % 40 + 1), f"{datetime(2026, 3, 4, 8, 30) + number * timedelta(seconds=7)}")
    for number in range(memories.LONG + 50)
]


@pytest.mark.parametrize(
    "there",
    [
        pytest.param(MEMORY[:0], id="nothing"),
        pytest.param(MEMORY, id="all"),
        pytest.param(MEMORY[:1], id="its beginning"),
        pytest.param(MEMORY[-1:], id="its end"),
        pytest.param(MEMORY[70:90], id="what lies between"),
    ],
)
def test_a_long_list_is_stored_once_whatever_of_it_is_there(bureau: Bureau, there: list[tuple[str, str]]) -> None:
    bureau.approve()
    for start in range(0, len(there), 20):
        bureau.push(*there[start : start + 20])
    assert bureau.count("punches") == len(there)
    told = bureau.push(*MEMORY)
    assert (told["taken"], told["new"]) == (len(MEMORY), len(MEMORY) - len(there))
    with bureau.sessions.engine.connect() as connection:
        at = "to_char(time AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS')"
        chosen = text(f"SELECT pin, {at} FROM attendance.punches")
        assert sorted((row[0], row[1]) for row in connection.execute(chosen)) == sorted(MEMORY)
