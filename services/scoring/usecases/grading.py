"""Grades of the yearly appraisal: proposed by the office from a run and what befell its people, decided by the panel."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from services.scoring.domain.circumstances import EFFECTS, EXCELLENT, VETO
from services.scoring.domain.grades import Marks, quota
from services.scoring.domain.grading import (
    DECIDED,
    PROPOSED,
    PersonalGrade,
    check_confirms,
    check_decides,
    check_settles,
    decided,
    proposals,
)
from services.scoring.domain.permissions import sight
from services.scoring.domain.publication import LIST
from services.scoring.domain.result_permissions import grade_sight, may_decide_grades, may_propose_grades, who
from services.scoring.domain.run import FROZEN, Run
from services.scoring.storage import gradings as store
from services.scoring.storage.projections import names
from services.scoring.storage.run_store import FRAME, Runs
from services.scoring.storage.scores import Scores
from services.scoring.storage.visibility import visible_of
from services.scoring.usecases.absences import half_year_absences
from services.scoring.usecases.guards import need
from services.scoring.usecases.run_states import run_to_change
from shared.actor import Actor
from shared.clock import now
from shared.contracts.scoring.commands.grades import (
    GradeConfirmation,
    GradeDecision,
    GradeQuery,
    GradeSettlement,
    NewGrades,
)
from shared.database import Session
from shared.recording import audit
from shared.vocabulary.refusals import check_revision, conflict, invalid

Row = dict[str, Any]
Circumstances = Mapping[str, Mapping[str, str]]  # person -> name -> what it rests on


def propose_grades(session: Session, actor: Actor, command: NewGrades) -> Row:
    """Propose grades; ``command``: {"run", "marks", "circumstances"}. Can be done again until the panel has decided.

    What was entered of a person for this run, or another one of the cycle, stays until the person is named again.
    """
    need(may_propose_grades(actor))
    run = run_to_change(session, actor, command["run"], lock=True)
    before = store.grading_of(session, run.bureau, run.run, lock=True)
    marks = _marks(command["marks"])
    people = proposals(_people(session, run, command["circumstances"]), marks)
    if before is not None and before["status"] == DECIDED:
        raise conflict("grading.decided", "等次已经审定", "the grades are decided already")
    owner = {"bureau": run.bureau, "run": run.run, "cycle": run.cycle}
    row = {
        **owner,
        "revision": (before["revision"] if before else 0) + 1,
        "status": PROPOSED,
        "marks": _marks_row(marks),
        "quota": _quota(people, marks),
        "proposed_by": who(actor),
        "proposed_at": now(),
        **dict.fromkeys(("decided_by", "decided_at", "awaiting", "confirmed_by", "confirmed_at")),
    }
    store.save_grading(session, row)
    store.replace_grades(session, owner, people)
    _audit(
        session, "grading.proposed", row, {one.person: dict(one.circumstances) for one in people if one.circumstances}
    )
    return row


def decide_grades(session: Session, actor: Actor, command: GradeDecision) -> Row:
    """Decide grades; ``command``: {"run", "revision": of the proposals, "otherwise": person -> {"grade", "reason"}}.

    Not by whoever proposed them; the decider's own grade stays as proposed and waits for ``confirm_grade``.
    """
    need(may_decide_grades(actor))
    run = run_to_change(session, actor, command["run"])
    before = store.known_grading(session, run.bureau, run.run, lock=True)
    check_revision("grading", command["revision"], before["revision"])
    check_decides(before, _names(actor), command["otherwise"])
    if run.status == FROZEN:
        raise conflict("run.not_approved", "核算尚未审定", "the run is not yet approved")
    known = _with_last_year(session, run, store.grades_of(session, run.bureau, run.run))
    people = decided(known, _marks(before["marks"]), command["otherwise"])
    own = next((one.person for one in people if one.person == actor.person), None)
    changes = {"status": DECIDED, "decided_by": who(actor), "decided_at": now(), "awaiting": own}
    return _saved(session, before, people, changes, "grading.decided")


def confirm_grade(session: Session, actor: Actor, command: GradeConfirmation) -> Row:
    """Confirm the grade of whoever decided, by another member of the panel; ``otherwise``:
    {"grade", "reason"}, or None as proposed."""
    need(may_decide_grades(actor))
    run = run_to_change(session, actor, command["run"])
    before = store.known_grading(session, run.bureau, run.run, lock=True)
    check_revision("grading", command["revision"], before["revision"])
    check_confirms(before, _names(actor))
    otherwise = {before["awaiting"]: command["otherwise"]} if command["otherwise"] else {}
    known = _with_last_year(session, run, store.grades_of(session, run.bureau, run.run))
    people = decided(known, _marks(before["marks"]), otherwise)
    changes = {"awaiting": None, "confirmed_by": who(actor), "confirmed_at": now()}
    return _saved(session, before, people, changes, "grading.confirmed")


def settle_grade(session: Session, actor: Actor, command: GradeSettlement) -> Row:
    """Give the grade that an investigation left open: with what is left of the circumstances once the case is over, and its basis.

    ``command``: {"run", "person", "circumstances": name -> what it rests on, "grade", "reason", "revision"}. By a member of the panel,
    within the circumstances and the quota, on record beside the decision. An investigation may outlast the year: an archived one takes
    this still.
    """
    need(may_decide_grades(actor))
    run = Runs(session, actor.bureau).get(command["run"])
    before = store.known_grading(session, run.bureau, run.run, lock=True)
    check_revision("grading", command["revision"], before["revision"])
    known = {one.person: one for one in _with_last_year(session, run, store.grades_of(session, run.bureau, run.run))}
    if (one := known.get(person := command["person"])) is None:
        raise invalid("grade.unknown", f"没有 {person}", f"there is no {person}", "person")
    left = {**command["circumstances"], **one.told}
    check_settles(before, _names(actor), one, left)
    _check_circumstances(person, left)
    known[person] = replace(one, circumstances=left, limited_by=None)
    otherwise = {person: {"grade": command["grade"], "reason": command["reason"]}}
    people = decided(list(known.values()), _marks(before["marks"]), otherwise)
    return _saved(session, before, people, {}, "grading.settled")


def list_grades(session: Session, actor: Actor, query: GradeQuery) -> Row:
    """List proposals for those who make and decide them; decided grades for the person and the
    head, 优秀 for all once the list is public."""
    run = Runs(session, actor.bureau).get(query["run"])
    head = store.known_grading(session, run.bureau, run.run)
    seen = grade_sight(actor)
    need(seen.everybody or head["status"] == DECIDED)
    public = sight(actor, visible_of(session, run)).shows("person", LIST)
    page = store.page_of_grades(session, head, seen, [EXCELLENT] if public else [], query)
    shown = [one if seen.covers(one["person"], one["unit"]) else _outside(one) for one in page["items"]]
    known = names(session, run.bureau, {one[key] for one in shown for key in ("person", "unit")})
    items = [{**one, "name": known.get(one["person"]), "unit_name": known.get(one["unit"])} for one in shown]
    return {"grading": head, "items": items, "next": page["next"]}


def _outside(one: Row) -> Row:
    """What everybody sees of a colleague: that the grade is 优秀, and nothing of how it came."""
    hidden: Row = {"final": None, "rank": None, "proposed": None, "limited_by": None, "reason": "", "circumstances": {}}
    return {**one, **hidden}


def _people(session: Session, run: Run, circumstances: Circumstances) -> list[PersonalGrade]:
    rows = {row["subject"]: row for row in Scores(session, run.bureau, run.cycle, run.run).all("person")}
    for person in circumstances:
        if person not in rows:
            raise invalid("grade.unknown", f"没有 {person}", f"there is no {person}", f"circumstances.{person}")
    last = {one.person: one for one in store.proposed_before(session, run.bureau, run.cycle)}
    given = {person: _anew(named, last.get(person)) for person, named in circumstances.items()}
    known = {**{person: one.entered for person, one in last.items()}, **given}
    frame, away = Runs(session, run.bureau).part(run, FRAME), half_year_absences(session, run)
    chain = frame.read()["cycle"]["tie_chain"] if frame else ()
    people = [_person(rows[code], known.get(code, {}), away.get(code, {}), chain) for code in sorted(rows)]
    return _with_last_year(session, run, people)


def _anew(named: Mapping[str, str], last: PersonalGrade | None) -> dict[str, str]:
    """What is entered: without what was told by itself the last time and is only sent back as it was read."""
    told = last.told if last else {}
    return {name: basis for name, basis in named.items() if told.get(name) != basis}


def _person(row: Row, entered: Mapping[str, str], away: Mapping[str, str], chain: Sequence[str]) -> PersonalGrade:
    """What the office entered stands instead of what attendance tells; a veto is the run's to tell."""
    vetoes = "；".join(f"{one['indicator']} {one['reason']}" for one in row["vetoes"])
    told = {**{name: away[name] for name in away.keys() - entered.keys()}, **({VETO: vetoes} if vetoes else {})}
    known = {**entered, **told}
    _check_circumstances(row["subject"], known)
    own = tuple(Decimal(row["categories"].get(name) or 0) for name in chain)
    standing = row["subject"], row["unit"], row["final"], row["rank"]
    return PersonalGrade(*standing, "", None, "", "", known, chain=own, by_itself=sorted(told))


def _check_circumstances(person: str, known: Mapping[str, str]) -> None:
    """Raise ``Refused`` where a circumstance is unknown or rests on nothing."""
    for name, basis in known.items():
        if name not in EFFECTS or not basis.strip():
            raise invalid(
                "grade.circumstance",
                "情形有误或缺少依据",
                "wrong, or without basis",
                f"circumstances.{person}.{name}",
            )


def _with_last_year(session: Session, run: Run, people: list[PersonalGrade]) -> list[PersonalGrade]:
    last, before = store.lasting_before(session, run.bureau, run.cycle)
    none: tuple[str, ...] = ()
    return [
        replace(one, last_year=last.get(one.person, none), year_before=before.get(one.person, none)) for one in people
    ]


def _saved(session: Session, before: Row, people: list[PersonalGrade], changes: Row, action: str) -> Row:
    quota = _quota(people, _marks(before["marks"]))
    row = {**before, **changes, "revision": before["revision"] + 1, "quota": quota}
    store.save_grading(session, row)
    store.replace_grades(session, {name: row[name] for name in ("bureau", "run", "cycle")}, people)
    _audit(
        session, action, row, {one.person: {"grade": one.grade, "reason": one.reason} for one in people if one.reason}
    )
    return row


def _names(actor: Actor) -> set[str]:
    return {actor.account, who(actor)}


def _marks(raw: Mapping[str, Any]) -> Marks:
    try:
        return Marks(Decimal(raw["competent"]), Decimal(raw["basic"]), raw["excellent_percent"], raw["quota_base"])
    except ValueError as error:
        zh, en = "分数线应递增且不超过 100，优秀比例不超过 25%", str(error)
        raise invalid("grade.marks", zh, en, "marks") from error


def _marks_row(marks: Marks) -> Row:
    return {
        "competent": f"{marks.competent:f}",
        "basic": f"{marks.basic:f}",
        "excellent_percent": marks.excellent_percent,
        "quota_base": marks.quota_base,
    }


def _quota(people: list[PersonalGrade], marks: Marks) -> Row:
    given = sum(one.grade == EXCELLENT for one in people)
    return {**quota((one.candidate for one in people), marks), "given": given}


def _audit(session: Session, action: str, row: Row, after: Row) -> None:
    told = {**{name: row[name] for name in ("revision", "status", "marks", "quota")}, "persons": after}
    audit(session, action=action, subject=f"{row['bureau']}/{row['run']}", before={}, after=told)
