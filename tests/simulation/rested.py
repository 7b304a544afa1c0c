"""What the checker looks at, be it a run of the simulation or a deployment (tests/faults)."""

from collections.abc import Mapping
from typing import Any, Protocol

from shared.database import Sessions
from tests.simulation.lives import Acknowledged
from tests.simulation.nature import Clock


class Databases(Protocol):
    @property
    def services(self) -> Mapping[str, Any]: ...

    def sessions(self, name: str) -> Sessions: ...


class Reader(Protocol):
    def read(self, by: str, path: str, **query: Any) -> Any: ...


class Rested(Protocol):
    """What came to rest."""

    @property
    def kept(self) -> Acknowledged: ...
    @property
    def processes(self) -> Databases: ...
    @property
    def clients(self) -> Reader: ...
    @property
    def clock(self) -> Clock: ...
