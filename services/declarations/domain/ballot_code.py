"""A ballot as bytes of one length for all of a campaign: its length must not tell whom it grades, or whom it leaves out."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules import GRADES
from services.declarations.domain.questionnaires import OVERALL, Grades, Votes, by_dimension


@dataclass(frozen=True)
class BallotCode:
    """One byte for the group and one for each subject and dimension: 0, or the place of the grade."""

    groups: tuple[str, ...]
    subjects: tuple[str, ...]
    dimensions: tuple[str, ...]

    def encode(self, group: str, votes: Votes) -> bytes:
        graded = (by_dimension(votes[subject]) if subject in votes else {} for subject in self.subjects)
        grades = [one.get(dimension) for one in graded for dimension in self.dimensions]
        return bytes([self.groups.index(group), *(GRADES.index(one) + 1 if one else 0 for one in grades)])

    def decode(self, raw: bytes) -> tuple[str, dict[str, Grades]]:
        width = len(self.dimensions)
        rows = {code: raw[1 + place * width : 1 + (place + 1) * width] for place, code in enumerate(self.subjects)}
        return self.groups[raw[0]], {code: self._grades(row) for code, row in rows.items() if any(row)}

    def _grades(self, row: bytes) -> Grades:
        grades: Mapping[str, str] = {
            name: GRADES[place - 1] for name, place in zip(self.dimensions, row, strict=True) if place
        }
        return grades[OVERALL] if self.dimensions == (OVERALL,) else grades
