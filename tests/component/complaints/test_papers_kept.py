"""文书: which days they name, and what holds while several work on them or a store fails."""

from tests.component.complaints.network import Network, network
from tests.component.complaints.test_papers_over_http import CONSUMER, made, quick, store, words

__all__ = ["network", "quick", "store"]


def test_a_receipt_in_the_small_hours_is_of_that_day_here(network: Network) -> None:
    case = network.register("2026-06-02 09:00", received_at="2026-06-01T18:00:00Z", **CONSUMER)
    network.took(case, "ask-supplement", "2026-06-02 10:00", materials=["identity"], supply_by="2026-06-08")
    assert "我局于2026年6月2日收到" in words(network, made(network, case, "identity_request"))
