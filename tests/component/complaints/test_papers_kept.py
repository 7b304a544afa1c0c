"""文书: which day they name, and what holds where two work on one at once."""

import threading
import time

from sqlalchemy import text

from services.complaints.usecases.notifications import record_notification
from shared.contracts.complaints import notifications as contract
from tests.component.complaints.conftest import CENTRE
from tests.component.complaints.network import Network, network
from tests.component.complaints.test_papers_over_http import CONSUMER, accepted, made, quick, store, words

__all__ = ["network", "quick", "store"]


def test_a_receipt_in_the_small_hours_is_of_that_day_here(network: Network) -> None:
    case = network.register("2026-06-02 09:00", received_at="2026-06-01T18:00:00Z", **CONSUMER)
    network.took(case, "ask-supplement", "2026-06-02 10:00", materials=["identity"], supply_by="2026-06-08")
    assert "我局于2026年6月2日收到" in words(network, made(network, case, "identity_request"))


def test_a_paper_that_is_sent_at_this_moment_is_not_voided(network: Network) -> None:
    case = accepted(network)
    paper = made(network, case, "acceptance")["paper"]
    (row,) = network.centre.get(f"/api/v1/cases/{case}/notifications").json["items"]
    given = {"case": case, "notification": row["notification"], "way": "letter", "proof": "XA1", "paper": paper}
    answers = []

    def void() -> None:
        answers.append(network.post(f"cases/{case}/papers/{paper}/void", {"why": "写错"}))

    voiding = threading.Thread(target=void)
    with network.world.service.begin(CENTRE) as session:
        record_notification(session, CENTRE, contract.record_notification.decode(given))  # type: ignore[arg-type]  # as at the edge
        voiding.start()
        _until_it_waits(network)
    voiding.join(10)
    network.refused(answers[0], 409, "paper.sent")


def _until_it_waits(network: Network) -> None:
    held = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    for _ in range(100):
        with network.world.service.engine.connect() as connection:
            if connection.execute(text(held)).scalar_one():
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")
