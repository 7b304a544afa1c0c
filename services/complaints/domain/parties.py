"""Who complains and for whom: agents, joint complaints, identity, and what has to be handed in (令121 art. 10 to 12, 16)."""

from collections.abc import Mapping
from dataclasses import replace

from services.complaints.domain.cases import Case, day_of
from services.complaints.domain.clocks import regime_of
from services.complaints.domain.events import Event
from services.complaints.domain.procedure import Parties, Supplement, Told

REPRESENTATIVES = 2  # of a joint complaint
_WRONG = frozenset({"false", "declined"})  # what ground 6 of 令121 rests on
PARTY_MEMBERS = ("has_agent", "mandate", "together", "representatives")


def parties_in(given: Mapping[str, object]) -> Parties:
    """Return who acts for whom, as a registration or ``represent`` says."""
    return Parties(
        agent=bool(given.get("has_agent")),
        mandate=bool(given.get("mandate")),
        together=int(str(given.get("together") or 0)),
        representatives=int(str(given.get("representatives") or 0)),
    )


def represent(case: Case, event: Event) -> Case:
    return replace(case, parties=replace(parties_in(event.given), identity=case.parties.identity))


def check_identity(case: Case, event: Event) -> Case:
    return replace(case, parties=replace(case.parties, identity=event.given["identity"]))


def ask_supplement(case: Case, event: Event) -> Case:
    asked = Supplement(event.happened_at, tuple(event.given["materials"]), event.given["supply_by"])
    return replace(case, supplements=(*case.supplements, asked))


def supplement(case: Case, event: Event) -> Case:
    if not case.supplements:
        return case
    *earlier, last = case.supplements
    supplied = replace(last, supplied=last.supplied | set(event.given["materials"]))
    if not supplied.lacking:
        supplied = replace(supplied, supplied_at=last.supplied_at or event.happened_at)
    mandate = case.parties.mandate or "mandate" in supplied.supplied
    return replace(case, supplements=(*earlier, supplied), parties=replace(case.parties, mandate=mandate))


def unready(case: Case, _: Event) -> Told:
    """Tell what stands against accepting: a mandate or representatives are lacking, or the identity is not theirs."""
    known = case.parties
    if known.agent and not known.mandate:
        return "case.mandate", "代理人尚未提交授权委托书", "the agent has handed in no mandate"
    if known.together > 1 and known.representatives != REPRESENTATIVES:
        return "case.representatives", "共同投诉须推选两名代表人", "a joint complaint needs two representatives"
    if known.identity in _WRONG:
        return "case.identity", "身份核验未通过", "the identity check has failed"
    return None


def unproven_identity(case: Case, event: Event) -> Told:
    """Tell where no check is recorded: a refusal for impersonation rests on one."""
    ground = event.given.get("ground")
    if case.organisation == "association" or ground is None or ground != regime_of(case).impersonation:
        return None
    lacking = "case.identity", "此情形须先记录身份核验结果", "this ground rests on a recorded identity check", "ground"
    return None if case.parties.identity in _WRONG else lacking


def asked_before(case: Case, event: Event) -> Told:
    if case.supplements and case.supplements[-1].lacking:
        return "case.done", "已要求补正，尚未补齐", "asked before, and not all is there yet"
    supply_by = event.given.get("supply_by")
    if supply_by is not None and supply_by <= day_of(event.happened_at):
        return "case.order", "补正期限须在要求之后", "the last day lies not after the notice", "supply_by"
    return None


def not_asked(case: Case, _: Event) -> Told:
    waiting = case.supplements and case.supplements[-1].lacking
    return None if waiting else ("case.no_supplement", "没有待补正的材料", "nothing is asked for")


APPLY = {
    "represent": represent,
    "check_identity": check_identity,
    "ask_supplement": ask_supplement,
    "supplement": supplement,
}
OBSTACLES = {
    "accept": unready,
    "refuse": unproven_identity,
    "ask_supplement": asked_before,
    "supplement": not_asked,
}
