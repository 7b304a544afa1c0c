"""Which step may follow which state, for each procedure. An association's own case has a machine of its own (消保法 37, 56)."""

from collections.abc import Mapping

from services.complaints.domain.cases import ASSOCIATION, COMPLAINT, REPORT
from shared.vocabulary.complaints import CASE_STATES
from shared.vocabulary.states import States

Moves = dict[str, Mapping[str | None, str]]
_GONE = ("merged", "transferred")
_NEW, _OPEN = ("registered",), ("registered", "assigned", "taken_up")
_DISPATCHED = ("assigned", "taken_up")
_HANDLED = (*_DISPATCHED, "accepted")
_FINISHED = ("refused", "concluded", "withdrawn")
_ALIVE = (*_OPEN, "accepted", "entrusted", *_FINISHED, "transferring", "archiving", "archived")


def _stay(*states: str) -> dict[str | None, str]:
    return {one: one for one in states}


def _to(target: str, *states: str) -> dict[str | None, str]:
    return dict.fromkeys(states, target)


_REGISTER: Moves = {"register": {None: "registered"}}
_PUTTING_RIGHT: Moves = {"correct": _stay(*_ALIVE, *_GONE), "annul": _stay(*_ALIVE, *_GONE)}
_NETWORK: Moves = {
    "assign": _to("assigned", *_OPEN),
    "take_up": _to("taken_up", "assigned"),
    "send_back": _to("registered", *_DISPATCHED),
    "contact": _stay(*_DISPATCHED),
    "supervise": _stay(*_OPEN, "concluded"),
    "answer_supervision": _stay(*_ALIVE, *_GONE),
    "find_fault": _stay(
        "refused", "concluded", "archiving", "archived"
    ),  # a fault often comes to light long afterwards
    "allow_late": _stay(*_ALIVE),
}
_TRANSFER: Moves = {
    "transfer": _to("transferring", *_OPEN),
    "confirm_transfer": _to("transferred", "transferring"),
    "return_transfer": _to("registered", "transferring"),
}
_PARTIES: Moves = {one: _stay(*_OPEN) for one in ("represent", "check_identity", "ask_supplement", "supplement")}
_MEETING: Moves = {
    "name_mediator": _stay("accepted"),
    "appoint": _stay("accepted"),
    "attend": _stay("accepted"),
    "ask_recusal": _stay("accepted"),
    "decide_recusal": _stay("accepted"),
}
_FILE: Moves = {
    "archive": _to("archiving", *_FINISHED),
    "pass_archive": _to("archived", "archiving"),
    "reject_archive": _to("concluded", "archiving"),
}
_REWARD: Moves = {
    one: _stay("concluded", "archived") for one in ("propose_reward", "approve_reward", "decline_reward", "pay_reward")
}
_MERGING: Moves = {"merge": _to("merged", *_OPEN), "unmerge": _to("registered", "merged")}

_COMPLAINT: Moves = {
    **_REGISTER,
    **_NETWORK,
    "assign": {**_to("assigned", *_OPEN), **_stay("accepted")},
    "contact": _stay(*_HANDLED, "entrusted"),
    "supervise": _stay(*_OPEN, "accepted", "entrusted", "concluded"),
    **_TRANSFER,
    **_PARTIES,
    "accept": _to("accepted", *_OPEN),
    "refuse": _to("refused", *_OPEN),
    "consent": _stay(*_OPEN, "accepted"),
    "decline": _stay(*_OPEN, "accepted"),
    **_MEETING,
    "send_to_trader": _stay(*_OPEN, "accepted"),
    "trader_answered": _stay(*_OPEN, "accepted"),
    "mediate": _stay("accepted", "entrusted"),
    "entrust": _to("entrusted", "accepted"),
    "report_back": _to("accepted", "entrusted"),
    "recall": _to("accepted", "entrusted"),
    "pause": _stay("accepted"),
    "resume": _stay("accepted"),
    "lead": _stay("accepted", "concluded"),
    "extend_lead": _stay("accepted", "concluded"),
    "check_lead": _stay("accepted", "concluded"),
    "turn_into_case": _stay("accepted", "concluded"),
    "conclude": _to("concluded", "accepted"),
    "withdraw": {**_to("withdrawn", *_OPEN, "transferring"), **_to("concluded", "accepted", "entrusted")},
    "tell": _stay("refused", "concluded"),
    "perform": _stay("concluded"),
    "follow_up": _stay("concluded"),
    "redo": _stay("concluded"),
    **_FILE,
    "publish": _stay("archived"),
    "unpublish": _stay("archived"),
    "withhold": _stay("concluded", "archiving", "archived"),
    "end_withholding": _stay("concluded", "archiving", "archived"),
    "object": _stay("archived"),
    "decide_objection": _stay("archived"),
    "mark_repeat": _stay(*_ALIVE),
    "unmark_repeat": _stay(*_ALIVE),
    **_MERGING,
    **_PUTTING_RIGHT,
}
_REPORT: Moves = {
    **_REGISTER,
    **_NETWORK,
    **_TRANSFER,
    "pause": _stay(*_OPEN),
    "resume": _stay(*_OPEN),
    "extend": _stay(*_OPEN),
    "restart": _stay(*_OPEN),
    "dispute": _stay(*_OPEN),
    "settle_dispute": _stay(*_OPEN),
    "decide_dispute": _stay(*_OPEN),
    "withdraw": _stay(*_OPEN, "transferring", "concluded"),
    "conclude": _to("concluded", *_OPEN),
    "tell": _stay("concluded"),
    "extend_filed": _stay("concluded"),
    "extend_filed_again": _stay("concluded"),
    "end_filed": _stay("concluded"),
    **_REWARD,
    **_FILE,
    **_MERGING,
    **_PUTTING_RIGHT,
}
_ANSWERED: Moves = {
    **_REGISTER,
    **_NETWORK,
    "answer": _to("concluded", *_OPEN),
    "withdraw": _to("withdrawn", *_OPEN),
    **_FILE,
    **_PUTTING_RIGHT,
}
# The association orders nothing, decides no reports and takes no clocks of the bureau's: it mediates in its own name.
_OWN: Moves = {
    **_REGISTER,
    "assign": {**_to("assigned", *_OPEN), **_stay("accepted")},
    "contact": _stay("assigned", "accepted"),
    **_PARTIES,
    "accept": _to("accepted", *_OPEN),
    "refuse": _to("refused", *_OPEN),
    "consent": _stay(*_OPEN, "accepted"),
    "decline": _stay(*_OPEN, "accepted"),
    **_MEETING,
    "mediate": _stay("accepted"),
    "conclude": _to("concluded", "accepted"),
    "withdraw": {**_to("withdrawn", *_OPEN), **_to("concluded", "accepted")},
    "tell": _stay("refused", "concluded"),
    "perform": _stay("concluded"),
    "follow_up": _stay("concluded"),
    "redo": _stay("concluded"),
    **_FILE,
    "allow_late": _stay(*_ALIVE),
    **_PUTTING_RIGHT,
}

_NAMES = CASE_STATES
BUREAU_COMPLAINT = States("case", "投诉", _COMPLAINT, _NAMES)
BUREAU_REPORT = States("case", "举报", _REPORT, _NAMES)
BUREAU_ENQUIRY = States("case", "咨询建议", _ANSWERED, _NAMES)
ASSOCIATION_COMPLAINT = States("case", "消协受理的投诉", _OWN, _NAMES)
MACHINES = {
    "case-complaint": BUREAU_COMPLAINT,
    "case-report": BUREAU_REPORT,
    "case-enquiry": BUREAU_ENQUIRY,
    "case-association": ASSOCIATION_COMPLAINT,
}


def machine(organisation: str, kind: str) -> States:
    """Return the machine of a case of ``organisation`` and ``kind``."""
    if organisation == ASSOCIATION:
        return ASSOCIATION_COMPLAINT
    return {COMPLAINT: BUREAU_COMPLAINT, REPORT: BUREAU_REPORT}.get(kind, BUREAU_ENQUIRY)


def next_status(states: States, step: str, status: str) -> str:
    """Return where ``step`` leads; what a release before allowed and the machine
    does not leads where the step always leads."""
    ways = states.moves.get(step, {})
    if status in ways:
        return ways[status]
    targets = {after for before, after in ways.items() if after != before}
    return targets.pop() if len(targets) == 1 and step in _DECISIVE else status


_DECISIVE = frozenset({"accept", "refuse", "conclude", "answer"})
