"""Permissions note that they were asked: the edge of a service refuses to commit what nobody asked a permission for.

``noting(globals())`` at the end of a module of permissions makes every rule of it note its name and its answer while
``asking()`` is open. A rule grants by returning something true; where its name begins with ``check_``, by not refusing, and with
``why_not_``, by having no reason.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from inspect import isfunction
from typing import Any

ANYONE, OPERATOR = "anyone", "operator"  # what an operation names that asks no rule of a service


class Asked:
    """Which permissions were asked, and which of them were granted at least once."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.granted: set[str] = set()

    def note(self, name: str, *, granted: bool) -> None:
        self.names.add(name)
        if granted:
            self.granted.add(name)


_OPEN: ContextVar[Asked | None] = ContextVar("asked", default=None)


@contextmanager
def asking() -> Iterator[Asked]:
    """Collect what is asked until the block ends."""
    asked = Asked()
    token = _OPEN.set(asked)
    try:
        yield asked
    finally:
        _OPEN.reset(token)


def noting(module: dict[str, Any]) -> None:
    """Make every public rule that ``module`` defines note that it was asked."""
    for name, rule in list(module.items()):
        if isfunction(rule) and rule.__module__ == module["__name__"] and not name.startswith("_"):
            module[name] = _noting(rule)


def grants(name: str, answer: Any) -> bool:
    """Tell whether the rule called ``name`` grants by this answer; a refusal is raised."""
    if name.startswith("check_"):
        return True
    return answer is None if name.startswith("why_not_") else bool(answer)


def _noting(rule: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(rule)
    def asked(*arguments: Any, **options: Any) -> Any:
        notes = _OPEN.get()
        if notes is None:
            return rule(*arguments, **options)
        notes.note(rule.__name__, granted=False)
        answer = rule(*arguments, **options)
        notes.note(rule.__name__, granted=grants(rule.__name__, answer))
        return answer

    return asked
