"""Which roles in a case take which step, and which steps nobody takes about their own work. Who has a role: permissions.py."""

from collections.abc import Mapping

from services.complaints.domain.cases import ASSOCIATION, Case
from services.complaints.domain.events import DISPATCHING, PUTTING_RIGHT, REGISTER
from shared.vocabulary.complaints import CASE_STEPS

CENTRE, HEAD, INTAKE, HANDLER, MEDIATOR = "centre", "head", "intake_head", "handler", "mediator"
ENTRUSTED, OWN_HEAD, OWN_HANDLER, OWN_MEDIATOR = "entrusted", "own_head", "own_handler", "own_mediator"
_HANDLING = frozenset({CENTRE, HEAD, INTAKE, HANDLER})
_HEADS = frozenset({CENTRE, HEAD, INTAKE})
_OWN = frozenset({OWN_HEAD, OWN_HANDLER})
# Who puts something right in a bureau's case; what each of them does, goes by the step that is wrong.
PUT_RIGHT_BY = _HEADS

_MEDIATING = ("consent", "decline", "appoint", "attend", "ask_recusal", "mediate", "contact", "conclude")

# step -> the roles of a bureau's case that take it
BUREAU_STEPS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(CASE_STEPS, _HANDLING),
    **dict.fromkeys(("assign", "mark_repeat", "unmark_repeat", "merge", "unmerge", "supervise"), _HEADS),
    **dict.fromkeys(("extend", "extend_lead", "extend_filed", "allow_late", "entrust", "recall"), _HEADS),
    **dict.fromkeys(("follow_up", "name_mediator", "decide_recusal", "pass_archive", "reject_archive"), _HEADS),
    **dict.fromkeys(("withhold", "end_withholding", "decide_objection"), _HEADS),
    **dict.fromkeys(("publish", "unpublish", "extend_filed_again", "approve_reward", "decline_reward"), _HEADS),
    # A section passes no case on to another bureau by itself (令121 art. 41), and the superior decides between bureaus.
    **dict.fromkeys(("transfer", "confirm_transfer", "return_transfer", "decide_dispute"), frozenset({CENTRE})),
    **dict.fromkeys(_MEDIATING, _HANDLING | {MEDIATOR}),
    **dict.fromkeys(PUTTING_RIGHT, PUT_RIGHT_BY),
    "find_fault": frozenset({CENTRE, HEAD}),
    "answer_supervision": frozenset({HEAD, HANDLER}),
    "take_up": frozenset({HEAD, HANDLER}),
    "send_back": frozenset({HEAD, HANDLER}),
    "report_back": frozenset({ENTRUSTED}),
    "mediate": _HANDLING | {ENTRUSTED, MEDIATOR},
    "contact": _HANDLING | {ENTRUSTED, MEDIATOR},
}
# step -> the roles of an association's own case
ASSOCIATION_STEPS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(CASE_STEPS, _OWN),
    **dict.fromkeys(_MEDIATING, _OWN | {OWN_MEDIATOR}),
    **dict.fromkeys(("assign", "correct", "annul", "allow_late"), frozenset({OWN_HEAD})),
    **dict.fromkeys(("name_mediator", "decide_recusal", "pass_archive", "reject_archive"), frozenset({OWN_HEAD})),
}
# Never by whoever handles the case, whatever else they are: nobody calls about, prolongs or excuses their own work.
NEVER_WHO_WORKED = frozenset(
    {"follow_up", "pass_archive", "reject_archive", "approve_reward", "decline_reward", "decide_objection"}
)
NEVER_THE_HANDLER = NEVER_WHO_WORKED | {
    "extend",
    "extend_lead",
    "extend_filed",
    "extend_filed_again",
    "restart",
    "allow_late",
    "find_fault",
}
# What a mediator who was replaced has no part in any more.
NEVER_THE_RECUSED = frozenset({"appoint", "attend", "mediate", "conclude"})
FROM_OUTSIDE = frozenset({"follow_up", "supervise", "mark_repeat", "unmark_repeat", "merge", "unmerge"})
# What was decided from above or about the unit's work: put right by who recorded it, or by whom the unit answers to.
FROM_ABOVE = NEVER_WHO_WORKED | {"supervise", "find_fault"}
# Who had the case is put right by who dispatches, never by the unit that had it: a miss hangs on it.
# What another bureau sends back is the centre's alone.
PUT_RIGHT_BY_DISPATCHERS = frozenset({REGISTER, *DISPATCHING}) - {"return_transfer"}


def allowed_roles(organisation: str, step: str) -> frozenset[str]:
    return (ASSOCIATION_STEPS if organisation == ASSOCIATION else BUREAU_STEPS)[step]


def roles_to_put_right(case: Case, named: str, *, own: bool) -> frozenset[str]:
    """Return the roles that correct or annul the step ``named``. ``own``: who asks recorded it.

    Who could not take a step puts none right, but for a dispatch, and for the centre where else nobody could.
    """
    if case.organisation == ASSOCIATION:
        return frozenset({OWN_HEAD})
    if named in PUT_RIGHT_BY_DISPATCHERS:
        return PUT_RIGHT_BY - {HEAD}
    allowed = allowed_roles(case.organisation, named) & PUT_RIGHT_BY
    if named in FROM_ABOVE:
        return allowed if own else allowed - {HEAD}
    nobody = {INTAKE} if case.unit else {INTAKE, HEAD}  # no unit has it: no head either
    return allowed - nobody or frozenset({CENTRE})
