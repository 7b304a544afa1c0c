"""Which paper is made of which case, from which state on: an association's case gives no paper of the bureau, nor the reverse."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from services.complaints.domain.cases import (
    AGREEMENT,
    ASSOCIATION,
    BUREAU,
    COMPLAINT,
    REPORT,
    TERMINATED,
    Case,
)
from shared.vocabulary.case_papers import PAPERS

CORRECTION = "correction"
Obstacle = Callable[[Case], str | None]  # why not yet, in Chinese


@dataclass(frozen=True)
class PaperRule:
    """``to_party``: it is addressed to one of the parties, who has to be named. ``needs_text``: what only a person can say."""

    organisation: str
    kind: str | None  # of case
    obstacle: Obstacle
    to_party: bool = False
    needs_text: str = ""
    receipt: bool = False  # a 送达回证 goes with it


def _any(_: Case) -> str | None:
    return None


def _dispatched(case: Case) -> str | None:
    return None if case.unit or case.competence.transfer else "尚未分派或移送"


def _identity_asked(case: Case) -> str | None:
    asked = any({"identity", "mandate", "representatives"} & set(one.materials) for one in case.supplements)
    return None if asked else "尚未要求限期补正身份证明、授权或代表人材料"


def _accepted(case: Case) -> str | None:
    return None if case.accepted else "尚未受理"


def _refused(case: Case) -> str | None:
    return None if case.refusal_ground is not None else "没有不予受理的决定"


def _appointed(case: Case) -> str | None:
    return None if case.appointments else "尚未约定调解"


def _terminated(case: Case) -> str | None:
    return None if case.outcome == TERMINATED else "没有终止调解"


def _agreed(case: Case) -> str | None:
    if case.outcome != AGREEMENT:
        return "没有达成调解协议"
    return None if case.form != "record" else "办结时选的是调解笔录，不制作调解书"


def _verified(case: Case) -> str | None:
    return None if case.concluded_at else "举报尚未核查完毕"


def _mediated(case: Case) -> str | None:
    return None if "mediate" in case.marks or case.concluded_at else "尚未组织调解"


RULES: Mapping[str, PaperRule] = {
    "complaint_registration": PaperRule(BUREAU, COMPLAINT, _any),
    "report_registration": PaperRule(BUREAU, REPORT, _any),
    "forwarding": PaperRule(BUREAU, None, _dispatched),
    "identity_request": PaperRule(BUREAU, COMPLAINT, _identity_asked, receipt=True),
    "acceptance": PaperRule(BUREAU, COMPLAINT, _accepted, receipt=True),
    "refusal": PaperRule(BUREAU, COMPLAINT, _refused, receipt=True),
    "mediation_notice": PaperRule(BUREAU, COMPLAINT, _appointed, to_party=True, receipt=True),
    "termination": PaperRule(BUREAU, COMPLAINT, _terminated, to_party=True, receipt=True),
    "mediation_statement": PaperRule(BUREAU, COMPLAINT, _agreed, needs_text="协议内容", receipt=True),
    "report_result": PaperRule(BUREAU, REPORT, _verified, receipt=True),
    "mediation_record": PaperRule(ASSOCIATION, COMPLAINT, _mediated, needs_text="调解经过和结果"),
}


def why_not_of(case: Case, kind: str) -> str | None:
    """Return in Chinese why ``case`` gives no paper of ``kind`` as it stands; None where it does."""
    if case.status == "voided":
        return "此件已作废"
    if kind == CORRECTION:
        return None
    rule = RULES[kind]
    if rule.organisation != case.organisation:
        return wrong_organisation(case.organisation)
    if rule.kind is not None and rule.kind != case.kind:
        return f"此件不是{'投诉' if rule.kind == COMPLAINT else '举报'}"
    return rule.obstacle(case)


def wrong_organisation(organisation: str) -> str:
    own = organisation == ASSOCIATION
    return "消费者协会的件不能制作行政机关的文书" if own else "市场监督管理局的件不能制作消费者协会的文书"


def belonging(case: Case) -> list[str]:
    """Return the kinds that cases like this one can give at all, now or later."""
    return [
        kind
        for kind in PAPERS
        if kind == CORRECTION
        or (RULES[kind].organisation == case.organisation and RULES[kind].kind in (None, case.kind))
    ]
