"""How a service is doing: asked for by the gateway, for whoever runs the installation."""

from shared.contracts.operations import Family
from shared.contracts.shapes import Empty

SECONDS = 5  # a service that is silent for longer is told as such


def operating_of(service: str) -> Family:
    """Return the family with the one operation that tells how ``service`` is doing."""
    family = Family(service, f"{service}_operating", "运行 how the service is doing")
    family.internal("tell_operation", Empty, may="operator", reads=True, seconds=SECONDS)
    return family
