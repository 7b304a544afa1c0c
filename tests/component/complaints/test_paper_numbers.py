"""Twenty who number at once: no number twice, none left out, each voided one explained."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from services.complaints.usecases import papers
from shared.contracts.complaints import papers as contract
from tests.component.complaints.conftest import CENTRE, Centre, at

WRITERS, EACH = 20, 4
KIND = "complaint_registration"


class _TakenBack(Exception):
    """Something failed after the number was given: the whole transaction goes."""


def number(centre: Centre, case: str, *, fails: bool = False) -> dict[str, Any]:
    command = contract.make_paper.decode({"case": case, "kind": KIND})
    with centre.sessions.begin(CENTRE) as session:
        made = papers.make_paper(session, CENTRE, command)
        if fails:
            raise _TakenBack
        return made["shown"]  # type: ignore[no-any-return]


def void(centre: Centre, case: str, paper: str) -> None:
    command = contract.void_paper.decode({"case": case, "paper": paper, "why": "金额计算有误"})
    centre.do(papers.void_paper, command)


def write(centre: Centre, case: str, writer: int, together: Barrier) -> list[dict[str, Any]]:
    """Makes four papers; a fifth is taken back in the middle of it; every third writer voids the first."""
    together.wait(timeout=120)
    made = []
    for turn in range(EACH):
        if turn == writer % EACH:
            with pytest.raises(_TakenBack):
                number(centre, case, fails=True)
        made.append(number(centre, case))
    if writer % 3 == 0:
        void(centre, case, made[0]["paper"])
    return made


def test_no_number_comes_twice_and_no_gap_is_unexplained(centre: Centre) -> None:
    cases = centre.register(*({"at": at("2026-06-01"), "number": f"T{one}"} for one in range(WRITERS)))
    together = Barrier(WRITERS)
    with ThreadPoolExecutor(WRITERS) as pool:
        futures = [pool.submit(write, centre, case, number, together) for number, case in enumerate(cases)]
        made = [one for future in futures for one in future.result(timeout=300)]
    assert sorted(one["number"] for one in made) == list(range(1, WRITERS * EACH + 1))
    assert len({one["text"] for one in made}) == WRITERS * EACH
    query = {"unit": "C01", "year": 2026, "kind": KIND, "limit": 500, "total": True}
    book = centre.do(papers.list_paper_numbers, contract.list_paper_numbers.decode(query))
    assert [one["number"] for one in book["items"]] == list(range(1, WRITERS * EACH + 1))
    assert book["unexplained"] == []
    voided = [one for one in book["items"] if one["status"] == "voided"]
    assert len(voided) == len(range(0, WRITERS, 3))
    assert {(one["voided_by"], one["why"]) for one in voided} == {(CENTRE.account, "金额计算有误")}
    assert {one["made_by"] for one in book["items"]} == {CENTRE.account}
