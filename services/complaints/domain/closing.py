"""What follows a conclusion: rewards, work done again, the archive with its check (令121 art. 26)."""

from dataclasses import replace

from services.complaints.domain.cases import FILED, TERMINATED, Case, day_of
from services.complaints.domain.events import Event
from services.complaints.domain.procedure import Archive, Reward, Told
from services.complaints.domain.regimes import MOST_REWARD

PROPOSED, APPROVED, DECLINED, PAID = "proposed", "approved", "declined", "paid"
CHECKING, REJECTED, ARCHIVED = "checking", "rejected", "archived"


def tell(case: Case, event: Event) -> Case:
    return replace(case, told_at=case.told_at or event.happened_at)


def perform(case: Case, event: Event) -> Case:
    return replace(case, performed_on=case.performed_on or day_of(event.happened_at))


def follow_up(case: Case, event: Event) -> Case:
    """Keep the last answer: a call that nobody answered takes nothing back of what was said before."""
    if not event.given["answered"]:
        return case if case.answered else replace(case, followed_up_at=event.happened_at)
    said, calls = event.given.get("satisfaction"), case.follow_ups + 1
    return replace(case, followed_up_at=event.happened_at, answered=True, satisfaction=said, follow_ups=calls)


def end_filed(case: Case, event: Event) -> Case:
    """Keep the first decision with what it came to; the release before told nothing of that."""
    if "end_filed" in case.marks:
        return case
    given, marks = event.given, {**case.marks, "end_filed": event.happened_at}
    penalised = bool(given.get("penalised"))
    return replace(case, marks=marks, nature=given.get("nature"), penalised=penalised, fined=given.get("fined"))


def propose_reward(case: Case, event: Event) -> Case:
    return replace(case, reward=Reward(PROPOSED, event.given["amount"], event.account, event.person))


def approve_reward(case: Case, event: Event) -> Case:
    if case.reward is None:
        return case
    return replace(
        case, reward=replace(case.reward, state=APPROVED, amount=event.given.get("amount") or case.reward.amount)
    )


def decline_reward(case: Case, _: Event) -> Case:
    return replace(case, reward=replace(case.reward, state=DECLINED)) if case.reward else case


def pay_reward(case: Case, event: Event) -> Case:
    if case.reward is None:
        return case
    return replace(case, reward=replace(case.reward, state=PAID, receipt=event.given["receipt"]))


def archive(case: Case, event: Event) -> Case:
    before = case.archive.rejections if case.archive else 0
    submitted = Archive(CHECKING, case.status, event.happened_at, event.account, event.person, rejections=before)
    return replace(case, archive=submitted)


def pass_archive(case: Case, event: Event) -> Case:
    if case.archive is None:
        return case
    return replace(case, archive=replace(case.archive, state=ARCHIVED, checked_at=event.happened_at))


def reject_archive(case: Case, event: Event) -> Case:
    if case.archive is None:
        return case
    told = replace(case.archive, state=REJECTED, checked_at=event.happened_at, rejections=case.archive.rejections + 1)
    return replace(case, archive=told)


def redo(case: Case, _: Event) -> Case:
    return replace(case, redone=True)


def no_reward_yet(case: Case, event: Event) -> Told:
    """Tell why no reward can be proposed or granted: one follows the decision
    of the filed case, whose facts it rests on."""
    if case.outcome != FILED or "end_filed" not in case.marks:
        return "case.no_reward", "立案案件尚未办结，不能提出奖励", "a reward follows the decision of the filed case"
    if case.reward and case.reward.state != DECLINED:
        return "case.done", "已提出奖励", "a reward was proposed before"
    amount = event.given.get("amount")
    if amount is not None and not 0 < amount <= MOST_REWARD:
        return "case.amount", "奖励金额须大于零且不超过一百万元", "more than nothing, at most 1,000,000 yuan", "amount"
    return None


def not_proposed(case: Case, event: Event) -> Told:
    if case.reward is None or case.reward.state != PROPOSED:
        return "case.no_reward", "没有待批准的奖励", "no reward waits to be approved"
    amount = event.given.get("amount")
    if amount is not None and not 0 < amount <= case.reward.amount:
        return "case.amount", "批准金额不得超过提出的金额", "not more than was proposed", "amount"
    return None


def not_approved(case: Case, _: Event) -> Told:
    waiting = case.reward is not None and case.reward.state == APPROVED
    return None if waiting else ("case.no_reward", "没有已批准的奖励", "no reward is approved")


def unfinished(case: Case, event: Event) -> Told:
    """Tell what still has to be done before the file is whole."""
    telling = case.status == "refused" or case.outcome == TERMINATED or case.must_tell
    if telling and not case.told_at:
        return "case.not_told", "尚未告知当事人", "the parties are not told yet"
    if "lead" in case.marks and "check_lead" not in case.marks:
        return "case.lead_open", "违法线索尚未核查完毕", "a suspicion is not verified yet"
    if case.outcome == FILED and "end_filed" not in case.marks and not case.inherited:
        return "case.filed_open", "立案案件尚未办结", "the filed case is not decided yet"
    if case.satisfaction == "dissatisfied" and not case.redone:
        return "case.not_redone", "回访不满意，尚未重新办理", "who was not satisfied waits for it to be done again"
    if case.perform_by and not case.performed_on and day_of(event.happened_at) <= case.perform_by:
        return "case.performing", "协议履行期未满", "the agreement may still be performed"
    return None


def not_dissatisfied(case: Case, _: Event) -> Told:
    if case.satisfaction != "dissatisfied":
        return "case.satisfied", "回访没有不满意", "nobody said that they were not satisfied"
    return ("case.done", "已重新办理", "done again before") if case.redone else None


APPLY = {
    "tell": tell,
    "end_filed": end_filed,
    "perform": perform,
    "follow_up": follow_up,
    "propose_reward": propose_reward,
    "approve_reward": approve_reward,
    "decline_reward": decline_reward,
    "pay_reward": pay_reward,
    "archive": archive,
    "pass_archive": pass_archive,
    "reject_archive": reject_archive,
    "redo": redo,
}
OBSTACLES = {
    "propose_reward": no_reward_yet,
    "approve_reward": not_proposed,
    "decline_reward": not_proposed,
    "pay_reward": not_approved,
    "archive": unfinished,
    "redo": not_dissatisfied,
}
