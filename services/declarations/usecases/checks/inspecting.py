"""What inspectors find, and who stands back. A correction goes into the item, a false declaration is proposed as a veto."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.declarations.domain.checking_permissions import (
    check_inspects,
    check_runs_spot_checks,
    check_stands_back,
)
from services.declarations.domain.cycles import Cycle
from services.declarations.domain.indicators import Indicator
from services.declarations.domain.inspections import Inspection, counts_found
from services.declarations.domain.items import Item, check_decided
from services.declarations.domain.organisation import Subject, who
from services.declarations.domain.sampling import protocol
from services.declarations.domain.spot_checks import CONFIRMED, FALSE, STATES, SpotCheck
from services.declarations.domain.vetoes import SPOT_CHECK, Veto
from services.declarations.storage import checks
from services.declarations.storage.aggregates import vetoes
from services.declarations.storage.library import indicators_by_code, need_cycle
from services.declarations.storage.organisation import Organisation, unit_of_person
from services.declarations.usecases.checks.correcting import Corrected, Correcting
from services.declarations.usecases.events import record_changes
from services.declarations.usecases.evidence.referring import Referring
from shared.actor import Actor
from shared.batches import check_no_repetition, each_row, pick
from shared.clock import today
from shared.contracts.declarations.commands.inspections import (
    Finding,
    Findings,
    FindingTakenBack,
    NamedInspector,
    NamedInspectors,
    Recusals,
    StandingBack,
)
from shared.database import Row, Session
from shared.ids import new_id
from shared.recording import audit
from shared.vocabulary.refusals import Refused, check_revision, invalid

Entry = Finding | StandingBack | NamedInspector | FindingTakenBack


@dataclass(frozen=True)
class _Found:
    old: Inspection
    new: Inspection
    corrected: Corrected | None
    veto: Veto | None


def record_findings(session: Session, actor: Actor, command: Findings) -> Row:
    desk = Desk(session, actor, command["cycle"], command["findings"])
    work = Correcting(session, actor, desk.cycle, [(one.kind, one.item) for one in desk.stored.values()])
    referring = Referring(session, actor, desk.cycle.cycle, (entry["evidence"] for entry in command["findings"]))

    def found(entry: Finding) -> _Found:
        one = desk.found(work, entry)
        referring.check(entry["evidence"], one.new.subject)
        return one

    findings = each_row(command["findings"], found)
    referring.note("inspection", ((one.new.inspection, one.new.subject, one.new.evidence) for one in findings))
    work.write([one.corrected for one in findings if one.corrected])
    proposed = [one.veto for one in findings if one.veto]
    vetoes(session, actor.bureau, desk.cycle.cycle).add(proposed)
    referring.note("veto", ((one.veto, one.subject, one.evidence) for one in proposed))
    record_changes(session, actor, [(one, None) for one in proposed])
    return desk.written([(one.old, one.new) for one in findings], "inspection.found")


def recuse_inspectors(session: Session, actor: Actor, command: Recusals) -> Row:
    """Recuse inspectors; the same draw names the next."""
    desk = Desk(session, actor, command["cycle"], command["inspections"])

    def replaced(entry: StandingBack) -> tuple[Inspection, Inspection]:
        old, check = desk.picked(entry)
        check_stands_back(actor, old)
        left = old.stood_back(entry["reason"], today())
        if check.value is None:  # a leader's own check has no pool
            return old, left
        frozen = protocol.read(checks.list_of(session, check.spot_check))
        stood_back = [one["person"] for one in left.recused]
        another = protocol.redraw(frozen, (old.kind, old.item), stood_back, check.value)
        return old, left.redrawn(another) if another else left

    return desk.written(each_row(command["inspections"], replaced), "inspection.recused")


def name_inspectors(session: Session, actor: Actor, command: NamedInspectors) -> Row:
    """Name inspectors where nobody of the pool is left."""
    desk = Desk(session, actor, command["cycle"], command["inspections"])
    check_runs_spot_checks(actor)
    units = checks.units_of_persons(session, actor.bureau, [entry["person"] for entry in command["inspections"]])

    def named(entry: NamedInspector) -> tuple[Inspection, Inspection]:
        old, _ = desk.picked(entry)
        person = entry["person"]
        if units.get(person) in (None, old.unit) or person in old.barred:
            raise invalid(
                "inspector.unfit",
                f"{person} 不能检查该项：须为其他单位在职人员，且未经办、未回避",
                f"{person} may not inspect it: of another unit, without a part in it, and not one who stood back",
                "person",
            )
        return old, old.named(person)

    return desk.written(each_row(command["inspections"], named), "inspection.named")


class Desk:
    """The inspections of one command with their checks, locked: first the checks, then the inspections, then the items."""

    def __init__(self, session: Session, actor: Actor, cycle: str, entries: Sequence[Entry]) -> None:
        self._session, self._actor = session, actor
        self.cycle: Cycle = need_cycle(session, actor.bureau, cycle)
        self.cycle.check_open()
        check_no_repetition(entries, lambda entry: entry["inspection"])
        ids = [entry["inspection"] for entry in entries]
        self._checks = checks.spot_checks(session, actor.bureau, cycle).by_ids(checks.checks_of(session, ids))
        self.stored = checks.inspections(session, actor.bureau, cycle).by_ids(ids)
        self._organisation = Organisation(
            session,
            actor.bureau,
            subjects={one.subject for one in self.stored.values()} | self._declarers(),
            units={one.unit for one in self.stored.values()},
        )
        self._home = unit_of_person(session, actor.bureau, actor.person)
        named = {one.veto_indicator for one in self._checks.values()}
        self._library = indicators_by_code(session, actor.bureau, cycle, named)

    def picked(self, entry: Entry) -> tuple[Inspection, SpotCheck]:
        old = pick(self.stored, "inspection", entry["inspection"])
        check = self._checks[old.spot_check]
        STATES.after("find", check.status)
        check_revision("inspection", entry.get("revision"), old.revision)
        return old, check

    def found(self, work: Correcting, entry: Finding) -> _Found:
        old = pick(self.stored, "inspection", entry["inspection"])
        check_inspects(self._actor, old, self._organisation.unit(old.unit), self._home)
        old, check = self.picked(entry)
        new = old.found(entry["verdict"], entry["text"], entry["evidence"], who(self._actor), today())
        item = work.item(old.kind, old.item)
        check_decided(item)
        counts = counts_found(entry["verdict"], entry.get("counts"), item.counts)
        before = work.measured(item)
        if new.verdict == CONFIRMED:
            return _Found(old, new.measured(before, before), None, None)
        changed = work.corrected(item, counts, entry["text"], "spot_check", old.spot_check)
        veto = self._veto(check, new, item) if new.verdict == FALSE else None
        new = new.measured(before, changed.after)
        return _Found(old, new.proposing(veto.veto) if veto else new, changed, veto)

    def written(
        self, changes: Sequence[tuple[Inspection, Inspection]], action: str, reasons: Mapping[str, str] | None = None
    ) -> Row:
        store = checks.inspections(self._session, self._actor.bureau, self.cycle.cycle)
        store.change([new for _, new in changes])
        for old, new in changes:
            shown = ("status", "inspector", "verdict", "text")
            before, after = ({name: getattr(one, name) for name in shown} for one in (old, new))
            why = {"reason": reasons[new.inspection]} if reasons else {}
            audit(self._session, action=action, subject=new.inspection, before=before, after={**after, **why})
        names = ("inspection", "revision", "kind", "item", "status", "inspector", "verdict", "veto")
        points = ("points_before", "points_after")
        return {"inspections": [{name: getattr(new, name) for name in (*names, *points)} for _, new in changes]}

    def _veto(self, check: SpotCheck, found: Inspection, item: Item) -> Veto | None:
        """Against whoever declared it; against the subject where no person did, or none who is appraised."""
        indicator = self._library[check.veto_indicator]
        subject = self._answerable(indicator, item)
        if subject is None:
            return None
        return Veto(
            bureau=check.bureau,
            cycle=check.cycle,
            veto=new_id(),
            revision=1,
            indicator=indicator.indicator,
            subject=subject.code,
            layer=subject.layer,
            unit=subject.unit.unit,
            status="proposed",
            reason=found.text,
            decision="",
            proposed_by=who(self._actor),
            decided_by=None,
            source=SPOT_CHECK,
            source_ref=found.inspection,
            evidence=found.evidence,
            fact_on=today(),
            decided_on=None,
        )

    def _answerable(self, indicator: Indicator, item: Item) -> Subject | None:
        declarer = getattr(item, "declared_by", item.subject)
        for code in (declarer, item.subject):
            try:
                subject = self._organisation.subject(code)
            except Refused:
                continue
            if indicator.suits(subject):
                return subject
        return None

    def _declarers(self) -> set[str]:
        return {person for one in self.stored.values() for person in one.excluded}
