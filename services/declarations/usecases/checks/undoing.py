"""A finding is taken back by whoever found, before the check is closed: what it had corrected is as it was, what it had proposed is lifted."""

from dataclasses import dataclass

from services.declarations.domain.inspections import Inspection
from services.declarations.domain.items import KINDS, Item, Pair, pair_of
from services.declarations.domain.organisation import who
from services.declarations.domain.prefill import same_counts
from services.declarations.domain.spot_checks import CONFIRMED
from services.declarations.domain.vetoes import Veto
from services.declarations.domain.ways_back import Use, check_unused
from services.declarations.domain.ways_back_permissions import check_takes_back_step
from services.declarations.storage.aggregates import vetoes
from services.declarations.storage.corrections import before_checks
from services.declarations.storage.uses import appealed_of, appealed_since
from services.declarations.usecases.checks.correcting import Corrected, Correcting
from services.declarations.usecases.checks.inspecting import Desk
from services.declarations.usecases.events import record_changes
from shared.actor import Actor
from shared.batches import each_row, pick
from shared.clock import today
from shared.contracts.declarations.commands.inspections import FindingsTakenBack, FindingTakenBack
from shared.database import Row, Session
from shared.vocabulary.refusals import conflict


@dataclass(frozen=True)
class _TakenBack:
    old: Inspection
    new: Inspection
    restored: Corrected | None
    lifted: tuple[Veto, Veto] | None


def take_back_findings(session: Session, actor: Actor, command: FindingsTakenBack) -> Row:
    """Take back one's own findings."""
    taking = _Taking(session, actor, command)
    done = each_row(command["inspections"], taking.taken_back)
    taking.work.write([one.restored for one in done if one.restored])
    lifted = [one.lifted for one in done if one.lifted]
    vetoes(session, actor.bureau, command["cycle"]).change([new for new, _ in lifted])
    record_changes(session, actor, lifted)
    reasons = {entry["inspection"]: entry["reason"] for entry in command["inspections"]}
    return taking.desk.written([(one.old, one.new) for one in done], "inspection.taken_back", reasons)


class _Taking:
    """The findings of one command, locked as when they are recorded: checks, inspections, items, then what was proposed."""

    def __init__(self, session: Session, actor: Actor, command: FindingsTakenBack) -> None:
        bureau, cycle = actor.bureau, command["cycle"]
        self._actor = actor
        self.desk = Desk(session, actor, cycle, command["inspections"])
        found = self.desk.stored
        self.work = Correcting(session, actor, self.desk.cycle, [(one.kind, one.item) for one in found.values()])
        self._vetoes = vetoes(session, bureau, cycle).by_ids(one.veto for one in found.values() if one.veto)
        self._before = before_checks(session, bureau, cycle, self.work.items)
        self._findings_appealed = appealed_of(
            session, bureau, "inspection", {name: one.revision for name, one in found.items()}
        )
        self._appealed: set[Pair] = set()  # as a check had corrected them
        for kind in KINDS:
            corrected = {item: was.revision for (of, item), was in self._before.items() if of == kind}
            self._appealed |= {(kind, item) for item in appealed_since(session, bureau, kind, corrected)}

    def taken_back(self, entry: FindingTakenBack) -> _TakenBack:
        old = pick(self.desk.stored, "inspection", entry["inspection"])
        check_takes_back_step(self._actor, old.found_by or old.inspector)
        old, _ = self.desk.picked(entry)
        new = old.taken_back()
        built_on = old.verdict != CONFIRMED and (old.kind, old.item) in self._appealed
        check_unused("inspection", Use(appealed=old.inspection in self._findings_appealed or built_on))
        return _TakenBack(old, new, self._restored(old, entry["reason"]), self._lifted(old, entry["reason"]))

    def _restored(self, old: Inspection, reason: str) -> Corrected | None:
        if old.verdict == CONFIRMED:
            return None
        item = self.work.item(old.kind, old.item)
        was = self._before.get(pair_of(item))
        if was is None or was.reference != old.spot_check or not _stands(item, old):
            zh, en = "该事项此后又有变动，不能撤回检查结果", "the item has changed since: the finding stands"
            raise conflict("inspection.built_on", zh, en)
        return self.work.restored(item, was.weighed, f"撤回检查结果：{reason}", old.spot_check)

    def _lifted(self, old: Inspection, reason: str) -> tuple[Veto, Veto] | None:
        if old.veto is None:
            return None
        veto = self._vetoes[old.veto]
        if veto.status != "proposed":
            zh, en = "由此提出的否决已作出决定，不能撤回", "the veto proposed for it was decided on: the finding stands"
            raise conflict("inspection.veto_decided", zh, en)
        return veto.decided("lift", f"撤回检查结果：{reason}", who(self._actor), today()), veto


def _stands(item: Item, found: Inspection) -> bool:
    """Whether what was found true is what counts still."""
    return found.counts_after is not None and same_counts(item.counts, found.counts_after)
