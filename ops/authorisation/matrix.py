"""The whole matrix operation × role × relation × state, by trying every rule of the permissions: nothing of it is written by hand."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import product
from pkgutil import iter_modules
from typing import Any

from ops.authorisation.stand_ins import PERSON, RELATIONS, STATES, STATION, Asker, askers, kinds, nobody, value
from shared.contracts.operations import Family, Operation
from shared.migrations import SERVICES
from shared.vocabulary.permissions import ANYONE, OPERATOR, grants
from shared.vocabulary.refusals import Refused

Rule = Callable[..., Any]


@dataclass(frozen=True)
class Cell:
    """From which relations a role is granted, and whether to an account that is no person's."""

    relations: tuple[str, ...]
    without_person: bool


@dataclass(frozen=True)
class Row:
    """One rule in one state: a cell for each role and scope."""

    service: str
    permission: str
    state: tuple[tuple[str, Any], ...]
    cells: Mapping[tuple[str, str], Cell]


def operations() -> list[Operation]:
    """Return every operation of the contracts, found by walking their files."""
    found: list[Operation] = []
    for service in SERVICES:
        package = import_module(f"shared.contracts.{service}")
        for module in iter_modules(package.__path__):
            members = vars(import_module(f"{package.__name__}.{module.name}")).values()
            found += [one for family in members if isinstance(family, Family) for one in family.operations]
    return found


@cache
def rules(service: str) -> Mapping[str, Rule]:
    """Return the rules of a service by name: everything that its permission files define."""
    package = import_module(f"services.{service}.domain")
    modules = [one.name for one in iter_modules(package.__path__) if "permissions" in one.name]
    found: dict[str, Rule] = {}
    for name in modules:
        members = vars(import_module(f"{package.__name__}.{name}"))
        found |= {key: one for key, one in members.items() if inspect.isfunction(one)}
    return found


def matrix(asked: Iterable[Operation]) -> list[Row]:
    """Return the rows of every permission that ``asked`` name; ``LookupError`` for an operation that names none there is."""
    rows: list[Row] = []
    for service, permission in sorted({(one.service, one.may) for one in asked}):
        if permission in {ANYONE, OPERATOR}:
            continue
        rows += _rows(service, permission)
    return rows


@cache
def _rows(service: str, permission: str) -> list[Row]:
    rule = rules(service).get(permission)
    if rule is None:
        raise LookupError(f"{service} has no permission {permission!r}")
    return [_row(service, permission, rule, state) for state in _states(rule)]


def _row(service: str, permission: str, rule: Rule, state: Mapping[str, Any]) -> Row:
    cells = {}
    for kind in kinds():
        granted = {one.relation for one in askers(*kind) if _grants(rule, one, state)}
        alone = any(_grants(rule, one, state) for one in nobody(*kind))
        cells[kind] = Cell(tuple(one for one in RELATIONS if one in granted), alone)
    return Row(service, permission, tuple(state.items()), cells)


def _states(rule: Rule) -> list[dict[str, Any]]:
    """The states in which a rule is asked: each of its parameters that says in which, and a declaration's status."""
    names = set(inspect.signature(rule).parameters)
    asked = {name: values for name, values in STATES.items() if name in names}
    if "declaration" in names:
        asked["status"] = STATES["status"]
    return [dict(zip(asked, chosen, strict=True)) for chosen in product(*asked.values())]


def _grants(rule: Rule, asker: Asker, state: Mapping[str, Any]) -> bool:
    """A rule grants as at the edge of a service (shared/vocabulary/permissions.py)."""
    given = {
        name: value(name, str(one.annotation), asker, state) for name, one in inspect.signature(rule).parameters.items()
    }
    try:
        answer = rule(**given)
    except Refused:
        return False
    covers = getattr(answer, "covers", None)
    return bool(covers(PERSON, STATION)) if covers else grants(rule.__name__, answer)
