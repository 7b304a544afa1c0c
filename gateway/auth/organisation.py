"""Whom and what accounts may stand for: asked of targets, which alone knows the organisation, before the transaction begins."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.rpc import ask
from shared.actor import system
from shared.contracts.targets.organisation import find_codes
from shared.errors import Entry


@dataclass(frozen=True)
class Known:
    """Which of the codes asked for a bureau has."""

    bureau: bool
    persons: frozenset[str]
    units: frozenset[str]
    lines: frozenset[str]

    def faults(self, person: str | None, grants: Iterable[Mapping[str, Any]]) -> list[Entry]:
        """Return what of an account is not in the organisation."""
        if not self.bureau:
            return [_fault("bureau", "bureau.unknown", "没有这个总口", "there is no such bureau")]
        faults = []
        if person is not None and person not in self.persons:
            faults.append(_fault("person", "person.unknown", f"没有在职人员 {person}", f"nobody here is {person}"))
        for grant in grants:
            code, scope = grant.get("target"), grant.get("scope")
            if scope == "unit" and code and code not in self.units:
                faults.append(_fault("grants.target", "unit.unknown", f"没有单位 {code}", f"there is no unit {code}"))
            if scope == "line" and code and code not in self.lines:
                faults.append(_fault("grants.target", "role.line", "没有这个口", "there is no such line"))
        return faults


def known_codes(bureau: str, wanted: Sequence[Mapping[str, Any]]) -> Known:
    """Ask targets for the persons, units and lines that ``wanted`` ({"person", "grants"} each) names."""
    grants = [grant for one in wanted for grant in one.get("grants") or ()]
    body = {
        "persons": sorted({one["person"] for one in wanted if one.get("person")}),
        "units": _targets(grants, "unit"),
        "lines": _targets(grants, "line"),
    }
    found = ask(find_codes, body, actor=system(bureau))
    return Known(found["bureau"], *(frozenset(found[name]) for name in ("persons", "units", "lines")))


def known_by_bureau(own: str, wanted: Sequence[Mapping[str, Any]]) -> dict[str, Known]:
    """Return what targets knows of each bureau that ``wanted`` names; an account that names
    none is of ``own``. The installation is none."""
    bureaus: dict[str, list[Mapping[str, Any]]] = {}
    for one in wanted:
        bureaus.setdefault(one.get("bureau", own), []).append(one)
    return {bureau: known_codes(bureau, some) for bureau, some in bureaus.items() if bureau}


def _targets(grants: Sequence[Mapping[str, Any]], scope: str) -> list[str]:
    return sorted({one["target"] for one in grants if one.get("scope") == scope and one.get("target")})


def _fault(field: str, code: str, zh: str, en: str) -> Entry:
    return {"field": field, "code": code, "zh": zh, "en": en}
