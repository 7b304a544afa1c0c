"""The panel's decision on the grades: the proposals, and where it differs from them, within what circumstances and quota allow."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from services.scoring.domain.circumstances import COMPETENT, EXCELLENT, INCOMPETENT, INVESTIGATION, UNDETERMINED
from services.scoring.domain.grades import Candidate, Marks, at_best, grade, quota
from shared.vocabulary.refusals import Refused, conflict, forbidden, invalid

PROPOSED, DECIDED = "proposed", "decided"


@dataclass(frozen=True)
class PersonalGrade:
    """``grade``: the proposed one until the panel decides otherwise, then with its ``reason``.

    ``by_itself``: which circumstances the run and attendance told; the others somebody entered.
    """

    person: str
    unit: str
    final: str | None
    rank: int | None
    proposed: str
    limited_by: str | None
    grade: str
    reason: str
    circumstances: Mapping[str, str]  # name -> what it rests on
    last_year: tuple[str, ...] = ()
    year_before: tuple[str, ...] = ()
    chain: tuple[Decimal, ...] = ()  # categories compared among equals, as the model has them
    by_itself: Sequence[str] = ()

    @property
    def told(self) -> dict[str, str]:
        """Return what the run and attendance told."""
        return {name: basis for name, basis in self.circumstances.items() if name in self.by_itself}

    @property
    def entered(self) -> dict[str, str]:
        """Return what somebody entered."""
        return {name: basis for name, basis in self.circumstances.items() if name not in self.by_itself}

    @property
    def candidate(self) -> Candidate:
        final = None if self.final is None else Decimal(self.final)
        befell, last, before = (frozenset(one) for one in (self.circumstances, self.last_year, self.year_before))
        return Candidate(self.person, final, self.rank, befell, last, before, self.chain)


def check_decides(grading: Mapping[str, Any], names: Collection[str], otherwise: Collection[str]) -> None:
    """Check that they may decide on the grades; ``names``: the account and the person that decide; ``otherwise``:
    whose grade they want to be another one."""
    if grading["status"] == DECIDED:
        raise conflict("grading.decided", "等次已经审定", "the grades are decided already")
    _check_not_proposed(grading, names)
    if set(names) & set(otherwise):
        raise invalid("own.decision", "不得审定本人的等次", "nobody decides on their own grade", "otherwise")


def check_confirms(grading: Mapping[str, Any], names: Collection[str]) -> None:
    """Check who confirms: what a member of the panel left open, his own grade, is for
    another one, who did not propose it either."""
    if grading["awaiting"] is None:
        raise conflict("grading.nothing_open", "没有待确认的等次", "no grade waits for a second member of the panel")
    _check_not_proposed(grading, names)
    if grading["awaiting"] in names or grading["decided_by"] in names:
        raise forbidden("own.decision", "不得审定本人的等次", "nobody decides on their own grade")


def check_settles(
    grading: Mapping[str, Any], names: Collection[str], one: PersonalGrade, after: Collection[str]
) -> None:
    """Refuse to give the grade that an investigation left open, unless it is over and the decider is another person.

    ``after``: the circumstances that are left once the case is settled (公务员考核规定: 结案后补定等次).
    """
    if grading["status"] != DECIDED:
        raise conflict("grading.not_decided", "等次尚未审定", "the grades are not decided yet")
    if INVESTIGATION not in one.circumstances:
        raise conflict("grade.not_open", "没有待补定的等次", "no investigation left this grade open", "person")
    if INVESTIGATION in after:
        raise invalid("grade.still_open", "立案审查调查尚未结案", "the investigation is not over", "circumstances")
    _check_not_proposed(grading, names)
    if one.person in names:
        raise forbidden("own.decision", "不得审定本人的等次", "nobody decides on their own grade")


def _check_not_proposed(grading: Mapping[str, Any], names: Collection[str]) -> None:
    if grading["proposed_by"] in names:
        raise forbidden(
            "grading.own_proposal", "提出等次建议的人不得审定", "who proposed the grades does not decide on them"
        )


def proposals(people: list[PersonalGrade], marks: Marks) -> list[PersonalGrade]:
    found = {one.person: one for one in grade((person.candidate for person in people), marks)}
    return [
        replace(one, proposed=own.grade, limited_by=own.limited_by, grade=own.grade)
        for one in people
        for own in [found[one.person]]
    ]


def decided(
    people: list[PersonalGrade], marks: Marks, otherwise: Mapping[str, Mapping[str, Any]]
) -> list[PersonalGrade]:
    """Return the grades decided on; ``otherwise``: person -> {"grade", "reason"},
    where the panel does not follow the proposal."""
    known = {one.person: one for one in people}
    for person in otherwise:
        if person not in known:
            raise invalid("grade.unknown", f"没有 {person}", f"there is no {person}", f"otherwise.{person}")
    after = [_otherwise(one, otherwise[one.person]) if one.person in otherwise else one for one in people]
    places = quota((one.candidate for one in people), marks)["places"]
    given = sum(one.grade == EXCELLENT for one in after)
    if given > places:
        raise invalid(
            "grade.quota",
            f"优秀等次名额 {places} 名，不能评定 {given} 名",
            f"{places} can be 优秀, not {given}",
            "otherwise",
        )
    return after


def _otherwise(one: PersonalGrade, decision: Mapping[str, Any]) -> PersonalGrade:
    wanted, reason = decision["grade"], decision["reason"].strip()
    best = at_best(one.candidate)
    if not reason:
        raise _refused(one, "reason.required", "与建议等次不一致的须说明理由", "another grade needs its reason")
    if best == UNDETERMINED and wanted != UNDETERMINED:
        raise _refused(one, "grade.undetermined", "按规定不确定等次", "its circumstances leave no grade")
    if best == INCOMPETENT and wanted != INCOMPETENT:
        raise _refused(one, "grade.incompetent", "按规定确定为不称职", "its circumstances leave 不称职 only")
    if best == COMPETENT and wanted == EXCELLENT:
        raise _refused(one, "grade.limited", "按规定不得确定为优秀", "its circumstances exclude 优秀")
    if best != UNDETERMINED and wanted == UNDETERMINED:
        raise _refused(one, "grade.needs_circumstance", "没有不确定等次的情形", "nothing leaves it undetermined")
    return replace(one, grade=wanted, reason=reason)


def _refused(one: PersonalGrade, code: str, zh: str, en: str) -> Refused:
    return invalid(code, f"{one.person}：{zh}", f"{one.person}: {en}", f"otherwise.{one.person}")
