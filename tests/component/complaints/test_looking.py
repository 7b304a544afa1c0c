"""The service's own looks: recounting and supervising, bureau by bureau."""

from typing import Any

import pytest
from sqlalchemy import select

from services.complaints.service import ComplaintsService
from services.complaints.storage.knowledge_tables import case_traders, trader_names
from services.complaints.storage.projections import Copies
from services.complaints.usecases import projections, supervising
from services.complaints.usecases.linking import link_old
from tests.component.complaints.conftest import BUREAU
from tests.component.complaints.network import Network, network
from tests.component.complaints.test_supervising import handled

__all__ = ["network"]


def test_the_linking_of_cases_ends_whatever_blanks_stand_about_a_name(network: Network) -> None:
    names = ["某店", "某店\n", "　某店", " 某店 "]
    for number, name in enumerate(names):
        network.register("2026-03-01", kind="report", number=f"L-{number}", trader=name)
    network.register("2026-03-01", kind="enquiry", trader="　")
    with network.world.service.begin_handling([]) as session:
        session.execute(case_traders.update().values(name="另一店"))
    service = ComplaintsService()
    service.database = network.world.service  # type: ignore[assignment]  # what the dependency provider gives it
    assert link_old(network.world.service, BUREAU) == len(names) + 1
    assert link_old(network.world.service, BUREAU) == 1, "a blank names no trader: it is passed over"
    service.recount()
    with network.world.service.begin_handling([]) as session:
        assert sorted(session.scalars(select(case_traders.c.name))) == sorted(names)
        assert session.scalars(select(trader_names.c.name)).all() == ["某店"]


def test_a_bureau_in_which_it_fails_keeps_no_other_waiting(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    case = handled(network)
    network.today.now = network.today.moment("2026-06-11 09:00")
    service, looks = ComplaintsService(), supervising.look
    service.database = network.world.service  # type: ignore[assignment]  # what the dependency provider gives it
    counted: list[str] = []

    def count(_: Any, bureau: str, *__: Any) -> int:
        counted.append(bureau)
        assert bureau == BUREAU
        return 0

    def look(session: Any, bureau: str) -> int:
        assert bureau == BUREAU
        return looks(session, bureau)

    monkeypatch.setattr(Copies, "bureaus", lambda _: ["A00", BUREAU])
    monkeypatch.setattr(projections, "recount", count)
    monkeypatch.setattr(supervising, "look", look)
    service.recount()
    service.supervise()
    assert counted == ["A00", BUREAU]
    assert network.show(case)["supervisions"] == 1
