"""Somebody who asks and something that it is about: enough of both for every rule of the permissions to be tried.

The thing belongs to a person of a station; ``RELATIONS`` say how near to it an actor stands. Whatever a rule asks for by name stands here
once; a rule that asks for something else fails the matrix until it is named.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from gateway.auth.roles import SCOPES
from services.declarations.domain.organisation import Subject, Unit
from shared.actor import Actor, Grant

BUREAU = "B"
PERSON, STATION = "owner", "station"
RELATIONS = ("own", "unit", "line", "bureau")
# person, unit and line of an actor who stands so to the thing
_PLACES = {
    "own": (PERSON, STATION, "access"),
    "unit": ("colleague", STATION, "access"),
    "line": ("neighbour", "division", "access"),
    "bureau": ("stranger", "elsewhere", "other"),
}
_UNIT = Unit(STATION, "station", "access", "division", active=True, heads=frozenset({"head"}), above=("division",))
# What a rule may be asked in, beside who asks: by the name of its parameter, or of a member of the thing.
STATES: Mapping[str, tuple[Any, ...]] = {
    "status": ("declared", "verified", "assessed"),
    "state": ("stored", "suspect"),
    "published": (False, True),
    "undecided": (False, True),
    "scope": ("bureau", "unit", "own"),
    "verb": ("confirm", "lift"),
    "standing": ("person", "head", "hr"),
}


@dataclass(frozen=True)
class Asker:
    """An actor with one role, its home, and how it stands to the thing."""

    role: str
    relation: str
    home: str
    actor: Actor


def kinds() -> list[tuple[str, str]]:
    """Return every role with each of its scopes; one that reaches a bureau reaches it in
    the same way from the whole installation."""
    return [
        (role, scope)
        for role, scopes in SCOPES.items()
        for scope in scopes
        if scope != "installation" or len(scopes) == 1
    ]


def askers(role: str, scope: str) -> Iterator[Asker]:
    """Yield everyone who holds ``role`` in ``scope``, from each relation; the role's target is their own place."""
    for relation in RELATIONS:
        person, unit, line = _PLACES[relation]
        grants = (Grant(role, scope, {"unit": unit, "line": line}.get(scope)),)
        yield Asker(role, relation, unit, Actor(f"account-{person}", person, BUREAU, person, grants))


def nobody(role: str, scope: str) -> Iterator[Asker]:
    """Yield the same accounts, but no person's."""
    for one in askers(role, scope):
        yield replace(one, actor=replace(one.actor, person=None))


def value(name: str, annotation: str, asker: Asker, state: Mapping[str, Any]) -> Any:
    """Return what a rule is given for its parameter ``name``; ``KeyError`` where nothing of that name is known."""
    if name in state:
        return state[name]
    if name == "visible" and "Collection" in annotation:
        return {PERSON} if asker.relation == "own" else ()
    if name == "unit" and "Unit" in annotation:
        return _UNIT
    if name in {"subject", "present"} and "targets" in annotation:
        return _thing()
    if name == "subject" and "Subject" in annotation:
        return Subject(PERSON, "person", "access", _UNIT)
    own = asker.relation == "own"
    values: dict[str, Any] = {
        "actor": asker.actor,
        "own": own,
        "answers_for_it": own,
        "at_its_desk": False,
        "to_everybody": False,
        "heads_target": asker.home == STATION and asker.actor.has("unit_head", unit=STATION),
        "home": asker.home,
        "place": SimpleNamespace(code=asker.home, kind="station") if asker.relation != "bureau" else None,
        "on": None,
        "hands": (),
        "visible": {},
        "verb": "confirm",
        "named": None,
        "step": "accept",
        "paper": "acceptance",
    }
    return values[name] if name in values else _THINGS[name](state)


def _thing(**members: Any) -> Any:
    base = {
        "bureau": BUREAU,
        "subject": PERSON,
        "layer": "person",
        "unit": STATION,
        "declared_by": PERSON,
        "reported_by": PERSON,
        "filed_by": PERSON,
        "involved": (),
        "excluded": (),
        "assessor": STATION,
        "verifier": "head",
        "verified_by": None,
        "verified_for": None,
        "confirmed_by": None,
        "last_decider": "colleague",
        "inspector": "stranger",
        "escalated": lambda _on: False,
    }
    return SimpleNamespace(**{**base, **members})


def _case() -> Any:
    return _thing(
        organisation="bureau",
        kind="complaint",
        intake_unit=STATION,
        handler=PERSON,
        entrusted_to=None,
        mediator=None,
        registered_by=f"account-{PERSON}",
        worked=frozenset({PERSON}),
        recused=frozenset(),
        recusals=(),
        recusal_open=False,
        archive=None,
        reward=None,
    )


_HANDOVER = SimpleNamespace(giver="giver", taker=PERSON, crosses=False, unit=STATION)
_DELEGATION = SimpleNamespace(principal=PERSON, delegate="delegate", role="unit_head", target=STATION)
_THINGS: dict[str, Any] = {
    "person": lambda _: PERSON,
    "subject": lambda _: PERSON,
    "handler": lambda _: PERSON,
    "declared_by": lambda _: PERSON,
    "asked_by": lambda _: PERSON,
    "proposed_by": lambda _: PERSON,
    "by": lambda _: "colleague",  # who decided what is taken back
    "layer": lambda _: "person",
    "shares": lambda _: (),
    "unit": lambda _: STATION,
    "intake_unit": lambda _: STATION,
    "target": lambda _: STATION,
    "assessor": lambda _: STATION,
    "line": lambda _: "access",
    "handover": lambda _: _HANDOVER,
    "new": lambda _: _DELEGATION,
    "old": lambda _: _DELEGATION,
    "case": lambda _: _case(),
    "declaration": lambda state: _thing(status=state.get("status", "declared")),
    **dict.fromkeys(("order", "inquiry", "claim", "work", "appeal", "inspection"), lambda _: _thing(status="open")),
}
