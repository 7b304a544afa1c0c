"""Two who act on the same thing at the same time: one wins, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from shared.errors import Problem
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.checking import announce, appeal, assessed, decide_appeal, draw, drawn, find


def both(*acts: Callable[[], Any]) -> list[str]:
    """What came of acts begun together: "done", or the status of the problem."""
    barrier = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> str:
        barrier.wait()
        try:
            act()
        except Problem as problem:
            return str(problem.status)
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(one, acts))


def test_a_check_is_drawn_once(bureau: Bureau):
    assessed(bureau)
    check = announce(bureau)["spot_check"]
    assert both(lambda: draw(bureau, check, "01"), lambda: draw(bureau, check, "02", by="K1")) == ["409", "done"]
    assert bureau.count("inspection") == 2


def test_an_item_is_found_once(bureau: Bureau):
    assessed(bureau, "PS")
    _, (one,) = drawn(bureau)
    assert both(lambda: find(bureau, one, "false"), lambda: find(bureau, one, "corrected")) == ["409", "done"]
    assert bureau.count("correction") == 1


def test_one_appeal_is_filed_and_decided_once(bureau: Bureau):
    (declared,) = assessed(bureau, "PS")
    filed = both(*[lambda: appeal(bureau, "PS", "assessment", declared)] * 2)
    assert filed == ["409", "done"]
    one = str(bureau.rows("SELECT appeal FROM declarations.appeal")[0]["appeal"])
    first = lambda: decide_appeal(bureau, "K1", one, counts={"done": "5"})  # noqa: E731
    assert both(first, lambda: decide_appeal(bureau, "K2", one, "upheld")) == ["409", "done"]


def test_a_finding_and_a_cancellation_do_not_both_happen(bureau: Bureau):
    assessed(bureau, "PS")
    check, (one,) = drawn(bureau)
    cancel = {"cycle": "2026", "spot_check": check, "reason": "重来"}
    met = both(lambda: find(bureau, one, "confirmed"), lambda: bureau.ask("cancel_spot_check", "K1", cancel))
    assert met == ["409", "done"]
