"""What two requests ask for at the same moment is granted once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from services.attendance.usecases import corrections
from shared.contracts.attendance import corrections as of_corrections
from shared.errors import Problem
from tests.component.attendance.conftest import Bureau, register


def both(act: Callable[[int], object]) -> list[str]:
    """Do it twice at the same moment; returns the codes of what was refused."""
    ready = threading.Barrier(2)

    def tried(number: int) -> str:
        ready.wait()
        try:
            act(number)
        except Problem as refused:
            return refused.code
        return ""

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(tried, range(2)))


def test_equal_leaves_asked_for_at_once_are_one_leave(bureau: Bureau) -> None:
    for day in range(5, 10):
        found = both(lambda _, day=day: register(bureau, "P1", date(2026, 1, day), date(2026, 1, day)))  # type: ignore[misc]
        assert found == ["", "leave.overlap"]


def test_explanations_filed_at_once_stay_within_the_month(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(p1="P1")
    bureau.push(*[("1", f"2026-01-{day:02} 08:50:00") for day in range(5, 10)])

    def explain(day: int) -> None:
        at = f"2026-01-{day + 1:02}T10:00:00+08:00"
        one = {"person": "P1", "day": f"2026-01-{day:02}", "point": "depart", "reason": "忘记打卡", "at": at}
        command = of_corrections.file_corrections.decode({"corrections": [one]})
        bureau.do(corrections.file_corrections, command)

    explain(5)
    explain(6)
    assert both(lambda number: explain(7 + number)) == ["", "correction.limit"]
