"""Declare a list of items, or keep them as drafts."""

from dataclasses import replace
from decimal import Decimal

from services.declarations.domain.declarations import STATES, Declaration
from services.declarations.domain.indicators import Indicator, check_suits, check_tool
from services.declarations.domain.organisation import Subject, who
from services.declarations.domain.permissions import check_answers_for
from services.declarations.domain.warnings import check_evidence, warnings_of
from services.declarations.domain.weighing import Scale, Weighed, check_proof, check_self_points, weigh
from services.declarations.domain.words import DECLARED_TOOLS, ZERO
from services.declarations.storage.declarations import Declarations
from services.declarations.storage.library import need_cycle
from services.declarations.usecases.events import record_changes
from services.declarations.usecases.evidence.referring import Referring
from services.declarations.usecases.review.facts import Facts, item_of
from shared.actor import Actor
from shared.batches import Batch
from shared.contracts.declarations.commands.declarations import DeclaredItem, NewDeclarations
from shared.database import Row, Session
from shared.ids import new_id
from shared.vocabulary.refusals import check_replaces, invalid

Change = tuple[Declaration, Declaration | None]


def declare_items(session: Session, actor: Actor, command: NewDeclarations, words: str = "") -> Row:
    """Declare items; ``words``: on record, of what did not come by the page.

    Every entry is weighed at once; the answer shows its computed points beside the self score.
    """
    cycle = need_cycle(session, actor.bureau, command["cycle"])
    cycle.check_open()
    entries = [_filled(entry, command, actor) for entry in command["entries"]]
    batch = Batch(entries, command["mode"], item_of)
    facts = Facts(session, actor.bureau, cycle, entries)
    store = Declarations(session, actor.bureau, cycle.cycle)
    stored = store.by_items(item_of(entry) for entry in entries)
    referring = Referring(session, actor, cycle.cycle, (entry["evidence"] for entry in entries))

    def one(entry: DeclaredItem) -> Change:
        old = stored.get(item_of(entry))
        referring.check(entry["evidence"], entry["subject"])
        return _declared(actor, facts, entry, old, "save" if command["draft"] else "declare"), old

    changes = batch.do(one)
    replaced = [(old, "") for _, old in changes if old is not None and old.status == "declared"]
    store.add([new for new, old in changes if old is None])
    store.change([new for new, old in changes if old is not None])
    store.keep_versions("replace", who(actor), replaced)
    referring.note("declaration", ((new.declaration, new.subject, new.evidence) for new, _ in changes))
    record_changes(session, actor, changes, words=words)
    told = [{**outcome(new), "warnings": warnings_of(facts.library[new.indicator], vars(new))} for new, _ in changes]
    return {"declarations": told, **batch.left_out("indicator", "subject", "period")}


def outcome(one: Declaration) -> Row:
    """Return what a batch answers about each declaration."""
    return {
        "declaration": one.declaration,
        "revision": one.revision,
        "indicator": one.indicator,
        "subject": one.subject,
        "period": one.period,
        "status": one.status,
        "counts": one.counts,
        "self_points": one.self_points,
        "points": one.points,
        "not_applicable": one.not_applicable,
        "differs": one.differs,
    }


def _filled(entry: DeclaredItem, command: NewDeclarations, actor: Actor) -> DeclaredItem:
    """The entry with the command's subject and period where it names none; without any subject it is the actor's own."""
    subject = entry.get("subject") or command.get("subject") or actor.person or actor.account
    period = entry.get("period") or command.get("period")
    if period is None:
        raise invalid(
            "period.required", "请为整批或每一项指明周期", "name the period, for all entries or for each", "period"
        )
    return {**entry, "subject": subject, "period": period}


def _declared(actor: Actor, facts: Facts, entry: DeclaredItem, old: Declaration | None, command: str) -> Declaration:
    subject = facts.organisation.subject(entry["subject"])
    check_answers_for(actor, subject)
    indicator = facts.library[entry["indicator"]]
    check_tool(indicator, *DECLARED_TOOLS)
    period = facts.cycle.period(entry["period"], indicator.frequency)
    check_suits(indicator, subject, period)
    move = old.declaring if old and command == "declare" else command
    status = STATES.after(move, old.status if old else None)
    if old:
        check_replaces("declaration", entry.get("revision"), old.revision)
    period.check_begun(facts.on)
    facts.check_not_released(indicator, subject)
    if command == "declare" and (old is None or old.undeclared):
        facts.check_in_time(entry, period)
    scale = facts.scale(indicator, subject, period)
    weighed, self_points = _weighed(scale, entry, command)
    if command == "declare" and facts.refuses_unproved:
        check_evidence(indicator, scale.machine, entry["evidence"], differs=weighed.differs)
    fresh = old or _new(facts, entry, indicator, subject)
    new = replace(
        fresh,
        revision=fresh.revision + 1,
        unit=subject.unit.unit,
        assessor=indicator.assessor_for(subject.unit.unit),
        status=status,
        machine=scale.machine,
        target=scale.target,
        self_points=self_points,
        remark=entry["remark"],
        evidence=entry["evidence"],
        reason="",
        declared_by=who(actor),
        verifier=facts.desks.verifier(indicator, subject.unit.unit),
        machine_now=None,
        **_standing(weighed),
    )
    return new if old and _lies_where(new, old) else new.at(facts.deadlines.desk(period, status, facts.on))


def _lies_where(new: Declaration, old: Declaration) -> bool:
    """Whether it waits for the same verifier still, whose days (missed or handed up) stay as they are."""
    same = (new.unit, new.verifier) == (old.unit, old.verifier)
    return same and old.status == new.status == "declared"


def _weighed(scale: Scale, entry: DeclaredItem, command: str) -> tuple[Weighed, Decimal]:
    """The points of an entry and its self score. A draft may be half filled in: what is missing is asked for on declaring."""
    if command == "save" and scale.incomplete(entry.get("counts")):
        counts = entry.get("counts") or {}
        given = entry.get("self_points")
        return Weighed(counts, not_applicable=False, differs=False, points=ZERO), ZERO if given is None else given
    weighed = weigh(scale, entry.get("counts"), entry["remark"], draft=command == "save", confirmed=entry["confirmed"])
    if weighed.differs and command == "declare":
        check_proof(entry["evidence"])
    return weighed, check_self_points(entry.get("self_points"), weighed.points)


def _standing(weighed: Weighed) -> Row:
    return {
        "counts": weighed.counts,
        "not_applicable": weighed.not_applicable,
        "differs": weighed.differs,
        "points": weighed.points,
    }


def _new(facts: Facts, entry: DeclaredItem, indicator: Indicator, subject: Subject) -> Declaration:
    """An item's first declaration, before anything is put into it."""
    zero = indicator.full_points * 0
    return Declaration(
        bureau=facts.bureau,
        cycle=facts.cycle.cycle,
        declaration=new_id(),
        revision=0,
        indicator=indicator.indicator,
        subject=subject.code,
        layer=subject.layer,
        period=entry["period"],
        unit=subject.unit.unit,
        assessor=indicator.assessor,
        status="draft",
        not_applicable=False,
        differs=False,
        counts={},
        machine=None,
        target=None,
        self_points=zero,
        points=zero,
        remark="",
        evidence=[],
        reason="",
        declared_by="",
        verified_by=None,
        assessed_by=None,
    )
