"""The service's own looks: recounting and supervising, bureau by bureau."""

from typing import Any

import pytest

from services.complaints.service import ComplaintsService
from services.complaints.storage.projections import Copies
from services.complaints.usecases import projections, supervising
from tests.component.complaints.conftest import BUREAU
from tests.component.complaints.network import Network, network
from tests.component.complaints.test_supervising import handled

__all__ = ["network"]


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
