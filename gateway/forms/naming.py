"""Codes get their names: declarations keeps codes, targets the names; only the gateway may ask both."""

from collections.abc import Callable, Iterator
from typing import Any

from gateway.rpc import call
from shared.errors import NotFound

Form = dict[str, Any]
PEOPLE = ("declared_by", "verified_by", "assessed_by", "issued_by", "judged_by", "screened_by", "settled_by")
MOST = 60  # different people whose names are looked up for one form


def named(form: Form) -> Form:
    """The form with ``name`` and ``unit_name``, and ``names`` of everybody who stands in its rows."""
    unit_name = _name("get_unit", {"unit": form["unit"]})
    people = {code: _person(code) for code in sorted(set(_codes(form)))[:MOST]}
    name = _person(form["subject"]) if form["layer"] == "person" else unit_name
    known = {code: one for code, one in people.items() if one is not None}
    return {**form, "name": name or form["subject"], "unit_name": unit_name or form["unit"], "names": known}


def _codes(form: Form) -> Iterator[str]:
    for row in form["rows"]:
        yield from (row[key] for key in PEOPLE if row.get(key))
        yield from (note["by"] for note in row.get("notes") or ())


def _person(code: str) -> str | None:
    return _name("get_person", {"person": code})


def _name(method: str, query: dict[str, Any]) -> str | None:
    """None for what targets does not know: an account without a person."""
    ask: Callable[..., dict[str, Any]] = call
    try:
        return str(ask("targets", method, query, read=True)["name"])
    except NotFound:
        return None
