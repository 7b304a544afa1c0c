"""Decide on appeals: the decision stands, or it is changed and what follows from that is done in the same transaction."""

from collections.abc import Callable
from dataclasses import dataclass, field

from services.declarations.domain.appeals import FINDING, SCORE, VERIFICATION, VETO, Appeal, Correction
from services.declarations.domain.checking_permissions import check_decides_appeal
from services.declarations.domain.cycles import Cycle
from services.declarations.domain.declarations import Declaration
from services.declarations.domain.inspections import Inspection, counts_found
from services.declarations.domain.items import Item, check_decided, pair_of
from services.declarations.domain.organisation import who
from services.declarations.domain.prefill import same_counts
from services.declarations.domain.spot_checks import CONFIRMED, FALSE
from services.declarations.domain.vetoes import Veto
from services.declarations.domain.words import Counts
from services.declarations.storage import checks
from services.declarations.storage.aggregates import vetoes
from services.declarations.storage.appeals import appeals
from services.declarations.storage.organisation import Organisation, unit_of_person
from services.declarations.storage.timetables import deadlines_of
from services.declarations.usecases.appeals.filing import answer, appealable_cycle
from services.declarations.usecases.appeals.objects import Objects
from services.declarations.usecases.checks.correcting import Corrected, Correcting
from services.declarations.usecases.checks.figures import figures_now
from services.declarations.usecases.checks.findings import tell_findings
from services.declarations.usecases.checks.involved import involved_in
from services.declarations.usecases.events import record_changes
from shared.actor import Actor
from shared.batches import Batch, pick
from shared.clock import today
from shared.contracts.declarations.commands.appeals import CorrectedItem, DecidedAppeal, DecidedAppeals
from shared.database import Row, Session
from shared.recording import audit
from shared.vocabulary.refusals import check_revision, forbidden, invalid


@dataclass
class _Consequences:
    """What a decision changes beside the appeal."""

    corrected: list[Corrected] = field(default_factory=list)
    overruled: list[tuple[Declaration, Declaration]] = field(default_factory=list)  # (now, before)
    inspections: list[tuple[Inspection, Inspection]] = field(default_factory=list)
    vetoes: list[tuple[Veto, Veto]] = field(default_factory=list)

    def add(self, more: "_Consequences") -> None:
        for name, own in vars(self).items():
            own.extend(getattr(more, name))


def decide_appeals(session: Session, actor: Actor, command: DecidedAppeals) -> Row:
    cycle = appealable_cycle(session, actor, command["cycle"])
    batch = Batch(command["appeals"], command["mode"], lambda entry: entry["appeal"])
    entries = batch.entries
    store = appeals(session, actor.bureau, cycle.cycle)
    stored = store.by_ids(entry["appeal"] for entry in entries)
    objects = Objects(session, actor.bureau, cycle.cycle, [(one.kind, one.object) for one in stored.values()])
    named = [(one["kind"], one["item"]) for entry in entries for one in entry.get("items") or ()]
    work = Correcting(session, actor, cycle, [*objects.items, *named])
    desk = _Desk(session, actor, cycle, stored, objects, work)
    changes = batch.do(desk.decided)
    store.change([new for new, _ in changes])
    desk.write()
    record_changes(session, actor, changes)
    return {**answer([new for new, _ in changes]), **batch.left_out(item="appeal")}


class _Desk:
    def __init__(
        self,
        session: Session,
        actor: Actor,
        cycle: Cycle,
        stored: dict[str, Appeal],
        objects: Objects,
        work: Correcting,
    ) -> None:
        self._session, self._actor, self._cycle, self._stored = session, actor, cycle, stored
        self._deadlines = deadlines_of(session, actor.bureau, cycle)
        self._objects, self._work = objects, work
        self._involved = involved_in(session, actor.bureau, work.items.values())
        units = {one.unit for one in stored.values()}
        self._organisation = Organisation(session, actor.bureau, units=units)
        self._home = unit_of_person(session, actor.bureau, actor.person)
        self._done, self._own = _Consequences(), _Consequences()

    def decided(self, entry: DecidedAppeal) -> tuple[Appeal, Appeal]:
        """Decide on one appeal. What is refused half-way changes nothing."""
        self._own = _Consequences()
        change = self._decided(entry)
        self._done.add(self._own)
        return change

    def _decided(self, entry: DecidedAppeal) -> tuple[Appeal, Appeal]:
        old = pick(self._stored, "appeal", entry["appeal"])
        check_decides_appeal(self._actor, old, self._organisation.unit(old.unit), self._home)
        check_revision("appeal", entry.get("revision"), old.revision)
        me, decision = who(self._actor), entry["decision"]
        if entry["outcome"] == "upheld":
            return old.upheld(decision, me, today()), old
        new = old.changed(decision, [], me, today())
        follow: Callable[[Appeal, DecidedAppeal], list[Corrected]] = {
            VERIFICATION: self._let_through,
            FINDING: self._overrule,
            VETO: self._lift,
            SCORE: self._correct_items,
        }.get(old.kind, self._correct)
        corrected = follow(new, entry)
        self._own.corrected += corrected
        return old.changed(decision, [_shown(one) for one in corrected], me, today()), old

    def write(self) -> None:
        done, cycle = self._done, self._cycle.cycle
        self._work.write(done.corrected)
        checks.write_items(self._session, self._actor.bureau, cycle, [new for new, _ in done.overruled])
        vetoes(self._session, self._actor.bureau, cycle).change([new for new, _ in done.vetoes])
        record_changes(self._session, self._actor, [*done.overruled, *done.vetoes])
        self._write_inspections(cycle)

    def _let_through(self, appeal: Appeal, _entry: DecidedAppeal) -> list[Corrected]:
        """What was returned goes on to the assessor."""
        old = self._work.item("declaration", appeal.object)
        assert isinstance(old, Declaration)
        desk = self._deadlines.desk(self._cycle.periods[old.period], "verified", today())
        self._own.overruled.append((old.overruled(who(self._actor)).at(desk), old))
        return []

    def _correct(self, appeal: Appeal, entry: DecidedAppeal) -> list[Corrected]:
        item = next(one for pair, one in self._objects.items.items() if pair[1] == appeal.object)
        return [self._corrected(appeal, item, _needed(entry))]

    def _correct_items(self, appeal: Appeal, entry: DecidedAppeal) -> list[Corrected]:
        """A published score changes through what it was made of."""
        items = entry.get("items")
        if not items:
            raise invalid("items.required", "请指明更正的事项", "name the items that are corrected", "items")
        return [self._corrected(appeal, self._named(appeal, one), one["counts"]) for one in items]

    def _named(self, appeal: Appeal, one: CorrectedItem) -> Item:
        item = self._work.item(one["kind"], one["item"])
        if item.subject != appeal.subject:
            raise invalid("items.subject", f"{one['item']} 不是申诉人的事项", "it is another subject's", "items")
        if who(self._actor) in self._involved[pair_of(item)]:
            raise forbidden("appeal.involved", "参与过原决定的人员不得处理", "nobody decides on what they took part in")
        return item

    def _overrule(self, appeal: Appeal, entry: DecidedAppeal) -> list[Corrected]:
        """Another verdict than the inspector's; what was proposed as false and is not falls."""
        found, verdict = self._objects.inspections[appeal.object], entry.get("verdict")
        if verdict is None or (verdict == found.verdict and verdict == CONFIRMED):
            raise invalid("verdict.required", "请填写改变后的结论", "name the verdict that stands", "verdict")
        item = self._work.item(found.kind, found.item)
        before = found.counts_before or {}
        counts = counts_found(verdict, entry.get("counts"), before)
        corrected = [] if same_counts(counts, item.counts) else [self._corrected(appeal, item, counts)]
        after = corrected[0].after if corrected else self._work.measured(item)
        now = found.overruled(verdict).with_result(after)
        self._own.inspections.append((now, found))
        if verdict != FALSE and found.veto:
            self._lift_one(self._objects.vetoes[found.veto], appeal.decision)
        return corrected

    def _lift(self, appeal: Appeal, entry: DecidedAppeal) -> list[Corrected]:
        self._lift_one(self._objects.vetoes[appeal.object], entry["decision"])
        return []

    def _lift_one(self, old: Veto, decision: str) -> None:
        if old.status != "lifted":
            self._own.vetoes.append((old.decided("lift", decision, who(self._actor), today()), old))

    def _corrected(self, appeal: Appeal, item: Item, counts: Counts) -> Corrected:
        if item.status != "rejected":
            check_decided(item)
            if same_counts(counts, item.counts):
                raise invalid("counts.unchanged", "数量没有变化，应为维持", "the counts are the same", "counts")
        return self._work.corrected(item, counts, appeal.decision, "appeal", appeal.appeal)

    def _write_inspections(self, cycle: str) -> None:
        """A closed check gets new figures, and tells what it found anew, where one of its findings changed."""
        changed = [new for new, _ in self._done.inspections]
        checks.inspections(self._session, self._actor.bureau, cycle).change(changed)
        for new, old in self._done.inspections:
            before, after = {"verdict": old.verdict}, {"verdict": new.verdict}
            audit(self._session, action="inspection.overruled", subject=new.inspection, before=before, after=after)
        touched = {one.spot_check for one in changed}
        closed = [one for one in self._objects.spot_checks.values() if one.spot_check in touched and one.figures]
        figured = [(one.refigured(figures_now(self._session, one)), one) for one in closed]
        checks.spot_checks(self._session, self._actor.bureau, cycle).change([new for new, _ in figured])
        record_changes(self._session, self._actor, figured)
        for check, _ in figured:
            tell_findings(self._session, check, who(self._actor))


def _needed(entry: DecidedAppeal) -> Counts:
    counts = entry.get("counts")
    if counts is None:
        raise invalid("counts.required", "改变原决定须填写核定的数量", "name the counts that stand", "counts")
    return counts


def _shown(one: Corrected) -> Correction:
    kind, item = pair_of(one.new)
    return {
        "kind": kind,
        "item": item,
        "before": {name: format(number, "f") for name, number in one.before.counts.items()},
        "after": {name: format(number, "f") for name, number in one.after.counts.items()},
        "points_before": format(one.before.points, "f"),
        "points_after": format(one.after.points, "f"),
    }
