"""A closed campaign's votes, calibrated: raw and adjusted side by side, how far raters agree, and ballots that grade nobody.

Figures only: no ballot, no row of a rater leaves this service, not even under another random key, because whoever is missing on a ballot
may be known by it (docs/decisions/0211).
"""

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

import rules
from rules.votes import FEWEST, any_secret, secret_parts
from services.declarations.calibration import agreement
from services.declarations.calibration.adjusting import Values, corrected, valued, weighted_means
from services.declarations.calibration.combining import blocs_of, kept
from services.declarations.calibration.severity import Calibrated, Components, Votes, calibrate, votes_of
from services.declarations.calibration.signals import signals
from services.declarations.domain.campaign_permissions import check_runs_campaigns, sees_signals
from services.declarations.domain.campaigns import Campaign
from services.declarations.domain.indicators import Indicator
from services.declarations.domain.questionnaires import Cast, Questionnaire, Tally, tallied
from services.declarations.storage import campaigns as store
from services.declarations.storage.ballots import ballots_by_group
from services.declarations.storage.library import indicators_by_code, need_cycle
from services.declarations.usecases.campaigns.closing import grade_values
from shared.actor import Actor
from shared.batches import pick
from shared.contracts.declarations.commands.campaigns import OneCampaign
from shared.database import Row, Session
from shared.vocabulary.campaigns import PLAIN
from shared.vocabulary.refusals import conflict


def calibrate_campaign(session: Session, actor: Actor, query: OneCampaign) -> Row:
    """Calibrate a campaign, which must be closed: a vote that is still to come must not be told by the
    difference."""
    check_runs_campaigns(actor)
    found = store.lock_campaigns(session, [query["campaign"]], bureau=actor.bureau, to_close=False)
    campaign = pick(found, "campaign", query["campaign"])
    if campaign.status != "closed":
        raise conflict("campaign.open", "评估尚未结束", "the campaign is still open")
    cast = ballots_by_group(session, campaign.campaign)
    indicator = indicators_by_code(session, actor.bureau, campaign.cycle, [campaign.indicator])[campaign.indicator]
    rounding = need_cycle(session, actor.bureau, campaign.cycle).rounding
    graded = [one.subject for one in store.evaluations_of(session, [campaign.campaign])]
    secret = store.secret_items(session, actor.bureau, campaign.cycle, graded, campaign.indicator)
    found = _without(_calibrated(campaign, indicator, rounding, cast), {subject for subject, _ in secret})
    return found if sees_signals(actor) else {**found, "signals": None}


def _calibrated(campaign: Campaign, indicator: Indicator, rounding: str, cast: Cast) -> Row:
    about = {
        "campaign": campaign.campaign,
        "indicator": campaign.indicator,
        "period": campaign.period,
        "ballots": len(cast),
        "combination": campaign.combination,
    }
    if len(cast) < FEWEST:
        return {
            **about,
            "told": False,
            "subjects": [],
            "variance": None,
            "agreement": None,
            "signals": None,
            "groups": [],
            "unlinked": [],
        }
    values, blocs = grade_values(indicator), blocs_of(campaign.questionnaire, cast)
    everybody, left = cast, kept(campaign.combination, campaign.questionnaire, cast, blocs)
    cast = everybody if campaign.combination == PLAIN else left
    ballots = valued(campaign.questionnaire, cast, values)
    votes, subjects = votes_of(ballots)
    found = calibrate(votes)
    linked = found.components.linked
    both = both_means(campaign, everybody, left, values)
    return {
        **about,
        "told": True,
        "subjects": [
            {**one, **both[one["subject"]]}
            for one in _subjects(campaign, indicator, rounding, cast, votes, subjects, found)
        ],
        "variance": _variance(found.components),
        "agreement": _agreement(agreement.matrix_of(ballots, subjects)),
        "signals": {
            **asdict(signals(valued(campaign.questionnaire, everybody, values), list(values.values()))),
            "blocs": [len(one) for one in blocs.members] if blocs.searched else None,
        },
        "groups": _groups([group for group, _ in cast], found),
        "unlinked": [[subjects[one] for one in part] for part in linked] if len(linked) > 1 else [],
    }


def both_means(campaign: Campaign, cast: Cast, fewer: Cast, values: Values) -> dict[str, Row]:
    """Return subject -> its mean with all ballots and with the ``fewer`` that a bloc or trimming leaves.

    Where one or two votes are left, or make the difference, the mean that does not count is kept back: it would tell them.
    """
    every, left = (tallied(campaign.questionnaire, some) for some in (cast, fewer))
    plain, robust = (_means_of(campaign.questionnaire, some, values) for some in (cast, fewer))
    beside = "robust" if campaign.combination == PLAIN else "plain"
    both = {}
    for subject, mean in plain.items():
        one: Row = {"plain": _text(mean), "robust": _text(robust.get(subject))}
        few = left[subject].votes if subject in left else 0
        both[subject] = {**one, beside: None} if any_secret([few, every[subject].votes - few]) else one
    return both


def _means_of(questionnaire: Questionnaire, cast: Cast, values: Values) -> dict[str, float]:
    votes, subjects = votes_of(valued(questionnaire, cast, values))
    means = weighted_means(questionnaire, [group for group, _ in cast], votes, votes.value)
    return dict(zip(subjects, means, strict=True))


def _without(found: Row, secret: set[str]) -> Row:
    """``found`` without the figures of those of whom nothing may be told."""
    kept = ("subject", "votes", "left_out")
    return {
        **found,
        "subjects": [
            {**one, **dict.fromkeys(set(one) - {*kept})} if one["subject"] in secret else one
            for one in found["subjects"]
        ],
    }


def _subjects(
    campaign: Campaign,
    indicator: Indicator,
    rounding: str,
    cast: Cast,
    votes: Votes,
    subjects: Sequence[str],
    found: Calibrated,
) -> list[Row]:
    """Raw points are exactly those that count: from the votes, by the rule. Adjusted ones are from the value as it is shown."""
    groups = [group for group, _ in cast]
    raw = weighted_means(campaign.questionnaire, groups, votes, votes.value)
    adjusted = weighted_means(campaign.questionnaire, groups, votes, corrected(votes, found))
    tallies = tallied(campaign.questionnaire, cast)
    return [
        {
            "subject": code,
            "votes": tallies[code].votes,
            "left_out": tallies[code].left_out,
            "raw": _text(raw[place]),
            "adjusted": _text(adjusted[place]),
            "error": _text(found.error[place] if found.components.estimated else None),
            **_both_points(indicator, rounding, tallies[code], _text(adjusted[place])),
        }
        for place, code in enumerate(subjects)
    ]


def _both_points(indicator: Indicator, rounding: str, tally: Tally, adjusted: str | None) -> Row:
    """Of a subject whose groups are all left out neither is told: nothing was measured."""
    if not tally.counts or adjusted is None:
        return {"raw_points": None, "adjusted_points": None}
    raw = indicator.points(tally.counts, None, rounding)
    return {"raw_points": raw, "adjusted_points": _points(indicator, adjusted, rounding)}


def _points(indicator: Indicator, value: str, rounding: str) -> Decimal:
    share = min(Fraction(1), max(Fraction(0), Fraction(value)))
    return rules.rounded(Fraction(indicator.full_points) * share, 2, rounding)


def _variance(found: Components) -> Row:
    """Nothing rather than 0 where nothing could be estimated."""
    both = {"severity": found.severity, "residual": found.residual}
    return {name: _text(value if found.estimated else None, 6) for name, value in both.items()}


def _agreement(matrix: agreement.Floats) -> Row:
    one_way, two_way = agreement.icc_one_way(matrix), agreement.icc_two_way(matrix)
    return {
        "krippendorff_alpha": _text(agreement.krippendorff(matrix)),
        "kendall_w": _text(agreement.kendall_w(matrix)),
        "icc_single": _text(one_way[0] if one_way else None),
        "icc_mean": _text(one_way[1] if one_way else None),
        "icc2_single": _text(two_way[0] if two_way else None),
        "icc2_mean": _text(two_way[1] if two_way else None),
    }


def _groups(groups: Sequence[str], found: Calibrated) -> list[Row]:
    """Mean severity of each rater group. Of a group under three ballots nothing; of the next smallest neither, if that alone were left out
    and the rest of all would tell."""
    sizes = {group: groups.count(group) for group in sorted(set(groups))}
    hidden = secret_parts(sizes)
    of_rater = np.array(groups)
    return [
        {
            "group": group,
            "ballots": size,
            "severity": _text(found.severity[of_rater == group].mean())
            if found.components.estimated and group not in hidden
            else None,
        }
        for group, size in sizes.items()
    ]


def _text(value: Any, digits: int = 4) -> Any:
    """A figure as decimal text, the same for −0 as for 0."""
    return None if value is None or np.isnan(value) else f"{round(float(value), digits) + 0.0:.{digits}f}"
