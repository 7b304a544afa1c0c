"""Runs: frozen, approved, published; listed, explained, and recomputed by anyone who doubts them."""

from dataclasses import asdict, dataclass
from typing import Any

from services.scoring.domain.differences import first_difference
from services.scoring.domain.dossier import Dossier
from services.scoring.domain.explanation import explain_subject
from services.scoring.domain.frame import Frame
from services.scoring.domain.permissions import (
    detail_sight,
    may_approve,
    may_freeze,
    may_freeze_uncounted,
    may_read_run,
    oversees,
    sight,
)
from services.scoring.domain.run import FROZEN, PUBLISHED, Run
from services.scoring.domain.sheets import score_subject
from services.scoring.storage.facts import SUBJECTS_AT_ONCE, read_dossiers
from services.scoring.storage.gradings import grading_of
from services.scoring.storage.projections import cycle_of, read_frame, version_of
from services.scoring.storage.run_details import detail_of, keep_detail, newest_run, points_of
from services.scoring.storage.run_store import FRAME, Part, Runs, input_hash
from services.scoring.storage.scores import Scores, read_steadily
from services.scoring.storage.visibility import visible_of
from services.scoring.usecases.completeness import Tallies, need_all_arrived
from services.scoring.usecases.frozen_frames import frame_of, no_input
from services.scoring.usecases.guards import need, need_freezable, need_to_see
from services.scoring.usecases.naming import named, of_how_many, told
from services.scoring.usecases.run_states import run_state, run_to_change, saved
from services.scoring.usecases.scoring import Progress, Scored, score_bureau, silently
from services.scoring.usecases.selecting import keep_final_steps, keep_first_steps
from services.scoring.usecases.waiting import need_nothing_waiting
from shared.actor import Actor
from shared.clock import now
from shared.contracts.scoring.commands.runs import Approval, RankingQuery, RunsQuery, ScoresQuery
from shared.contracts.scoring.commands.scores import OneRun, RunSubject
from shared.database import Session
from shared.ids import new_id
from shared.recording import record

Row = dict[str, Any]
EXPLAINED = ("run", "cycle", "input_hash", "frozen_at")


@dataclass(frozen=True)
class Frozen:
    """Scores with the inputs they were made of, read as of one instant and not yet stored."""

    cycle: str
    frame: Frame
    parts: list[Part]
    scored: Scored
    facts_version: str
    arrived: Tallies | None  # what the inputs were checked against


def collect_run(
    session: Session, actor: Actor, cycle: str, *, expected: Tallies | None = None, progress: Progress = silently
) -> Frozen:
    """Collect a run: read and score; a transaction of its own, because only what was read in one instant can be frozen.

    ``expected``: the owners' tallies; the inputs must be exactly what they count (docs/decisions/0311).
    """
    need(may_freeze(actor))
    read_steadily(session)
    need_all_arrived(session, actor.bureau, cycle, expected)
    need_freezable(actor, cycle_of(session, actor.bureau, cycle)["status"])
    raw_frame = read_frame(session, actor.bureau, cycle)
    frame, parts = Frame.from_json(raw_frame), [Part.of(FRAME, raw_frame)]
    if not may_freeze_uncounted(actor):
        need_nothing_waiting(session, actor.bureau, cycle, frame.by_code)

    def noted(raw: Row) -> Row:
        parts.append(Part.of(raw["subject"], raw))
        progress(len(parts) - 1, len(frame.subjects))
        return raw

    dossiers = map(noted, read_dossiers(session, actor.bureau, cycle, list(frame.by_code)))
    version = version_of(session, actor.bureau, cycle)
    return Frozen(cycle, frame, parts, score_bureau(frame, dossiers), version, expected)


def freeze_run(session: Session, actor: Actor, frozen: Frozen) -> Row:
    run = _run_of(actor, frozen)
    previous = newest_run(session, actor.bureau, run.cycle)
    Runs(session, actor.bureau).add(run, frozen.parts)
    kept = {"facts_version": frozen.facts_version, "arrived": frozen.arrived, "previous": previous}
    owner = {"bureau": run.bureau, "cycle": run.cycle, "run": run.run}
    keep_detail(session, {**owner, **kept}, frozen.scored.items)
    Scores(session, actor.bureau, run.cycle, run.run).replace(frozen.scored.scoring.rows)
    keep_first_steps(session, actor, run, frozen.scored.scoring.rows)
    record(session, run_state(run, None, actor.account))
    return asdict(run)


def approve_run(session: Session, actor: Actor, command: Approval) -> Row:
    """Approve the list, by the panel: ``chosen`` tells whom it takes of those tied at the quota's edge, and why."""
    need(may_approve(actor))
    run = run_to_change(session, actor, command["run"], lock=True)
    approved = run.approve(actor.account, now())
    keep_final_steps(session, actor, run, command["chosen"])
    return saved(session, actor, run, approved)


def list_runs(session: Session, actor: Actor, query: RunsQuery) -> Row:
    published_only = not may_read_run(actor, published=False)
    runs = Runs(session, actor.bureau)
    return runs.page(query["cycle"], published_only=published_only, after=query["after"], limit=query["limit"])


def read_run(session: Session, actor: Actor, query: OneRun) -> Row:
    """Return one run with its hashes, the run before it, and whether newer states have come since."""
    run = Runs(session, actor.bureau).get(query["run"])
    need(may_read_run(actor, published=run.status == PUBLISHED))
    return {**asdict(run), **_about(session, run)}


def list_scores(session: Session, actor: Actor, query: ScoresQuery) -> Row:
    """List every subject of a layer by code, with its components, categories and lines."""
    run = Runs(session, actor.bureau).get(query["run"])
    seen = sight(actor, visible_of(session, run))
    scores = Scores(session, actor.bureau, run.cycle, run.run)
    page = scores.by_code(query["layer"], seen, after=query["after"], limit=query["limit"])
    return of_how_many(named(session, actor.bureau, page), run.ranked)


def list_ranking(session: Session, actor: Actor, query: RankingQuery) -> Row:
    """List the ranking of a layer with its quota: who is nominated, who was struck and why, who is tied at the edge."""
    run = Runs(session, actor.bureau).get(query["run"])
    seen = sight(actor, visible_of(session, run))
    scores = Scores(session, actor.bureau, run.cycle, run.run)
    page = scores.by_rank(query["layer"], seen, query.get("unit"), after=query["after"], limit=query["limit"])
    return {
        "quota": run.summary["quota"][query["layer"]],
        **of_how_many(named(session, actor.bureau, page), run.ranked),
    }


def explain_score(session: Session, actor: Actor, query: RunSubject) -> Row:
    """Explain the way from one subject's final score down to its facts, out of
    the inputs that were frozen with the run."""
    run = Runs(session, actor.bureau).get(query["run"])
    row = Scores(session, actor.bureau, run.cycle, run.run).get(query["subject"])
    need_to_see(detail_sight(actor), row["subject"], row["unit"])
    return explained(session, run, frame_of(session, run), row)


def explained(session: Session, run: Run, frame: Frame, row: Row) -> Row:
    raw = stored(Runs(session, run.bureau), run, row["subject"])
    sheet = score_subject(frame, frame.by_code[row["subject"]], Dossier.from_json(raw))
    head = {"ranked": run.ranked(row["layer"]), **{name: getattr(run, name) for name in EXPLAINED}}
    return told(session, run.bureau, {**head, **explain_subject(frame, sheet, row, raw["facts"])})


def recompute_run(session: Session, actor: Actor, query: OneRun, *, progress: Progress = silently) -> Row:
    """Score the stored inputs again and compare everything with what was found;
    ``difference``: the first one, or None."""
    need(oversees(actor))
    runs = Runs(session, actor.bureau)
    run = runs.get(query["run"])
    raw_frame = stored(runs, run, FRAME)
    hashes = {FRAME: Part.of(FRAME, raw_frame).hash}

    def noted(part: Part) -> Row:
        raw: Row = part.read()
        hashes[part.part] = Part.of(part.part, raw).hash
        progress(len(hashes) - 1, run.subjects)
        return raw

    scored = score_bureau(Frame.from_json(raw_frame), map(noted, runs.subject_parts(run, SUBJECTS_AT_ONCE)))
    found = {"input_hash": input_hash(hashes), "result_hash": scored.result_hash()}
    frozen = {"input_hash": run.input_hash, "result_hash": run.result_hash}
    difference = _first_difference(session, run, hashes, scored)
    if difference is None and found != frozen:
        difference = first_difference(frozen, found)
    return {"run": run.run, "frozen": frozen, "recomputed": found, "same": difference is None, "difference": difference}


def _first_difference(session: Session, run: Run, hashes: dict[str, str], scored: Scored) -> Row | None:
    """What was frozen against what is found now: inputs first, since whatever else differs then follows from them."""
    kept = points_of(session, run.bureau, run.cycle, run.run)
    points = scored.items
    stored = {
        "inputs": Runs(session, run.bureau).hashes(run),
        "items": kept or points,
        "rows": {row["subject"]: row for row in Scores(session, run.bureau, run.cycle, run.run).all()},
        "bureau": run.summary,
    }
    rows = {row["subject"]: row for row in scored.scoring.rows}
    found = {"inputs": hashes, "items": points, "rows": rows, "bureau": scored.scoring.bureau}
    for part, before in stored.items():
        difference = first_difference(before, found[part])
        if difference:
            return {**difference, "at": f"{part}/{difference['at']}"}
    return None


def _about(session: Session, run: Run) -> Row:
    """Which run it follows, whether it was checked that all facts had arrived and newer ones have come since, how far its grades are."""
    detail = detail_of(session, run.bureau, run.run)
    newer = bool(detail) and detail["facts_version"] != version_of(session, run.bureau, run.cycle)
    return {
        "previous": detail.get("previous"),
        "facts_checked": detail.get("arrived") is not None,
        "newer_states": newer,
        "grading": (grading_of(session, run.bureau, run.run) or {}).get("status"),
    }


def _run_of(actor: Actor, frozen: Frozen) -> Run:
    return Run(
        bureau=actor.bureau,
        cycle=frozen.cycle,
        run=new_id(),
        revision=1,
        status=FROZEN,
        input_hash=input_hash({part.part: part.hash for part in frozen.parts}),
        result_hash=frozen.scored.result_hash(),
        library_revision=frozen.frame.model.library_revision,
        model_revision=frozen.frame.model.model_revision,
        subjects=len(frozen.scored.scoring.rows),
        summary=frozen.scored.scoring.bureau,
        frozen_by=actor.account,
        frozen_at=now(),
    )


def stored(runs: Runs, run: Run, part: str) -> Row:
    found = runs.part(run, part)
    if found is None:
        raise no_input()
    raw: Row = found.read()
    return raw
