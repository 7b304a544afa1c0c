"""Taking steps, singly or by the list; a list succeeds whole or not at all, and every refused row is named."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from services.complaints.domain import permissions
from services.complaints.domain.applying import is_backdated
from services.complaints.domain.cases import Case, day_of
from services.complaints.domain.events import PUTTING_RIGHT, Event, told_by
from services.complaints.domain.history import add, named_by
from services.complaints.domain.misses import moved_by
from services.complaints.domain.publication import uncorrected
from services.complaints.domain.routes import routes
from services.complaints.domain.supervision import answer_by
from services.complaints.storage.cases import CaseFile, Cases
from services.complaints.storage.people import People
from services.complaints.storage.projections import Copies
from services.complaints.usecases import related
from services.complaints.usecases.desk import Desk
from services.complaints.usecases.guards import guard
from services.complaints.usecases.numbering import numbered
from services.complaints.usecases.people import complainants, place_of, told_of_parties
from services.complaints.usecases.places import check_subject, check_units
from services.complaints.usecases.storing import keep_cases
from services.complaints.usecases.supervising import tell_of_steps
from services.complaints.usecases.vetoes import propose
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.commands.steps import CaseStep, CaseSteps
from shared.database import Row, Session
from shared.errors import Conflict, Entry, Invalid, NotFound
from shared.recording import audit
from shared.vocabulary.refusals import Refused, check_revision, conflict

# What the audit trail tells of a step: what changed in the handling, never who complained.
_TOLD = (
    *("status", "unit", "handler", "refusal_ground", "outcome", "termination_ground", "recovered", "told_at"),
    *("satisfaction", "entrusted_to", "mediator", "merged_into", "reported_as", "published_at", "kind", "trader"),
    *("withheld_at", "objected_at"),
    *("nature", "penalised", "fined"),
)
# What each step says, of the members of its entry.
STEP_MEMBERS: Mapping[str, tuple[str, ...]] = {
    "assign": ("unit", "handler"),
    "entrust": ("unit", "handler"),
    "refuse": ("ground", "knew_on"),
    "consent": ("party", "matter"),
    "conclude": (
        *("outcome", "termination_ground", "recovered", "voucher", "perform_by", "performed_on", "must_tell", "form"),
    ),
    "follow_up": ("answered", "satisfaction"),
    "find_fault": ("subject", "grave"),
    "check_identity": ("identity",),
    "ask_supplement": ("materials", "supply_by"),
    "supplement": ("materials",),
    "decline": ("party",),
    "name_mediator": ("handler",),
    "appoint": ("appointed_for", "mode", "place"),
    "attend": ("party", "attendance", "proof", "appointed_for"),
    "ask_recusal": ("asked_by",),
    "decide_recusal": ("granted", "handler"),
    "pause": ("appraiser", "chosen_by"),
    "dispute": ("other_bureau",),
    "settle_dispute": ("competence",),
    "decide_dispute": ("competence",),
    "transfer": ("other_bureau",),
    "confirm_transfer": ("receipt",),
    "extend_filed_again": ("new_due",),
    "end_filed": ("nature", "penalised", "fined"),
    "withhold": ("withholding", "withheld_until"),
    "decide_objection": ("objection",),
    "propose_reward": ("amount",),
    "approve_reward": ("amount",),
    "pay_reward": ("receipt",),
}
_OF_ANOTHER = {"mark_repeat": related.original, "merge": related.merging, "turn_into_case": related.turning}


def take_steps(session: Session, actor: Actor, command: CaseSteps) -> Row:
    """Take a list of steps in its order; several may concern one case. Returns the cases' status and revision."""
    rows = command["steps"]
    cases, copies = Cases(session, actor.bureau), Copies(session, actor.bureau)
    named = {str(row["case"]) for row in rows}
    parted = cases.merged_into(str(row["case"]) for row in rows if row["step"] == "unmerge")
    known = cases.get(named | parted | {str(row["original"]) for row in rows if row["original"]}, lock=True)
    before = dict(known)
    merged = {str(code) for row in rows if row["step"] == "merge" for code in (row["case"], row["original"]) if code}
    people = complainants(session, actor.bureau, merged)
    place, calendar, now = place_of(session, actor), copies.calendar(), clock.now()
    desk = Desk(actor, place, copies.units(), copies.persons(), calendar, known, now, people)
    _take_each(rows, before, desk)
    _name_people(session, actor.bureau, rows, known)
    changed = [_next(one, before.get(code)) for code, one in known.items() if _grew(one, before.get(code))]
    changed = numbered(session, actor.bureau, changed)
    keep_cases(session, actor.bureau, changed)
    propose(session, actor.bureau, changed, before)
    tell_of_steps(session, actor, changed)
    for one in changed:
        code = one.case.code
        old = _told(before[code].case) if code in before else {}
        audit(session, action="case.stepped", subject=code, before=old, after=_told(one.case))
    revisions = {one.case.code: one.case.revision for one in changed}
    told = [
        {"case": code, "status": one.case.status, "revision": revisions.get(code, one.case.revision)}
        for code, one in known.items()
        if code in named or code in revisions
    ]
    return {"cases": told, "changed": len(changed)}


def _take_each(rows: Sequence[CaseStep], before: Mapping[str, CaseFile], desk: Desk) -> None:
    faults: list[tuple[str, Entry]] = []
    known = desk.known
    for number, row in enumerate(rows):
        code = str(row["case"])
        if code not in known:
            entry = {"row": number, "field": "case", "code": "case.unknown", "zh": "没有该件", "en": "no such case"}
            raise NotFound("case.unknown", zh="没有该件", en="no such case", errors=[entry])
        one = known[code]
        named = named_by(code, one.history, row["event"] or 0) if row["step"] in PUTTING_RIGHT else None
        why_not = permissions.why_not_step(desk.actor, row["step"], one.case, desk.place, named)
        guard(why_not is None, why_not)
        try:
            check_revision("case", row["revision"], before[code].case.revision)
            related.check_parting(named, row["step"])
            _step(one, row, desk)
        except Refused as refused:
            told = refused.refusals[0]
            entry = {"row": number, "field": told.field or "step", "code": told.code, "zh": told.zh, "en": told.en}
            faults.append((told.kind, entry))
    if faults:
        cls = Invalid if all(kind == "invalid" for kind, _ in faults) else Conflict
        zh, en = "有的步骤不能进行", "some steps cannot be taken"
        raise cls("case.step", zh=zh, en=en, errors=[entry for _, entry in faults])


def _grew(one: CaseFile, before: CaseFile | None) -> bool:
    return before is None or one.history != before.history


def _next(one: CaseFile, before: CaseFile | None) -> CaseFile:
    return replace(one, case=replace(one.case, revision=before.case.revision + 1)) if before else one


def _name_people(session: Session, bureau: str, rows: Sequence[CaseStep], known: dict[str, CaseFile]) -> None:
    """Seal the names that ``represent`` brings; they replace what was known before."""
    people, cases = People(bureau), Cases(session, bureau)
    for code, row in {str(row["case"]): row for row in rows if row["step"] == "represent"}.items():
        stored = cases.row(code) or {}
        sealed, told = people.changed(stored.get("contact"), {"agent": row["agent"], "together": row["together"]})
        known[code] = replace(known[code], sealed=sealed, keys=tuple(people.keys(told)) or known[code].keys)


def _step(one: CaseFile, row: CaseStep, desk: Desk) -> None:
    check_units(one.case, row, desk)
    check_subject(row, desk)
    event = _event(one, row, desk)
    if told := uncorrected(one.case, one.history, event):
        raise conflict(*told)
    grown = one.grown(add(one.case.code, one.history, event, desk.calendar))
    said = told_by(event, grown.history)
    if is_backdated(said):
        _check_late(one.case, said, desk)
    _check_misses(event, one.case, grown.case, desk)
    desk.known[one.case.code] = grown
    related.follow(one, event, desk)


def _event(one: CaseFile, row: CaseStep, desk: Desk) -> Event:
    """What puts right is said to happen now; ``happened_at`` is when the wrong event really did."""
    step = row["step"]
    puts_right = step in PUTTING_RIGHT
    return Event(
        number=len(one.history) + 1,
        name=step,
        recorded_at=desk.now,
        happened_at=desk.now if puts_right else row["at"] or desk.now,
        account=desk.actor.account,
        person=desk.actor.person,
        given=_given(one, row, desk),
        why=row["why"],
        on_behalf_of=row["on_behalf_of"],
        names=row["event"] if puts_right else None,
        late_after=desk.settings.late_entry_days,
    )


def _given(one: CaseFile, row: CaseStep, desk: Desk) -> Row:
    step = row["step"]
    if step in _OF_ANOTHER:
        return _OF_ANOTHER[step](one, row, desk)
    if step == "allow_late":
        return {"since": row["since"], "until": desk.now + timedelta(days=desk.settings.late_consent_days)}
    if step == "supervise":
        wanted = row["answer_by"] or answer_by(desk.calendar, desk.now, desk.settings.answer_days)
        return {"answer_by": wanted, "urgent": row["urgent"]}
    if step == "object":
        since = row["at"] or desk.now
        return {"answer_by": answer_by(desk.calendar, since, desk.settings.objection_answer_days)}
    if step == "correct":
        return {"changes": row["changes"], "at": row["happened_at"]}
    if step == "tell":
        return {"routes": routes(one.case)}  # what was told beside the result
    if step == "represent":
        return told_of_parties(row)
    said: Mapping[str, Any] = row
    return {name: said[name] for name in STEP_MEMBERS.get(step, ())}


def _check_late(case: Case, event: Event, desk: Desk) -> None:
    """Long after it happened a step is entered by a head or with a head's consent, never by the handler alone."""
    by_head = permissions.may_consent(desk.actor, case.unit or case.intake_unit)
    if by_head and (desk.actor.person is None or desk.actor.person != case.handler):
        return
    since, until = case.late_since, case.late_until
    if since and until and day_of(event.happened_at) >= since and event.recorded_at <= until:
        return
    raise conflict(
        "case.late_entry", "补录超过规定天数，须先由负责人同意补录", "entered so late it needs a head's consent", "at"
    )


def _check_misses(event: Event, before: Case, after: Case, desk: Desk) -> None:
    for one in moved_by(event, before, after, desk.calendar):
        if not permissions.may_move_miss(desk.actor, before, desk.place, one.unit, one.handler):
            text = f"{one.due} 的期限已由当时持件人逾期，改由他人负责的补录须由投诉举报中心或登记单位负责人办理"
            raise conflict("case.missed", text, "who missed it passes it on to nobody by a late entry", "at")


def _told(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in _TOLD}
