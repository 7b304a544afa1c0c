"""A contribution and its way: declared → screened by the head → opinions of the panel → settled or rejected."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rules import COUNT
from services.declarations.domain.bureau_rules import PanelRules
from services.declarations.domain.indicators import Indicator
from services.declarations.domain.sharing import Share, split_counts
from services.declarations.domain.ways_back import reasoned
from services.declarations.domain.words import Counts
from shared.vocabulary.contributions import CONTRIBUTION_STATES
from shared.vocabulary.refusals import conflict, invalid
from shared.vocabulary.states import States

STATES = States(
    "contribution",
    "贡献申报",
    {
        "declare": {None: "declared", "returned": "declared", "withdrawn": "declared"},
        "withdraw": {"declared": "withdrawn"},
        "take_back": {  # by whoever screened it, or settled or rejected it
            "screened": "declared",
            "settled": "screened",
            "rejected": "screened",
        },
        "call_off": {"settled": "withdrawn"},  # a partner's part, with the settlement that had made it
        "screen": {"declared": "screened"},
        "return": {"declared": "returned"},
        "share": {"declared": "declared", "screened": "screened"},
        "opine": {"screened": "screened"},
        "settle": {"screened": "settled"},
        "reject": {"screened": "rejected"},
    },
    CONTRIBUTION_STATES,
)
SETTLEMENTS = ("settled", "rejected")  # the panel's decisions


@dataclass(frozen=True)
class Contribution:
    bureau: str
    cycle: str
    contribution: str
    revision: int
    indicator: str
    subject: str
    layer: str
    period: str
    unit: str
    status: str
    title: str
    title_key: str
    effect: str
    proof: str
    evidence: list[str]  # references to files
    shares: list[Share]  # of an achievement of several; none: the subject's alone
    part_of: str | None  # of a partner's share: the contribution in which it was declared
    claimed: Counts
    counts: Counts  # empty until settled
    reason: str  # of the last return, rejection or taking back
    declared_by: str
    screened_by: str | None
    settled_by: str | None

    def screened(self, by: str) -> "Contribution":
        return self._moved("screen", screened_by=by)

    def withdrawn(self) -> "Contribution":
        return self._moved("withdraw")

    @property
    def last_decider(self) -> str | None:
        """Return who took the last step of those that are taken back."""
        return self.settled_by if self.status in SETTLEMENTS else self.screened_by

    def taken_back(self, reason: str, *, deliberated: bool) -> "Contribution":
        """Undo the screening, as long as nobody of the panel has given an opinion; or with a reason the
        panel's decision: the opinions, and the shares as they were proposed, stand as before."""
        if self.status not in SETTLEMENTS:
            moved = self._moved("take_back", screened_by=None, reason=reason)
            check_not_deliberated(deliberated=deliberated)
            return moved
        self.check_whole()
        shares = [self._as_proposed(one) for one in self.shares]
        return self._moved("take_back", counts={}, settled_by=None, shares=shares, reason=reasoned(reason))

    def _as_proposed(self, share: Share) -> Share:
        """As it was before the panel's decision. Of what was settled before ``proposed`` was kept nobody knows
        which shares the partners had agreed to: they are asked again."""
        if "proposed" in share:
            before = share.copy()
            before["share"] = before.pop("proposed")
            return before
        unknown = self.status == "settled" and share["subject"] != self.subject
        return {**share, "agreed": None} if unknown else share

    def called_off(self, reason: str) -> "Contribution":
        """Take this part away with the settlement that had made it."""
        return self._moved("call_off", counts={}, settled_by=None, reason=reason)

    def check_whole(self) -> None:
        """Refuse what is only done with the whole achievement that this is a part of."""
        if self.part_of is not None:
            zh = f"这是合作成果中的一份，随整项（{self.part_of}）办理"
            raise conflict("contribution.part", zh, f"it is a part of {self.part_of}, and goes with it")

    def returned(self, reason: str) -> "Contribution":
        return self._moved("return", reason=_reasoned(reason))

    def answered(self, subject: str, note: str, *, agree: bool) -> "Contribution":
        """Record a partner's answer: agreement to the shares, or an objection with a reason."""
        if subject not in [one["subject"] for one in self.shares if one["subject"] != self.subject]:
            raise invalid("shares.not_yours", f"{subject} 不是合作者", f"{subject} is no partner in it", "subject")
        if not agree and not note.strip():
            raise invalid("reason.required", "不同意分享比例须说明理由", "an objection needs its reason", "note")
        shares: list[Share] = [
            {**one, "agreed": agree, "note": note} if one["subject"] == subject else one for one in self.shares
        ]
        return self._moved("share", shares=shares)

    def with_shares(self, decided: Mapping[str, str]) -> "Contribution":
        """Put the panel's own shares in the place of those proposed, which are kept; none: as proposed."""
        shares: list[Share] = [
            {**one, "share": decided.get(one["subject"], one["share"]), "proposed": one["share"]} for one in self.shares
        ]
        return replace(self, shares=shares)

    def divided(self, indicator: Indicator, new_id: Callable[[], str]) -> "tuple[Contribution, list[Contribution]]":
        """Return this settled contribution with its subject's own part, and
        each partner's as a contribution of its own."""
        parts = split_counts(indicator, self.counts, [Decimal(one["share"]) for one in self.shares])
        own = {share["subject"]: part for share, part in zip(self.shares, parts, strict=True)}
        others = [
            self._part_for(one, new_id(), own[one["subject"]]) for one in self.shares if one["subject"] != self.subject
        ]
        return replace(self, counts=own[self.subject]), others

    def _part_for(self, share: Share, contribution: str, counts: Counts) -> "Contribution":
        return replace(
            self,
            subject=share["subject"],
            unit=share["unit"],
            layer=share["layer"],
            contribution=contribution,
            revision=1,
            counts=counts,
            shares=[],
            part_of=self.contribution,
        )

    def settled(self, counts: Counts, opinions: Sequence[bool], rules: PanelRules, by: str) -> "Contribution":
        """Settle the contribution by the panel's votes; ``opinions``: of the members who are not recused."""
        moved = self._moved("settle", counts=counts, settled_by=by, reason="")
        check_quorum(opinions, rules)
        check_majority(opinions, rules)
        return moved

    def rejected(self, reason: str, opinions: Sequence[bool], rules: PanelRules, by: str) -> "Contribution":
        moved = self._moved("reject", reason=_reasoned(reason), settled_by=by)
        check_quorum(opinions, rules)
        return moved

    def _moved(self, command: str, **changes: object) -> "Contribution":
        status = STATES.after(command, self.status)
        return replace(self, status=status, revision=self.revision + 1, **changes)  # type: ignore[arg-type]


def claimed_counts(indicator: Indicator, level: str | None) -> Counts:
    """Return the counts of one achievement at ``level``, a key of the indicator's
    table; None where it has a single value."""
    per = indicator.rule_params.get("per")
    levels = set(per) if isinstance(per, Mapping) else {None}
    if level not in levels:
        known = "、".join(sorted(str(one) for one in levels if one))
        raise invalid(
            "level.unknown", f"级别应为 {known or '空'}", f"the level must be one of: {known or 'none'}", "level"
        )
    return {level or COUNT: Decimal(1)}


def title_key(title: str) -> str:
    """Return what two titles of the same achievement share: width, case, spaces and punctuation put aside."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(character for character in folded if character.isalnum()) or folded.strip()


def check_same_subject(before: str, subject: str) -> None:
    if before != subject:
        raise invalid("subject.changed", "重新申报不得更换申报对象", "it stays its subject's own", "subject")


def _reasoned(reason: str) -> str:
    if not reason.strip():
        raise invalid("reason.required", "退回或不予核定须说明理由", "a return or rejection needs its reason", "reason")
    return reason


def check_not_deliberated(*, deliberated: bool) -> None:
    """Refuse to take a screening back once somebody of the panel has given an opinion."""
    if deliberated:
        zh, en = "小组已有意见，不能撤回初审", "the panel has given opinions on it: the screening stands"
        raise conflict("contribution.deliberated", zh, en)


def check_majority(opinions: Sequence[bool], rules: PanelRules) -> None:
    """Refuse to settle what too few of the panel agree to."""
    if 100 * sum(opinions) <= rules.majority * len(opinions):
        share = "半数" if rules.majority == 50 else f" {rules.majority}%"
        raise conflict("contribution.no_majority", f"同意意见未过{share}，不能核定", "no majority of the panel agrees")


def check_quorum(opinions: Sequence[bool], rules: PanelRules) -> None:
    """Refuse to decide before enough of the panel spoke."""
    if len(opinions) < rules.quorum:
        raise conflict(
            "contribution.quorum",
            f"小组意见 {len(opinions)} 份，至少需要 {rules.quorum} 份",
            f"{len(opinions)} opinions are given, {rules.quorum} are needed",
        )
