"""The panel on contributions: opinions, recusals, settlement. Who is recused neither counts nor decides."""

from collections.abc import Iterable

from services.declarations.domain.contribution_choices import KeptOpinion, Sitting
from services.declarations.domain.contributions import STATES, Contribution
from services.declarations.domain.indicators import Indicator
from services.declarations.domain.organisation import Unit, who
from services.declarations.domain.permissions import check_panel
from services.declarations.domain.sharing import check_agreed, check_same_subjects, check_shares
from services.declarations.storage.aggregates import contributions
from services.declarations.storage.bureau_rules import panel_rules
from services.declarations.storage.library import indicators_by_code, need_cycle
from services.declarations.storage.opinions import keep_opinions, opinions_on
from services.declarations.storage.organisation import Organisation, unit_of_person
from services.declarations.usecases.contributions.steps import answer
from services.declarations.usecases.events import record_changes
from services.declarations.usecases.transitions import Batch
from shared import batches
from shared.actor import Actor
from shared.batches import pick
from shared.contracts.declarations.commands.contributions import (
    NewOpinion,
    NewOpinions,
    SettledContribution,
    Settlement,
)
from shared.database import Row, Session
from shared.ids import new_id
from shared.recording import audit
from shared.vocabulary.refusals import invalid


def give_opinions(session: Session, actor: Actor, command: NewOpinions) -> Row:
    """Give opinions on contributions; each member of the panel once on each.

    Recused, with a reason, a member may declare themselves also after an opinion, which then counts no more.
    """
    check_panel(actor)
    cycle = need_cycle(session, actor.bureau, command["cycle"])
    cycle.check_open()
    given = batches.Batch(command["opinions"], command["mode"], lambda entry: entry["contribution"])
    ids = [entry["contribution"] for entry in given.entries]
    stored = contributions(session, actor.bureau, cycle.cycle).by_ids(ids)
    panel = Panel(session, actor, stored.values())

    def one(entry: NewOpinion) -> KeptOpinion:
        found = pick(stored, "contribution", entry["contribution"])
        sitting = panel.on(found)
        if not entry["recused"]:
            sitting.check_may_speak()
        STATES.after("opine", found.status)
        sitting.check_first_word(recused=entry["recused"])
        return _kept(actor, entry)

    rows = given.do(one)
    keep_opinions(session, rows)
    for row in rows:
        after = {"agree": row["agree"], "recused": row["recused"], "note": row["note"]}
        audit(session, action="contribution.opinion", subject=row["contribution"], before={}, after=after)
    return {
        "opinions": [{name: value for name, value in row.items() if name != "bureau"} for row in rows],
        **given.left_out(item="contribution"),
    }


def settle_contributions(session: Session, actor: Actor, command: Settlement) -> Row:
    """Settle contributions: ``decision`` settle, with the ``counts`` that stand (by default
    those claimed), or reject, with a ``reason``.

    Of an achievement of several every partner's part is a contribution of its own;
    together they are exactly what was settled.
    """
    check_panel(actor)
    batch = Batch(session, actor, command["cycle"], command["contributions"], command["mode"])
    store = contributions(session, actor.bureau, command["cycle"])
    stored = store.by_ids(entry["contribution"] for entry in command["contributions"])
    library = indicators_by_code(session, actor.bureau, command["cycle"], {one.indicator for one in stored.values()})
    panel = Panel(session, actor, stored.values())
    parts: dict[str, list[Contribution]] = {}

    def settle(old: Contribution, entry: SettledContribution, _unit: Unit) -> Contribution:
        sitting = panel.on(old)
        sitting.check_may_decide()
        opinions = sitting.opinions
        if command["decision"] == "reject":
            return old.rejected(command["reason"], opinions, sitting.rules, who(actor))
        counts = entry.get("counts") or old.claimed
        library[old.indicator].check_counts(counts)
        now = old.settled(counts, opinions, sitting.rules, who(actor))
        own, others = _shared_out(library[old.indicator], now, entry)
        parts[own.contribution] = others
        return own

    settled = batch.move(store, "contribution", "contribution", settle)
    others = [part for one in settled for part in parts.get(one.contribution, ())]
    store.add(others)
    record_changes(session, actor, [(one, None) for one in others])
    return {**answer([*settled, *others]), **batch.left_out}


class Panel:
    """The actor as a member of the panel before some contributions: what was said on each, and who has a share in it."""

    def __init__(self, session: Session, actor: Actor, stored: Iterable[Contribution]) -> None:
        self._actor, known = actor, list(stored)
        self._at = unit_of_person(session, actor.bureau, actor.person)
        ids = [one.contribution for one in known]
        self._given = opinions_on(session, actor.bureau, ids)  # read under the contributions' locks
        units = {unit for one in known for _, unit in _concerned(one)}
        self._organisation = Organisation(session, actor.bureau, units=units)
        self._rules = panel_rules(session, actor.bureau)

    def on(self, one: Contribution) -> Sitting:
        concerned = [(subject, self._organisation.unit(unit)) for subject, unit in _concerned(one)]
        return Sitting(self._actor, self._at, concerned, self._given.get(one.contribution, ()), self._rules)


def _concerned(one: Contribution) -> list[tuple[str, str]]:
    """(subject, unit) of everybody who has a share in it."""
    return [(one.subject, one.unit), *((share["subject"], share["unit"]) for share in one.shares)]


def _kept(actor: Actor, entry: NewOpinion) -> KeptOpinion:
    if entry["recused"] == (entry.get("agree") is not None):
        raise invalid("opinion.one", "请表示同意、不同意，或声明回避", "either an opinion, or recused", "agree")
    if entry["recused"] and not entry["note"].strip():
        raise invalid("reason.required", "声明回避须说明关系", "a recusal needs its reason", "note")
    return {
        "bureau": actor.bureau,
        "contribution": entry["contribution"],
        "member": who(actor),
        "agree": bool(entry.get("agree")),
        "recused": entry["recused"],
        "note": entry["note"],
    }


def _shared_out(
    indicator: Indicator, settled: Contribution, entry: SettledContribution
) -> tuple[Contribution, list[Contribution]]:
    """The declarer's own part and the partners'; the whole where it is nobody else's."""
    given = entry.get("shares")
    if not settled.shares:
        if given:
            raise invalid("shares.unwanted", "该贡献没有合作者", "it is nobody else's", "shares")
        return settled, []
    if given:
        check_shares(given, settled.subject)
        check_same_subjects(given, settled.shares)
    else:
        check_agreed(settled.shares)
    decided = {one["subject"]: f"{one['share']:f}" for one in given or ()}
    return settled.with_shares(decided).divided(indicator, new_id)
