"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import TypedDict


class CorrectPlace(TypedDict):
    ends: date | None
    kind: str
    position: str | None
    starts: date
    unit: str | None


class Correction(TypedDict):
    assignments: list[CorrectPlace]
    person: str
    reason: str
    revision: int | None


class LastDay(TypedDict):
    last_day: date
    person: str
    revision: int | None


class Move(TypedDict):
    person: str
    position: str
    revision: int | None
    starts: date
    unit: str


class NewPerson(TypedDict):
    name: str
    person: str
    position: str
    starts: date
    unit: str


class NewPersons(TypedDict):
    persons: list[NewPerson]


class PersonKey(TypedDict):
    on: date | None
    person: str


class PersonQuery(TypedDict):
    after: str | None
    limit: int
    line: str | None
    on: date | None
    q: str | None
    skip: int
    sort: str | None
    total: bool
    unit: str | None


class Renaming(TypedDict):
    name: str
    person: str
    revision: int | None


class Secondment(TypedDict):
    ends: date | None
    outside: bool
    person: str
    position: str | None
    revision: int | None
    starts: date
    unit: str | None
