"""Whoever decides is somebody: a test that does not say whom an account with a deciding role stands for gets a stranger."""

from collections.abc import Iterable

from gateway.auth.roles import DECIDING


def somebody(person: str | None, name: str, roles: Iterable[str]) -> str | None:
    """Return ``person``, or a stranger of that ``name`` where one of ``roles`` decides about people (a centre's account decides on cases)."""
    return person or (f"X-{name}"[:20] if set(roles) & (DECIDING - {"complaints_centre"}) else None)
