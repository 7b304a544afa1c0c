"""Who may do what, in one place: role × scope × state. Each function refuses or stays silent.

The actor's role decides; law 9 comes first: nobody decides on their own, and who verified does not assess.
"""

from collections.abc import Iterable
from datetime import date

from services.declarations.domain.declarations import STATES, Declaration
from services.declarations.domain.delegations import Decider, faces, hands
from services.declarations.domain.desks import HEAD
from services.declarations.domain.organisation import Actor, Subject, Unit
from services.declarations.domain.sharing import Shares
from services.declarations.domain.sharing_permissions import head_shares, shares_in
from services.declarations.domain.words import PANEL, PERSON, SYSTEM
from shared.vocabulary import trail_permissions
from shared.vocabulary.permissions import noting
from shared.vocabulary.refusals import Refused, forbidden


def answers_for(actor: Actor, subject: Subject) -> bool:
    """Tell whether the subject's items are the actor's own: a person's are theirs, a unit's those of its heads."""
    if subject.is_person:
        return actor.person == subject.code
    return actor.person in subject.unit.heads or actor.has("unit_head", unit=subject.code)


def check_answers_for(actor: Actor, subject: Subject) -> None:
    if not answers_for(actor, subject):
        raise forbidden(
            "subject.not_yours",
            f"{subject.code} 的事项应由本人或本单位负责人办理",
            f"only {subject.code} (for a unit: its head) may do this",
        )


def check_verify(actor: Decider, declaration: Declaration, unit: Unit, on: date | None = None) -> None:
    """Check that the actor verifies: the head of the subject's unit; for a head's own item, a unit's, or
    where no other head is, the next head up. What a machine counted: the desk that keeps it. What has
    waited too long: the next head up as well."""
    _check_not_own(actor, declaration, unit)
    if not (verifies(actor, declaration, unit) or (declaration.escalated(on) and leads_over(actor, unit))):
        raise forbidden("declaration.not_verifier", *_VERIFIERS[declaration.verifier])


_VERIFIERS = {
    "head": (
        "应由本单位负责人核实；负责人本人和单位的事项由上一级负责人核实",
        "the head of the unit verifies; the next head up for a head's and a unit's own items",
    ),
    "hr": ("考勤取数的事项由人事部门核对", "what the clocks counted is verified by HR"),
    "complaints_centre": ("12315 取数的事项由 12315 中心核对", "what 12315 counted is verified by its centre"),
}


def check_assess(actor: Decider, declaration: Declaration, unit: Unit, on: date | None = None) -> None:  # noqa: ARG001  # one shape for all checks
    """Check that the actor assesses: an assessor of the section that the indicator names, or the panel in its place."""
    _check_not_own(actor, declaration, unit)
    if hands(actor) & {declaration.verified_by, declaration.verified_for}:
        raise forbidden(
            "declaration.verified_by_you", "核实人不得核评同一申报", "whoever verified it may not assess it"
        )
    if not is_assessor(actor, declaration.assessor):
        raise _not_assessor(declaration)


def check_return(actor: Decider, declaration: Declaration, unit: Unit, on: date | None = None) -> None:
    """Check that the actor may return it: the verifier what is declared, the assessor what is verified or assessed."""
    check = {"declared": check_verify, "verified": check_assess, "assessed": check_assess}.get(declaration.status)
    if check is None:
        STATES.after("return", declaration.status)
    else:
        check(actor, declaration, unit, on)


def check_record(actor: Decider, declaration: Declaration, unit: Unit, on: date | None = None) -> None:  # noqa: ARG001  # one shape
    """Check that the actor may record it: office or assessor settle what was assessed; nobody their own."""
    _check_not_own(actor, declaration, unit)
    if not (records_everything(actor) or is_assessor(actor, declaration.assessor)):
        raise _not_assessor(declaration)


def check_consents(actor: Decider, subject: str, asked_by: str, assessor: str, unit: Unit) -> None:
    """Check that who would assess it consents to its being declared late."""
    _check_not_theirs(actor, subject, asked_by, unit)
    if not is_assessor(actor, assessor):
        raise forbidden("consent.not_assessor", f"应由 {assessor} 答复", f"{assessor} answers it")


def check_sets_timetable(actor: Actor) -> None:
    if not actor.has("office"):
        raise forbidden("timetable.office_only", "期限由考核办规定", "the office sets the deadlines")


def is_assessor(actor: Actor, assessor: str) -> bool:
    return actor.has("panel") if assessor == PANEL else actor.has("assessor", unit=assessor)


def issues_everywhere(actor: Actor) -> bool:
    """Tell whether the actor issues orders everywhere: the panel and the leaders order work whoever assesses it."""
    return actor.has("panel") or actor.has("leader")


def check_issues(actor: Actor, assessor: str) -> None:
    """Check that orders are issued, judged and withdrawn by the panel, a leader or the indicator's assessor."""
    if not (issues_everywhere(actor) or is_assessor(actor, assessor)):
        raise forbidden("task_order.not_issuer", "无权下达或评定该任务单", "not yours to issue or judge")


def check_proposes_veto(actor: Actor, assessor: str) -> None:
    if not (actor.has("panel") or actor.has("office") or actor.has("leader") or is_assessor(actor, assessor)):
        raise forbidden("veto.not_proposer", "无权提出否决事项", "not yours to propose")


def check_decides_veto(actor: Actor, proposed_by: str, verb: str) -> None:
    """Check that the actor decides on the veto: of the panel, and to confirm it none who proposed it."""
    check_panel(actor)
    if verb == "confirm" and proposed_by in (actor.person, actor.account):
        raise forbidden(
            "veto.proposed_by_you", "提出人不得认定同一否决事项", "whoever proposed a veto may not confirm it"
        )


def is_of_panel(actor: Actor) -> bool:
    return actor.has("panel")


def check_panel(actor: Actor) -> None:
    if not is_of_panel(actor):
        raise forbidden("panel.only", "应由绩效考核小组办理", "only the panel may do this")


def check_not_recused(actor: Actor, at: str | None, concerned: Iterable[tuple[str, Unit]], *, colleagues: bool) -> None:
    """Check that a member of the panel stands back from what is theirs or their unit's, and where
    ``colleagues`` do, from those. ``at``: their unit."""
    for subject, unit in concerned:
        check_not_subject(actor, subject, unit)
        if colleagues and at == unit.unit:
            raise forbidden(
                "panel.recused",
                f"{subject} 与您同属一个单位，应当回避",
                f"{subject} is of your own unit: you are recused",
            )


def check_replays(actor: Actor) -> None:
    if not (actor.has("admin") or actor.account == SYSTEM):
        raise forbidden("replay.admin_only", "只有系统管理员可以重放", "only the administrator may replay")


def records_everything(actor: Actor) -> bool:
    """Tell whether the actor records what any section has assessed (``check_record``)."""
    return actor.has("office")


def reads_everything(actor: Actor) -> bool:
    return any(actor.has(role) for role in ("panel", "leader", "office", "hr", "auditor"))


def keeps_calendar(actor: Actor) -> bool:
    """Tell who enters the working days of a year and is told where they end."""
    return actor.has("office")


def check_screens(actor: Decider, subject: str, layer: str, declared_by: str, unit: Unit, shares: Shares = ()) -> None:
    """Check that a contribution is screened by the head who verifies the subject's declarations; who shares in it does not."""
    _check_not_theirs(actor, subject, declared_by, unit)
    if shares_in(actor, shares):
        raise _own()
    if not (is_next_up(actor, subject, layer, unit) or (head_shares(shares, unit) and leads_over(actor, unit))):
        zh, en = "应由单位负责人或上一级负责人审核", "the head who verifies screens it"
        raise forbidden("contribution.not_screener", zh, en)


def check_not_subject(actor: Actor, subject: str, unit: Unit) -> None:
    """Refuse the subject's own side; ``subject`` is a person of ``unit``, or the unit itself."""
    if _is_own(actor, subject, unit):
        raise _own()


def is_next_up(actor: Actor, subject: str, layer: str, unit: Unit) -> bool:
    """Tell whether ``actor`` decides first on the subject's items; a unit without a head has the next one up."""
    if layer == PERSON and subject not in unit.heads:
        return actor.has("unit_head", unit=unit.unit) or (not unit.heads and leads_over(actor, unit))
    return leads_over(actor, unit)


def leads_over(actor: Actor, unit: Unit) -> bool:
    """Tell whether the actor is the next head up: a leader of the unit's line (a station answers to all lines: any
    leader), or the head of the unit above it; where that has none, of the one above that."""
    if actor.has("leader") and (unit.line == "all" or actor.has("leader", line=unit.line)):
        return True
    above = unit.above or (() if unit.parent is None else (unit.parent,))
    return any(actor.has("unit_head", unit=code) for code in above)


def heads(actor: Actor, unit: str) -> bool:
    """Tell whether the actor is the head of ``unit``."""
    return actor.has("unit_head", unit=unit)


def keeps_desk(actor: Actor, role: str) -> bool:
    """Tell whether the actor keeps the desk that verifies a machine's figures (domain/desks.py)."""
    return actor.has(role)


def verifies(actor: Actor, declaration: Declaration, unit: Unit) -> bool:
    """Tell whether it is the actor's duty to verify it."""
    if declaration.verifier != HEAD:
        return keeps_desk(actor, declaration.verifier)
    return is_next_up(actor, declaration.subject, declaration.layer, unit)


def _check_not_own(actor: Decider, declaration: Declaration, unit: Unit) -> None:
    _check_not_theirs(actor, declaration.subject, declaration.declared_by, unit)


def _check_not_theirs(actor: Decider, subject: str, declared_by: str, unit: Unit) -> None:
    """Nobody decides on what is theirs; a delegate neither on what is of who delegated."""
    behind = hands(actor)
    if declared_by in behind or subject in behind or (subject == unit.unit and behind & unit.heads):
        raise _own()
    if any(declared_by in (face.person, face.account) or _is_own(face, subject, unit) for face in faces(actor)):
        raise _own()


def _not_assessor(declaration: Declaration) -> Refused:
    return forbidden(
        "declaration.not_assessor", f"应由 {declaration.assessor} 核评", f"{declaration.assessor} assesses it"
    )


def _is_own(actor: Actor, subject: str, unit: Unit) -> bool:
    if actor.person is None:
        raise forbidden("own.nobody", "须由人员本人的账号办理", "an account that is no person's decides about nobody")
    if subject == unit.unit:
        return actor.person in unit.heads or actor.has("unit_head", unit=unit.unit)
    return actor.person == subject


def _own() -> Refused:
    return forbidden(
        "own.decision", "不得办理本人（本单位）的事项", "nobody decides on their own (or their unit's) items"
    )


may_read_trail = trail_permissions.may_read_trail
noting(globals())
