"""What if: the real year by other rules, against the year as it is. Tasks of a worker; nothing is stored."""

from typing import Any

from services.scoring.domain.changes import (
    changed_dossiers,
    changed_frame,
    changed_points,
    unknown_subjects,
    unknown_vetoes,
)
from services.scoring.domain.differences import changed_subjects
from services.scoring.domain.frame import Frame
from services.scoring.domain.permissions import oversees
from services.scoring.storage.scores import read_steadily
from services.scoring.usecases.guards import as_one, need
from services.scoring.usecases.naming import named
from services.scoring.usecases.scoring import Scored, rescored, score_bureau
from services.scoring.usecases.trial_inputs import Trial, trial_of
from shared.actor import Actor
from shared.contracts.scoring.commands.designs import ChangeSet, Trying
from shared.database import Session, Sessions
from shared.vocabulary.refusals import invalid

Row = dict[str, Any]


def try_changes(sessions: Sessions, actor: Actor, command: Trying) -> Row:
    """Return the difference that the changes would make; ``command``: {"cycle"
    or "run", "changes", "layer", "limit"}."""
    need(oversees(actor))
    with sessions.begin(actor) as session:
        read_steadily(session)
        found = trial_of(session, actor.bureau, command)
        with as_one("what_if.invalid"):
            _check_vetoes(command["changes"], found)
            changed = Frame.from_json(changed_frame(found.inputs.raw, command["changes"]))
            points = changed_points(changed, command["changes"])
        after = score_bureau(changed, changed_dossiers(found.inputs.dossiers(), command["changes"]))
        after = rescored(changed, after, points) if points else after
        return _difference(session, actor.bureau, command, found.base, after)


def _difference(session: Session, bureau: str, command: Trying, before: Scored, after: Scored) -> Row:
    layer = command["layer"]
    rows = [{row["subject"]: row for row in one.scoring.rows if row["layer"] == layer} for one in (before, after)]
    points = tuple({code: one.items.get(code, {}) for code in {*rows[0], *rows[1]}} for one in (before, after))
    changed = changed_subjects(rows[0], rows[1], (points[0], points[1]))
    changed.sort(key=lambda one: (-_shift(one), one["subject"]))
    codes = {code for code in {*rows[0], *rows[1]} if _listed(rows[0], code) != _listed(rows[1], code)}
    moved = {
        "enter": sorted(code for code in codes if _listed(rows[1], code)),
        "leave": sorted(code for code in codes if _listed(rows[0], code)),
    }
    entries = {
        name: named(session, bureau, {"items": [_place(rows, code) for code in own]})["items"]
        for name, own in moved.items()
    }
    return {
        "layer": layer,
        "bureau_score": {"before": before.scoring.bureau["score"], "after": after.scoring.bureau["score"]},
        "quota": {"before": before.scoring.bureau["quota"][layer], "after": after.scoring.bureau["quota"][layer]},
        **entries,
        "changed": len(changed),
        **named(session, bureau, {"items": changed[: command["limit"]]}),
    }


def _listed(rows: dict[str, Row], code: str) -> bool:
    return bool(rows.get(code, {}).get("commended"))


def _place(rows: list[dict[str, Row]], code: str) -> Row:
    old, new = rows[0].get(code, {}), rows[1].get(code, {})
    own = {"subject": code, "unit": (new or old)["unit"]}
    return {
        **own,
        "rank": {"before": old.get("rank"), "after": new.get("rank")},
        "final": {"before": old.get("final"), "after": new.get("final")},
    }


def _shift(change: Row) -> int:
    """By how many hundredths the final score moved."""
    final = change["changes"].get("final")
    if not final or None in final.values():
        return 0
    return abs(_hundredths(final["after"]) - _hundredths(final["before"]))


def _hundredths(text: str) -> int:
    whole, _, rest = text.partition(".")
    return int(whole) * 100 + int(rest.ljust(2, "0"))


def _check_vetoes(changes: ChangeSet, found: Trial) -> None:
    for code in unknown_subjects(changes, found.frame.by_code):
        raise invalid("subject.unknown", f"{code} 不在考核范围内", f"{code} is not scored", "changes.vetoes.add")
    for code in unknown_vetoes(changes, found.inputs.dossiers()):
        raise invalid("veto.unknown", f"没有 {code} 的否决可撤", f"{code} has no veto to lift", "changes.vetoes.lift")
