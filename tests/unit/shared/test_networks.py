"""Networks from which somebody may speak."""

import pytest

from shared.vocabulary.networks import is_network, is_within, network_of


@pytest.mark.parametrize("address", ["10.20.0.7", "::ffff:10.20.0.7"])
def test_an_address_lies_within_its_network(address: str) -> None:
    assert is_within(address, ("fd00::/64", "10.20.0.0/24"))


@pytest.mark.parametrize("address", ["10.20.1.7", "fd01::1", "", "unknown"])
def test_what_lies_elsewhere_or_is_no_address_does_not(address: str) -> None:
    assert not is_within(address, ("fd00::/64", "10.20.0.0/24"))


def test_an_address_written_as_ipv6_is_the_same_in_a_network_too() -> None:
    assert str(network_of("::ffff:10.20.0.0/120")) == "10.20.0.0/24"
    assert is_within("10.20.0.7", ("::ffff:10.20.0.0/120",))
    assert not is_within("10.20.1.7", ("::ffff:10.20.0.0/120",))


@pytest.mark.parametrize("text", ["", "10.20.0.1/24", "somewhere", "10.20.0.0/33"])
def test_what_is_no_network_is_told(text: str) -> None:
    assert not is_network(text)
