"""What units, positions and lines are called, on any day: they are renamed, and what is shown says what they were called then."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from services.targets.storage.lines import Lines
from services.targets.storage.organisation_history import OrganisationHistory, State
from shared.database import Session
from shared.vocabulary.organisation import with_all

Versions = Mapping[str, Sequence[tuple[date, State]]]


class Names:
    """Each kind is read once, when the first of it is asked for."""

    def __init__(self, session: Session, bureau: str) -> None:
        self._session, self._bureau = session, bureau

    def unit(self, code: str | None, day: date) -> str | None:
        return _on(self._units, code, day, "name")

    def position(self, code: str | None, day: date) -> str | None:
        return _on(self._positions, code, day, "title")

    def line(self, code: str | None) -> str | None:
        return self._lines.get(code) if code else None

    @cached_property
    def _units(self) -> Versions:
        return OrganisationHistory(self._session, self._bureau).all_versions("unit")

    @cached_property
    def _positions(self) -> Versions:
        return OrganisationHistory(self._session, self._bureau).all_versions("position")

    @cached_property
    def _lines(self) -> Mapping[str, str]:
        return with_all(Lines(self._session, self._bureau).all())


def _on(versions: Versions, code: str | None, day: date, name: str) -> str | None:
    """Return what it was called on ``day``; of what came later, what it was called first."""
    known = versions.get(code or "", ())
    if not known:
        return None
    at = bisect_right(known, day, key=lambda one: one[0])
    told: str = known[max(at - 1, 0)][1][name]
    return told
