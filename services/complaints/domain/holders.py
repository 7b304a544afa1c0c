"""What the permissions ask of whoever acts, and of where they work."""

from typing import Protocol


class Holder(Protocol):
    """What is asked of an actor: its grants, and whom it stands for."""

    @property
    def account(self) -> str: ...

    @property
    def person(self) -> str | None: ...

    def has(self, role: str, *, unit: str | None = None, line: str | None = None) -> bool: ...

    def targets(self, role: str) -> frozenset[str]: ...


class Place(Protocol):
    """Where an actor works."""

    @property
    def code(self) -> str: ...

    @property
    def kind(self) -> str: ...
