"""Units and persons as the rules here see them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from services.declarations.domain.cycles import Period, Place
from services.declarations.domain.words import ALL_LINES, LAYER_OF_KIND, PERSON, STATION
from shared.vocabulary.refusals import invalid


class Actor(Protocol):
    """Whoever asks: an account with its grants."""

    @property
    def account(self) -> str: ...
    @property
    def person(self) -> str | None: ...
    def has(self, role: str, *, unit: str | None = None, line: str | None = None) -> bool: ...


@dataclass(frozen=True)
class Unit:
    unit: str
    kind: str
    line: str
    parent: str | None
    active: bool
    heads: frozenset[str] = frozenset()  # persons
    above: tuple[str, ...] = ()  # the units over it, the nearest first, up to the first that has a head

    @property
    def layer(self) -> str | None:
        return LAYER_OF_KIND.get(self.kind)


@dataclass(frozen=True)
class Subject:
    """Who is appraised: a person, or a unit (then ``code`` is ``unit.unit``)."""

    code: str
    layer: str
    line: str
    unit: Unit
    places: tuple[Place, ...] = ()  # of a person; none of units, and where it is not known

    @property
    def is_person(self) -> bool:
        return self.layer == PERSON

    def lines_in(self, period: Period) -> frozenset[str]:
        """Return the lines in which the subject was on any day of ``period``: a professional item is
        due in the periods with a day in its line (data/reference/README.md, 任职区间)."""
        return frozenset(one.line or self.line for one in self.places if period.meets(one)) or frozenset({self.line})

    @property
    def lines(self) -> frozenset[str]:
        """Return every line in which the subject ever was."""
        return frozenset({self.line, *(one.line or self.line for one in self.places)})

    def answers_to(self, line: str, lines: Collection[str]) -> bool:
        """Tell whether an item of ``line`` is one of who is in ``lines``; a station answers to all five."""
        return line == ALL_LINES or self.layer == STATION or line in lines


def who(actor: Actor) -> str:
    """Return the name under which a deed is kept: the person, whatever account they use."""
    return actor.person or actor.account


def subject_of_unit(unit: Unit) -> Subject:
    if unit.layer is None or not unit.active:
        raise not_appraised(unit.unit)
    return Subject(unit.unit, unit.layer, unit.line, unit)


def subject_of_person(person: str, line: str, unit: Unit, *, active: bool, places: tuple[Place, ...] = ()) -> Subject:
    """Return the person as a subject; a person of a unit that is not appraised (leaders) is not
    appraised by items either (data README §5)."""
    if unit.layer is None or not active:
        raise not_appraised(person)
    return Subject(person, PERSON, line, unit, places)


def not_appraised(code: str) -> Exception:
    return invalid(
        "subject.unknown", f"考核对象 {code} 不存在或不参加考核", f"{code} is no appraised subject", "subject"
    )


def with_those_above(units: Mapping[str, Unit]) -> dict[str, Unit]:
    """Return each unit with the chain of those over it. A chain that bites its tail ends there."""
    return {code: replace(unit, above=tuple(_above(units, unit))) for code, unit in units.items()}


def _above(units: Mapping[str, Unit], unit: Unit) -> Iterator[str]:
    seen = {unit.unit}
    parent = unit.parent
    while parent is not None and parent not in seen:
        seen.add(parent)
        yield parent
        over = units.get(parent)
        parent = over.parent if over and not over.heads else None
