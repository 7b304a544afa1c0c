"""Every operation of the contracts, found by walking their files."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from shared.contracts.operations import Family, Operation
from shared.migrations import SERVICES


def families() -> Iterator[Family]:
    for service in SERVICES:
        package = import_module(f"shared.contracts.{service}")
        for module in iter_modules(package.__path__):
            found = vars(import_module(f"{package.__name__}.{module.name}")).values()
            yield from (one for one in found if isinstance(one, Family))


def operations() -> list[Operation]:
    return [one for family in families() for one in family.operations]
