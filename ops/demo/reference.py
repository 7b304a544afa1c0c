"""The sheets of data/reference as they lie on disk."""

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "data" / "reference"


@dataclass(frozen=True)
class Position:
    code: str
    title: str
    unit_kind: str
    line: str
    head: bool
    unit: str  # empty for the stations' positions, which hold for each of them


@dataclass(frozen=True)
class Unit:
    code: str
    name: str
    kind: str
    line: str


def rows(sheet: str) -> list[dict[str, str]]:
    with (FOLDER / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sheet(name: str, kept_units: Collection[str]) -> bytes:
    """Return the sheet as an upload; the organisation without the units that are not kept."""
    data = (FOLDER / f"{name}.csv").read_bytes()
    if name != "organisation":
        return data
    header, *lines = data.split(b"\r\n")
    return b"\r\n".join([header, *(line for line in lines if line.split(b",")[0].decode() in kept_units)])


@cache
def units() -> tuple[Unit, ...]:
    return tuple(Unit(row["code"], row["name"], row["kind"], row["line"]) for row in rows("organisation"))


@cache
def positions() -> tuple[Position, ...]:
    return tuple(_positions())


def _positions() -> Iterator[Position]:
    for row in rows("positions"):
        head = row["head"] == "yes"
        yield Position(row["code"], row["title"], row["unit_kind"], row["line"], head, row["unit"])
