"""Networks from which somebody may speak: 10.20.0.0/24, 10.20.0.7, fd00::/64. An IPv4 address written as IPv6 is the IPv4 address."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

_MAPPED = 96  # bits before an IPv4 address in ::ffff:0:0/96


def network_of(text: str) -> IPv4Network | IPv6Network:
    """Return the network that ``text`` names; ``ValueError`` where it names none."""
    network = ip_network(text)
    mapped = getattr(network.network_address, "ipv4_mapped", None)
    if mapped is None or network.prefixlen < _MAPPED:
        return network
    return IPv4Network((mapped, network.prefixlen - _MAPPED))


def is_network(text: str) -> bool:
    """Tell whether ``text`` names a network."""
    try:
        network_of(text)
    except ValueError:
        return False
    return True


def is_within(address: str, networks: Iterable[str]) -> bool:
    """Tell whether ``address`` lies in one of ``networks``."""
    try:
        place: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(place, "ipv4_mapped", None)
    return any((mapped or place) in network_of(one) for one in networks)
