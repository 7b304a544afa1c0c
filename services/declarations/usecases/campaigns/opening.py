"""Campaigns of subjective evaluation: open them, and give out one-time tokens."""

from collections.abc import Iterable

from rules.votes import FEWEST
from services.declarations.domain.campaign_permissions import check_runs_campaigns
from services.declarations.domain.campaigns import STATES, Campaign, Evaluation, new_token
from services.declarations.domain.cycles import Cycle
from services.declarations.domain.indicators import check_suits, check_tool
from services.declarations.domain.organisation import who
from services.declarations.domain.questionnaires import check_questionnaire
from services.declarations.storage import campaigns as store
from services.declarations.storage.library import Library, indicators_by_code, need_cycle
from services.declarations.storage.organisation import Organisation, names_of
from services.declarations.usecases.campaigns.ballots import check_take_votes, token_rater
from services.declarations.usecases.events import record_changes
from shared.actor import Actor
from shared.batches import check_no_repetition, each_row, pick
from shared.clock import today
from shared.contracts.declarations.commands.campaigns import NewCampaign, NewCampaigns, RaterGroup
from shared.contracts.declarations.commands.recipients import NewTokens
from shared.database import Row, Session
from shared.ids import new_id
from shared.recording import audit
from shared.vocabulary.refusals import conflict, invalid


def open_campaigns(session: Session, actor: Actor, command: NewCampaigns) -> Row:
    """Open campaigns. The answer holds each group's one-time tokens, once and for all."""
    check_runs_campaigns(actor)
    cycle = need_cycle(session, actor.bureau, command["cycle"])
    cycle.check_open()
    entries = command["campaigns"]
    opening = _Opening(session, actor, cycle, entries)
    opened = each_row(entries, opening.open)
    evaluations = [one for _, graded, _, _ in opened for one in graded]
    participants = [one for _, _, rows, _ in opened for one in rows]
    store.add_campaigns(session, [one for one, _, _, _ in opened], evaluations, participants)
    record_changes(session, actor, [(one, None) for one in evaluations])
    for campaign, graded, rows, _ in opened:
        after = {"status": campaign.status, "subjects": len(graded), "raters": len(rows)}
        audit(session, action="campaign.opened", subject=campaign.campaign, before={}, after=after)
    return {"campaigns": [{**shown(one), "tokens": tokens} for one, _, _, tokens in opened]}


def issue_tokens(session: Session, actor: Actor, command: NewTokens) -> Row:
    """Issue new one-time tokens of an open campaign, shown in this answer and nowhere else."""
    check_runs_campaigns(actor)
    found = store.lock_campaigns(session, [command["campaign"]], bureau=actor.bureau, to_close=False)
    campaign = pick(found, "campaign", command["campaign"])
    check_take_votes(session, [campaign])
    STATES.after("vote", campaign.status)
    if command["group"] not in {one.group for one in campaign.questionnaire.groups}:
        raise invalid("group.unknown", "没有这一评价组", "the campaign has no such group", "group")
    tokens = [new_token() for _ in range(command["number"])]
    holders = [(token_rater(token), command["group"]) for token in tokens]
    store.add_participants(session, _participants(campaign, holders))
    after = {"group": command["group"], "tokens": len(tokens)}
    audit(session, action="campaign.tokens", subject=campaign.campaign, before={}, after=after)
    bureau = names_of(session, actor.bureau, {actor.bureau})[actor.bureau]
    return {**shown(campaign), "group": command["group"], "bureau_name": bureau, "tokens": tokens}


class _Opening:
    """Checks a list of new campaigns with a handful of queries."""

    def __init__(self, session: Session, actor: Actor, cycle: Cycle, entries: list[NewCampaign]) -> None:
        self._actor, self._cycle = actor, cycle
        bureau = actor.bureau
        items = [(entry["indicator"], entry["period"], subject) for entry in entries for subject in entry["subjects"]]
        check_no_repetition(items, lambda item: item)
        self._library: Library = indicators_by_code(session, bureau, cycle.cycle, (item[0] for item in items))
        self._organisation = Organisation(session, bureau, subjects=(item[2] for item in items))
        self._taken = store.graded_already(session, ((bureau, cycle.cycle, *item) for item in items))
        raters = {rater for entry in entries for group in entry["groups"] for rater in group["raters"]}
        self._persons = store.known_persons(session, bureau, raters)

    def open(
        self, entry: NewCampaign
    ) -> tuple[Campaign, list[Evaluation], list[store.Participant], dict[str, list[str]]]:
        indicator = self._library[entry["indicator"]]
        check_tool(indicator, "subjective")
        period = self._cycle.period(entry["period"], indicator.frequency)
        period.check_begun(today())
        campaign = Campaign(
            bureau=self._actor.bureau,
            cycle=self._cycle.cycle,
            campaign=new_id(),
            revision=1,
            indicator=indicator.indicator,
            period=period.code,
            title=entry["title"] or indicator.name,
            status=STATES.after("open", None),
            dimensions=[{"dimension": one["dimension"], "weight": f"{one['weight']:f}"} for one in entry["dimensions"]],
            groups=[_kept(group) for group in entry["groups"]],
            created_by=who(self._actor),
            combination=entry["combination"],
        )
        check_no_repetition(entry["dimensions"], lambda one: one["dimension"])
        check_questionnaire(campaign.questionnaire)
        graded = [self._graded(campaign, subject) for subject in entry["subjects"]]
        tokens = {group["group"]: [new_token() for _ in range(group["tokens"])] for group in entry["groups"]}
        return campaign, graded, self._participants(campaign, entry["groups"], tokens), tokens

    def _graded(self, campaign: Campaign, code: str) -> Evaluation:
        subject = self._organisation.subject(code)
        check_suits(self._library[campaign.indicator], subject)
        if (campaign.indicator, campaign.period, code) in self._taken:
            raise conflict("campaign.repeated", f"{code} 本期已在评估中", f"{code} is graded in this period already")
        return Evaluation(
            bureau=campaign.bureau,
            cycle=campaign.cycle,
            campaign=campaign.campaign,
            subject=code,
            revision=1,
            indicator=campaign.indicator,
            layer=subject.layer,
            period=campaign.period,
            status=campaign.status,
            counts={},
            votes=0,
            left_out=[],
            adjusted=None,
        )

    def _participants(
        self, campaign: Campaign, groups: list[RaterGroup], tokens: dict[str, list[str]]
    ) -> list[store.Participant]:
        pairs = [(rater, group["group"]) for group in groups for rater in group["raters"]]
        self._check_raters([rater for rater, _ in pairs], [group["group"] for group in groups])
        pairs += [(token_rater(token), group) for group, some in tokens.items() for token in some]
        if not pairs:
            raise invalid("raters.missing", "没有评价人", "nobody is to vote", "groups")
        return _participants(campaign, pairs)

    def _check_raters(self, raters: list[str], groups: list[str]) -> None:
        for rater in raters:
            if rater not in self._persons:
                raise invalid("rater.unknown", f"没有人员 {rater}", f"there is no person {rater}", "groups")
        if len(set(raters)) < len(raters) or len(set(groups)) < len(groups):
            raise invalid("rater.repeated", "评价人或评价组重复", "a rater or a group is named twice", "groups")


def _participants(campaign: Campaign, pairs: Iterable[tuple[str, str]]) -> list[store.Participant]:
    """Return the rows of ``pairs``: a rater and their group."""
    return [
        {"bureau": campaign.bureau, "campaign": campaign.campaign, "rater": rater, "rater_group": group}
        for rater, group in pairs
    ]


def _kept(group: RaterGroup) -> dict[str, object]:
    """A group without its people. Weighted votes need a minimum; unless another is given it is the least there may be."""
    weight = group.get("weight")
    minimum = group.get("minimum")
    least = 0 if weight is None else FEWEST
    return {
        "group": group["group"],
        "weight": None if weight is None else f"{weight:f}",
        "minimum": least if minimum is None else minimum,
    }


def shown(campaign: Campaign) -> Row:
    names: Iterable[str] = (
        "campaign", "revision", "cycle", "indicator", "period", "title", "status", "dimensions", "combination",
    )  # fmt: skip
    return {name: getattr(campaign, name) for name in names}
