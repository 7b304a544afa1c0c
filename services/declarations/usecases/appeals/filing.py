"""File an appeal, withdraw it; the terms within which it is filed and decided."""

from datetime import date
from functools import partial

from services.declarations.domain.appeals import (
    SCORE,
    STATES,
    Appeal,
    Terms,
    check_appealable,
    check_in_time,
    check_not_again,
    check_published,
    check_since,
    check_takes_appeals,
)
from services.declarations.domain.checking_permissions import check_sets_terms, check_withdraws
from services.declarations.domain.cycles import Cycle
from services.declarations.domain.organisation import who
from services.declarations.domain.permissions import answers_for, check_answers_for
from services.declarations.storage.appeals import appeals, last_appeals, set_terms, terms_of
from services.declarations.storage.calendar import working_day_after
from services.declarations.storage.library import need_cycle
from services.declarations.storage.organisation import Organisation
from services.declarations.usecases.appeals.objects import Against, Objects
from services.declarations.usecases.events import record_changes
from services.declarations.usecases.evidence.referring import Referring
from shared.actor import Actor
from shared.batches import Batch, pick
from shared.clock import today
from shared.contracts.declarations.commands.appeals import (
    NewAppeal,
    NewAppeals,
    NewTerms,
    WithdrawnAppeal,
    WithdrawnAppeals,
)
from shared.contracts.declarations.commands.asking import OneCycle
from shared.database import Row, Session
from shared.ids import new_id
from shared.recording import audit
from shared.vocabulary.refusals import Refused, check_revision, conflict

SHOWN = ("appeal", "revision", "kind", "object", "subject", "status", "filed_on", "due_on", "decision", "corrections")


def file_appeals(session: Session, actor: Actor, command: NewAppeals) -> Row:
    """File appeals; ``subject`` for a score only."""
    cycle = appealable_cycle(session, actor, command["cycle"])
    batch = Batch(command["appeals"], command["mode"], _against)
    entries = batch.entries
    desk = _Desk(session, actor, cycle, entries)
    referring = Referring(session, actor, cycle.cycle, (entry["evidence"] for entry in entries))

    def file(entry: NewAppeal) -> Appeal:
        one = desk.filed(entry)
        referring.check(one.evidence, one.subject)
        return one

    filed = batch.do(file)
    appeals(session, actor.bureau, cycle.cycle).add(filed)
    referring.note("appeal", ((one.appeal, one.subject, one.evidence) for one in filed))
    record_changes(session, actor, [(one, None) for one in filed])
    return {**answer(filed), **batch.left_out(item="object")}


def _against(entry: NewAppeal) -> tuple[str, str, str | None]:
    return entry["kind"], entry["object"], entry.get("subject")


def withdraw_appeals(session: Session, actor: Actor, command: WithdrawnAppeals) -> Row:
    cycle = appealable_cycle(session, actor, command["cycle"])
    store = appeals(session, actor.bureau, cycle.cycle)
    batch = Batch(command["appeals"], command["mode"], lambda entry: entry["appeal"])
    stored = store.by_ids(entry["appeal"] for entry in batch.entries)
    organisation = Organisation(session, actor.bureau, subjects={one.subject for one in stored.values()})

    def withdrawn(entry: WithdrawnAppeal) -> tuple[Appeal, Appeal]:
        old = pick(stored, "appeal", entry["appeal"])
        check_withdraws(actor, old, own=answers_for(actor, organisation.subject(old.subject)))
        check_revision("appeal", entry.get("revision"), old.revision)
        return old.withdrawn(entry["reason"], today()), old

    changes = batch.do(withdrawn)
    store.change([new for new, _ in changes])
    record_changes(session, actor, changes)
    return {**answer([new for new, _ in changes]), **batch.left_out(item="appeal")}


def set_appeal_terms(session: Session, actor: Actor, command: NewTerms) -> Row:
    """Set the terms of appeals; for what is decided, and appeals filed, from that day (today) on."""
    check_sets_terms(actor)
    cycle = appealable_cycle(session, actor, command["cycle"])
    before, revision = terms_of(session, actor.bureau, cycle.cycle)
    check_revision("appeal_terms", command.get("revision"), revision)
    since = command.get("since") or today()
    check_since(since, today())
    terms = Terms(command["file_days"], command["decide_days"])
    if not set_terms(session, actor.bureau, cycle.cycle, before, since, terms, revision + 1):
        raise conflict("appeal_terms.stale", "期限已被他人修改", "they were changed meanwhile")
    after = {**vars(terms), "since": since}
    audit(session, action="appeal.terms", subject=cycle.cycle, before=vars(before.on(since)), after=after)
    return get_appeal_terms(session, actor, command)


def get_appeal_terms(session: Session, actor: Actor, query: OneCycle) -> Row:
    """Return what holds today."""
    cycle = need_cycle(session, actor.bureau, query["cycle"])
    terms, revision = terms_of(session, actor.bureau, cycle.cycle)
    return {"cycle": cycle.cycle, "revision": revision, **vars(terms.on(today()))}


def list_appeal_terms(session: Session, actor: Actor, query: OneCycle) -> Row:
    """Return which hold from which day on; ``since`` null: from the beginning."""
    cycle = need_cycle(session, actor.bureau, query["cycle"])
    dated, _ = terms_of(session, actor.bureau, cycle.cycle)
    known = {None: Terms(), **{since if since > date.min else None: one for since, one in dated.since}}
    return {"cycle": cycle.cycle, "terms": [{"since": since, **vars(one)} for since, one in known.items()]}


def appealable_cycle(session: Session, actor: Actor, code: str) -> Cycle:
    """Return the cycle ``code``; ``Refused`` where it takes no appeals."""
    cycle = need_cycle(session, actor.bureau, code)
    check_takes_appeals(code, cycle.status)
    return cycle


def answer(shown: list[Appeal]) -> Row:
    return {"appeals": [{name: getattr(one, name) for name in SHOWN} for one in shown]}


class _Desk:
    def __init__(self, session: Session, actor: Actor, cycle: Cycle, entries: list[NewAppeal]) -> None:
        bureau = actor.bureau
        self._actor, self._cycle = actor, cycle
        pairs = [(entry["kind"], entry["object"]) for entry in entries]
        self._objects = Objects(session, bureau, cycle.cycle, pairs)
        self._earlier = last_appeals(session, bureau, pairs)
        self._terms, _ = terms_of(session, bureau, cycle.cycle)
        self._calendar = cycle.calendar
        subjects = {self._subject(entry) for entry in entries} - {None}
        self._organisation = Organisation(session, bureau, subjects=[one for one in subjects if one])

    def filed(self, entry: NewAppeal) -> Appeal:
        kind, against = entry["kind"], self._objects.against(entry["kind"], entry["object"])
        subject = self._organisation.subject(self._subject(entry) or who(self._actor))
        check_answers_for(self._actor, subject)
        check_appealable(kind, against.status)
        check_not_again(self._earlier.get((kind, entry["object"], subject.code)), against.decided)
        self._check_in_time(against)
        return Appeal(
            bureau=self._actor.bureau,
            cycle=self._cycle.cycle,
            appeal=new_id(),
            revision=1,
            kind=kind,
            object=entry["object"],
            object_revision=against.revision,
            subject=subject.code,
            layer=subject.layer,
            unit=subject.unit.unit,
            indicator=against.indicator,
            status=STATES.after("file", None),
            text=entry["text"],
            evidence=entry["evidence"],
            involved=sorted(against.involved),
            filed_by=who(self._actor),
            filed_on=today(),
            due_on=working_day_after(self._calendar, today(), self._terms.on(today()).decide_days),
            decision="",
            corrections=[],
            decided_by=None,
            decided_on=None,
        )

    def _check_in_time(self, against: Against) -> None:
        if against.until is not None:
            check_published(against.until, today())
        else:
            add = partial(working_day_after, self._calendar)
            check_in_time(against.decided, self._terms, today(), add)

    def _subject(self, entry: NewAppeal) -> str | None:
        """Whose it is; of a score whoever is named. None for what there is not: ``filed`` refuses it."""
        if entry["kind"] == SCORE:
            return entry.get("subject") or who(self._actor)
        try:
            return self._objects.against(entry["kind"], entry["object"]).subject
        except Refused:
            return None
