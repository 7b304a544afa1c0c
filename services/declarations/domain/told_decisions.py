"""Who is told what of a decision: each change of an aggregate that decides about somebody, in the words of its notice."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.declarations.domain.appealable import is_decision
from services.declarations.domain.appeals import Appeal
from services.declarations.domain.campaigns import Evaluation
from services.declarations.domain.contributions import SETTLEMENTS, Contribution
from services.declarations.domain.declarations import Declaration
from services.declarations.domain.inquiries import Inquiry
from services.declarations.domain.orders import VOLUNTEERED, TaskOrder
from services.declarations.domain.steps import step_and_reason
from services.declarations.domain.temporary import TemporaryWork
from services.declarations.domain.vetoes import Veto
from services.declarations.domain.words import PERSON

Change = tuple[Any, Any]  # state now, state before or None
_AMENDED = ("amended", "数量已更正")
_SETTLEMENT_BACK = ("taken_back", "贡献的核定已撤回，将重新核定")
# What was decided: step → (kind of the notice, words).
_STEPS: dict[type, Mapping[str, tuple[str, str]]] = {
    Declaration: {
        "return": ("returned", "申报被退回，请补正后重报"),
        "reopen": ("returned", "机器取数已更正，请申报"),
        "assess": ("assessed", "申报已核评"),
        "overrule": ("amended", "申报的退回已撤销，转入核评"),
        "amend": _AMENDED,
    },
    TaskOrder: {
        "issue": ("ordered", "任务单已下达"),
        "insist": ("order_changed", "任务单维持下达"),
        "send_back": ("returned", "任务单被退回整改"),
        "postpone": ("order_changed", "任务单期限已变更"),
        "withdraw": ("order_changed", "任务单已撤回"),
        "judge": ("judged", "任务单已评定"),
        "amend": _AMENDED,
    },
    Contribution: {
        "return": ("returned", "贡献申报被退回，请补正后重报"),
        "settle": ("settled", "贡献已核定"),
        "reject": ("rejected", "贡献不予认定"),
        "call_off": _SETTLEMENT_BACK,
        "amend": _AMENDED,
    },
    TemporaryWork: {
        "return": ("returned", "临时工作被退回，请补正后重报"),
        "assess": ("judged", "临时工作已评定"),
        "reject": ("rejected", "临时工作不予认定"),
    },
    Appeal: {"uphold": ("appeal_decided", "申诉未获支持"), "change": ("appeal_decided", "申诉已获支持")},
}
# What was taken back, by the status that it had made: only of what had been told.
_TAKEN_BACK: dict[type, Mapping[str, tuple[str, str]]] = {
    Declaration: dict.fromkeys(("verified", "assessed"), ("taken_back", "申报的核实或核评已撤回，将重新办理")),
    TaskOrder: {"judged": ("taken_back", "任务单的评定已撤回，将重新评定")},
    Contribution: dict.fromkeys(SETTLEMENTS, _SETTLEMENT_BACK),
    TemporaryWork: dict.fromkeys(("assessed", "rejected"), ("taken_back", "临时工作的评定已撤回，将重新评定")),
}
# Of those that tell no step: their new status.
_STATES: dict[type, Mapping[str, tuple[str, str]]] = {
    Veto: {"confirmed": ("vetoed", "否决事项已认定"), "lifted": ("veto_lifted", "否决事项已撤销")},
    Inquiry: {"asked": ("asked", "任务单被询问，请按期答复"), "closed": ("inquiry_closed", "任务单的询问已办结")},
    Evaluation: {"closed": ("evaluated", "主观评估已结束")},
}
# What subjects do that whoever issued an order is told.
_TO_ISSUERS: Mapping[str, tuple[str, str]] = {
    "refuse": ("refused", "任务单不被接受，请维持或撤回"),
    "take_back": ("order_changed", "承办方已撤回对任务单的不接受或报完成，仍按原期限办理"),
}
# Where each is shown in the console, and the member that names it.
_PLACES: dict[type, tuple[str, str]] = {
    Declaration: ("declare", "declaration"),
    TaskOrder: ("orders", "order"),
    Contribution: ("contributions", "contribution"),
    TemporaryWork: ("orders", "work"),
    Appeal: ("appeals", "appeal"),
    Veto: ("vetoes", "veto"),
    Inquiry: ("orders", "order"),
    Evaluation: ("me", "indicator"),
}
_KEYS: dict[type, str] = {Inquiry: "inquiry", Evaluation: "campaign"}  # of those that are shown with something else


@dataclass(frozen=True)
class Told:
    """One decision for one address."""

    address: str
    kind: str
    words: str
    reason: str
    state: Any
    appealable: bool = False

    @property
    def item(self) -> str:
        return str(getattr(self.state, _PLACES[type(self.state)][1]))

    @property
    def link(self) -> str:
        place, member = _PLACES[type(self.state)]
        return f"/{place}?{member}={self.item}"

    @property
    def about(self) -> str:
        """Return what makes it said once: this state of this thing."""
        key = _KEYS.get(type(self.state), _PLACES[type(self.state)][1])
        return f"{getattr(self.state, key)}@{self.state.revision}"


def decisions(changes: Iterable[Change], by: str) -> Iterator[Told]:
    """Yield what is told of ``changes`` that ``by`` made; nobody is told what they did themselves."""
    for new, old in changes:
        for one in _told(new, old):
            if one.address != f"person:{by}":
                yield one


def _told(new: Any, old: Any) -> Iterator[Told]:
    found, reason = _decided(new, old)
    if found is not None:
        yield Told(_address(new), *found, reason, new, _appealable(new, old, found[0]))
    if isinstance(new, TaskOrder) and old is not None:
        step, words = step_and_reason(new, old)
        found = _TO_ISSUERS.get(step or "")
        if found is not None and old.status != "judged":
            yield Told(f"person:{new.issued_by}", *found, words, new)
    if (
        isinstance(new, Contribution)
        and new.part_of is None
        and (old is None or old.status in ("returned", "withdrawn"))
    ):
        for share in new.shares:
            if share["agreed"] is None:
                yield Told(_of(share), "share_asked", "请确认贡献的分享比例", "", new)


def _decided(new: Any, old: Any) -> tuple[tuple[str, str] | None, str]:
    if type(new) in _STATES:
        changed = old is None or old.status != new.status
        return (_STATES[type(new)].get(new.status) if changed else None), getattr(new, "decision", "")
    if isinstance(new, TaskOrder) and new.origin == VOLUNTEERED and (old is None or new.status == "withdrawn"):
        return None, ""  # its temporary work is what is told of
    step, reason = step_and_reason(new, old)
    if step == "take_back" and old is not None:
        return _TAKEN_BACK.get(type(new), {}).get(old.status), reason
    if isinstance(new, Contribution) and old is None and new.status == "settled":
        step = "settle"  # a partner's part
    return _STEPS.get(type(new), {}).get(step or ""), reason


def _appealable(new: Any, old: Any, kind: str) -> bool:
    """Whether it can be appealed against: of temporary work its order, which is judged with it; what an appeal changed no more."""
    if isinstance(new, TemporaryWork):
        return new.status == "assessed"
    return kind != _AMENDED[0] and is_decision(new, old)


def _address(state: Any) -> str:
    if isinstance(state, Appeal):
        return f"person:{state.filed_by}"
    return _of({"layer": state.layer, "subject": state.subject})


def _of(whose: Mapping[str, Any]) -> str:
    return f"{'person' if whose['layer'] == PERSON else 'head'}:{whose['subject']}"
