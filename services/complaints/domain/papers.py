"""The content of a paper: what it was made from and what it says, which is archived and never altered."""

from collections.abc import Callable, Mapping
from typing import Any

from services.complaints.domain.cases import ASSOCIATION
from services.complaints.domain.paper_rules import CORRECTION, RULES
from services.complaints.domain.paper_texts import deciding, mediating, registering
from services.complaints.domain.paper_texts.sources import Part, Sources, day_text
from shared.vocabulary.case_papers import PAPERS

Content = dict[str, Any]
_LETTERS: Mapping[str, Callable[[Sources], tuple[str, list[Part]]]] = {
    "forwarding": registering.forwarding,
    "identity_request": registering.identity_request,
    "acceptance": deciding.acceptance,
    "refusal": deciding.refusal,
    "termination": deciding.termination,
    "report_result": deciding.report_result,
    "mediation_notice": mediating.mediation_notice,
}
_SHEETS: Mapping[str, Callable[[Sources], list[Part]]] = {
    "complaint_registration": registering.complaint_registration,
    "report_registration": registering.report_registration,
    "mediation_statement": mediating.mediation_statement,
    "mediation_record": mediating.mediation_record,
    CORRECTION: mediating.correction,
}
_SIGNED = {
    "mediation_statement": ("投诉人（签名或者盖章）", "被投诉人（签名或者盖章）", "调解人员（签名）"),
    "mediation_record": ("投诉人（签名）", "被投诉人（签名或者盖章）", "调解人员（签名）"),
}
_UNSEALED = frozenset({"complaint_registration", "report_registration"})  # forms for the file: signed, not sealed


def content_of(kind: str, one: Sources) -> Content:
    """Return the paper as data: ``title``, ``number``, ``to``, ``parts``, ``signatures``, the 落款 and the 送达回证."""
    to, parts = _LETTERS[kind](one) if kind in _LETTERS else ("", _SHEETS[kind](one))
    if kind == CORRECTION:
        to = f"{_addressee(one)}：" if one.party else ""
    own = one.case.organisation == ASSOCIATION and kind != CORRECTION
    return {
        "kind": kind,
        "bureau": one.signer,
        "title": f"消费者投诉{PAPERS[kind]}" if own else PAPERS[kind],
        "number": one.number,
        "case": one.case.number,
        "to": to if to.endswith("：") or not to else f"{to}：",
        "parts": parts,
        "signatures": list(_SIGNED.get(kind, ())),
        "signer": "" if kind in _UNSEALED else one.signer,
        "day": day_text(one.day),
        "made_on": one.day.isoformat(),
        "receipt": _receipt(kind, to.rstrip("：") or one.consumer, one),
    }


def _addressee(one: Sources) -> str:
    return one.consumer if one.party == "consumer" else one.case.trader


def _receipt(kind: str, to: str, one: Sources) -> Content | None:
    if kind != CORRECTION and not RULES[kind].receipt:
        return None
    both = kind == "mediation_statement"
    return {"title": PAPERS[kind], "to": f"{one.consumer}、{one.case.trader}" if both else to}
