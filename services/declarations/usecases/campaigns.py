"""Campaigns of subjective evaluation: open, vote, close."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from services.declarations.domain.campaigns import Campaign, Evaluation, counted, new_token, token_hash
from services.declarations.domain.cycles import Cycle
from services.declarations.domain.indicators import check_suits, check_tool
from services.declarations.domain.organisation import who
from services.declarations.domain.permissions import check_runs_campaigns
from services.declarations.domain.refusals import conflict, invalid, unknown
from services.declarations.storage import campaigns as store
from services.declarations.storage.ballots import votes_cast
from services.declarations.storage.library import Library, indicators_by_code, need_cycle
from services.declarations.storage.organisation import Organisation
from services.declarations.usecases.batches import check_no_repetition, each_row, pick
from services.declarations.usecases.events import record_changes
from shared.actor import Actor
from shared.ids import new_id
from shared.recording import audit

Command = dict[str, Any]
Entry = dict[str, Any]  # {"indicator", "period", "title", "subjects": [...], "groups": [{"group", "raters", "tokens"}]}


def open_campaigns(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    """``command``: {"cycle", "campaigns": [Entry]}. The answer holds each group's one-time tokens, once and for all."""
    check_runs_campaigns(actor)
    cycle = need_cycle(session, actor.bureau, command["cycle"])
    cycle.check_open()
    entries: list[Entry] = command["campaigns"]
    opening = _Opening(session, actor, cycle, entries)
    opened = each_row(entries, opening.open)
    evaluations = [one for _, graded, _, _ in opened for one in graded]
    participants = [one for _, _, rows, _ in opened for one in rows]
    store.add_campaigns(session, [one for one, _, _, _ in opened], evaluations, participants)
    record_changes(session, actor, [(one, None) for one in evaluations])
    for campaign, graded, rows, _ in opened:
        after = {"status": campaign.status, "subjects": len(graded), "raters": len(rows)}
        audit(session, action="campaign.opened", subject=campaign.campaign, before={}, after=after)
    return {"campaigns": [{**_shown(one), "tokens": tokens} for one, _, _, tokens in opened]}


def close_campaigns(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    """Count the votes of each campaign; from then on its grades are public state."""
    check_runs_campaigns(actor)
    ids: list[str] = command["campaigns"]
    check_no_repetition(ids, lambda one: one)
    found = store.lock_campaigns(session, ids, bureau=actor.bureau, to_close=True)
    closed = each_row(ids, lambda one: pick(found, "campaign", one).closed())
    for cycle in sorted({one.cycle for one in closed}):
        _count(session, actor, [one for one in closed if one.cycle == cycle])
    for one in closed:
        audit(
            session,
            action="campaign.closed",
            subject=one.campaign,
            before={"status": "open"},
            after={"status": one.status},
        )
    return {"campaigns": [_shown(one) for one in closed]}


class _Opening:
    """Checks a list of new campaigns with a handful of queries."""

    def __init__(self, session: Session, actor: Actor, cycle: Cycle, entries: list[Entry]) -> None:
        self._actor, self._cycle = actor, cycle
        bureau = actor.bureau
        items = [(entry["indicator"], entry["period"], subject) for entry in entries for subject in entry["subjects"]]
        check_no_repetition(items, lambda item: item)
        self._library: Library = indicators_by_code(session, bureau, cycle.cycle, (item[0] for item in items))
        self._organisation = Organisation(session, bureau, subjects=(item[2] for item in items))
        self._taken = store.graded_already(session, ((bureau, cycle.cycle, *item) for item in items))
        raters = {rater for entry in entries for group in entry["groups"] for rater in group["raters"]}
        self._persons = store.known_persons(session, bureau, raters)

    def open(self, entry: Entry) -> tuple[Campaign, list[Evaluation], list[store.Participant], dict[str, list[str]]]:
        indicator = self._library[entry["indicator"]]
        check_tool(indicator, "subjective")
        period = self._cycle.period(entry["period"], indicator.frequency)
        campaign = Campaign(
            bureau=self._actor.bureau,
            cycle=self._cycle.cycle,
            campaign=new_id(),
            revision=1,
            indicator=indicator.indicator,
            period=period.code,
            title=entry["title"] or indicator.name,
            status="open",
            created_by=who(self._actor),
        )
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
        )

    def _participants(
        self, campaign: Campaign, groups: list[Entry], tokens: dict[str, list[str]]
    ) -> list[store.Participant]:
        pairs = [(rater, group["group"]) for group in groups for rater in group["raters"]]
        self._check_raters([rater for rater, _ in pairs], [group["group"] for group in groups])
        pairs += [(token_rater(token), group) for group, some in tokens.items() for token in some]
        if not pairs:
            raise invalid("raters.missing", "没有评价人", "nobody is to vote", "groups")
        base = {"bureau": campaign.bureau, "campaign": campaign.campaign}
        return [{**base, "rater": rater, "rater_group": group} for rater, group in pairs]

    def _check_raters(self, raters: list[str], groups: list[str]) -> None:
        for rater in raters:
            if rater not in self._persons:
                raise unknown("rater.unknown", f"没有人员 {rater}", f"there is no person {rater}", "groups")
        if len(set(raters)) < len(raters) or len(set(groups)) < len(groups):
            raise invalid("rater.repeated", "评价人或评价组重复", "a rater or a group is named twice", "groups")


def token_rater(token: str) -> str:
    """The name under which the holder of a one-time token takes part."""
    return f"token:{token_hash(token)}"


def _count(session: Session, actor: Actor, closed: list[Campaign]) -> None:
    ids = [one.campaign for one in closed]
    counts = {campaign: counted(ballots) for campaign, ballots in votes_cast(session, ids).items()}
    before = store.evaluations_of(session, ids)
    after = [one.closed(counts.get(one.campaign, {}).get(one.subject, {})) for one in before]
    store.close_campaigns(session, closed, after)
    record_changes(session, actor, zip(after, before, strict=True))


def _shown(campaign: Campaign) -> dict[str, Any]:
    names: Iterable[str] = ("campaign", "revision", "cycle", "indicator", "period", "title", "status")
    return {name: getattr(campaign, name) for name in names}
