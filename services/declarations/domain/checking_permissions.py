"""Who may check, appeal, decide on appeals and set what holds by day (beside permissions.py). Law 9 first: nobody inspects or decides on their own."""

from collections.abc import Collection

from services.declarations.domain.appeals import Appeal
from services.declarations.domain.inspections import Inspection
from services.declarations.domain.organisation import Actor, Unit, who
from services.declarations.domain.permissions import check_not_subject
from shared.vocabulary.permissions import noting
from shared.vocabulary.refusals import forbidden


def runs_spot_checks(actor: Actor) -> bool:
    """Tell whether the actor draws samples and names inspectors: the panel and the office do."""
    return actor.has("panel") or actor.has("office")


def check_runs_spot_checks(actor: Actor) -> None:
    if not runs_spot_checks(actor):
        raise forbidden(
            "spot_check.not_organiser", "应由绩效考核小组或考核办组织抽查", "the panel or the office runs spot checks"
        )


def check_checks_on_the_spot(actor: Actor, subject: str, unit: Unit, hands: Collection[str], home: str | None) -> None:
    """Check that the actor is a leader, and none who had a hand in it; the drawn inspectors are bound by the same."""
    if not actor.has("leader"):
        raise forbidden("spot_check.leader_only", "应由局领导直接抽查", "only a leader checks on the spot")
    check_may_inspect(actor, subject, unit, hands, home)


def check_inspects(actor: Actor, inspection: Inspection, unit: Unit, home: str | None) -> None:
    if inspection.inspector != who(actor):
        raise forbidden("inspection.not_yours", "该项由其他检查人员检查", "it is another inspector's")
    check_may_inspect(actor, inspection.subject, unit, inspection.excluded, home)


def check_closes(actor: Actor, *, own: bool) -> None:
    """Check that the actor closes the check: the panel or the office any, a leader their ``own`` on the spot."""
    if not own:
        check_runs_spot_checks(actor)


def check_may_inspect(actor: Actor, subject: str, unit: Unit, hands: Collection[str], home: str | None) -> None:
    """Check that the actor may inspect; ``home`` is the actor's own unit: nobody inspects their
    colleagues, nor what passed through their hands."""
    check_not_subject(actor, subject, unit)
    if who(actor) in hands or home == unit.unit:
        raise forbidden(
            "inspection.involved",
            "本单位人员和经办过该事项的人员不得检查",
            "nobody inspects what they declared, verified or assessed, nor their own unit",
        )


def check_stands_back(actor: Actor, inspection: Inspection) -> None:
    """Check that the actor is the inspector, or the organiser for them."""
    if inspection.inspector != who(actor):
        check_runs_spot_checks(actor)


def is_decider(actor: Actor) -> bool:
    """Tell whether the actor decides: appeals are for the panel and the leaders."""
    return actor.has("panel") or actor.has("leader")


def check_decides_appeal(actor: Actor, appeal: Appeal, unit: Unit, home: str | None) -> None:
    """Check that the actor decides on the appeal: the panel or a leader: nobody who had a part in what is
    appealed against, nor the subject's own side."""
    if not is_decider(actor):
        raise forbidden(
            "appeal.not_decider", "申诉应由绩效考核小组或局领导处理", "the panel or a leader decides on appeals"
        )
    check_not_subject(actor, appeal.subject, unit)
    part = {*appeal.involved, appeal.filed_by}
    if {actor.person, actor.account} & part or home == appeal.unit:
        raise forbidden(
            "appeal.involved",
            "参与过原决定的人员和申诉人一方不得处理该申诉",
            "nobody decides on an appeal who took part in the decision or belongs to the subject's side",
        )


def check_withdraws(actor: Actor, appeal: Appeal, *, own: bool) -> None:
    """Check that the actor may withdraw it: whoever filed it, or who answers for the subject now."""
    if not own and appeal.filed_by != who(actor):
        raise forbidden("appeal.not_yours", "只有申诉人可以撤回", "only whoever filed it may withdraw it")


def check_sets_rules(actor: Actor) -> None:
    if not actor.has("office"):
        raise forbidden("rules.office_only", "应由考核办设定", "only the office sets the rules")


def check_sets_terms(actor: Actor) -> None:
    if not actor.has("office"):
        raise forbidden("appeal.office_only", "应由考核办设定申诉期限", "only the office sets the terms")


noting(globals())
