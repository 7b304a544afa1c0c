"""Campaigns as they are shown: to those who run them with their progress, to raters with whom they are to grade."""

from rules import GRADES
from rules.votes import secret_parts
from services.declarations.calibration.combining import counting
from services.declarations.domain.campaign_permissions import check_runs_campaigns
from services.declarations.domain.campaigns import Campaign, Evaluation
from services.declarations.domain.questionnaires import Cast, Questionnaire
from services.declarations.domain.words import ZERO, Counts
from services.declarations.storage import campaigns as store
from services.declarations.storage.ballots import ballots_by_group
from services.declarations.storage.campaign_lists import campaign_by_id, page_of_campaigns
from services.declarations.storage.naming import with_names
from services.declarations.storage.organisation import names_of
from services.declarations.usecases.campaigns.ballots import right_to_vote, token_rater
from shared.actor import Actor
from shared.batches import pick
from shared.contracts.declarations.commands.campaigns import CampaignQuery, OneCampaign
from shared.contracts.declarations.commands.recipients import TokenHolder
from shared.database import Row, Session
from shared.vocabulary.refusals import missing


def list_campaigns(session: Session, actor: Actor, query: CampaignQuery) -> Row:
    """List a page of campaigns. ``to_vote``: those in which the actor has still to vote, each with its ``subjects``."""
    page = page_of_campaigns(session, actor, query)
    ids = [row["campaign"] for row in page["items"]]
    groups = store.progress(session, ids)
    subjects = store.graded_in(session, ids) if query["to_vote"] else {}
    names = names_of(session, actor.bureau, (code for graded in subjects.values() for code in graded))
    shown = [
        {
            **row,
            "groups": groups.get(row["campaign"], []),
            "subjects": subjects.get(row["campaign"], []),
            "names": {code: names[code] for code in subjects.get(row["campaign"], [])},
        }
        for row in page["items"]
    ]
    return {**page, "items": with_names(session, actor.bureau, shown, "created_by")}


def get_campaign(session: Session, actor: Actor, query: OneCampaign) -> Row:
    """Return one campaign with its progress and, once it is closed, the grades counted for each subject."""
    check_runs_campaigns(actor)
    row = campaign_by_id(session, actor.bureau, query["campaign"])
    if row is None:
        raise missing("campaign.unknown", "没有这一评估", "there is no such campaign")
    graded = store.evaluations_of(session, [row["campaign"]])
    groups = store.progress(session, [row["campaign"]]).get(row["campaign"], [])
    questionnaire = Questionnaire.of(row["dimensions"], row["groups"])
    cast = ballots_by_group(session, row["campaign"]) if row["status"] == "closed" else []
    apart = _by_group(row["groups"], counting(row["combination"], questionnaire, cast))
    subjects = [one.subject for one in graded]
    secret = store.secret_items(session, actor.bureau, row["cycle"], subjects, row["indicator"])
    evaluations = [
        _told(one, apart.get(one.subject, []), told=(one.subject, one.indicator) not in secret) for one in graded
    ]
    shown = with_names(session, actor.bureau, evaluations)
    whole = {**row, "rules": row["groups"], "groups": groups, "evaluations": shown}
    return with_names(session, actor.bureau, [whole], "created_by")[0]


def read_questionnaire(session: Session, _actor: Actor, query: TokenHolder) -> Row:
    """Read the questionnaire: what the holder of a one-time token is asked, before they vote."""
    found = store.lock_campaigns(session, [query["campaign"]], bureau=None, to_close=False)
    one: Campaign = pick(found, "campaign", query["campaign"])
    rater = token_rater(query["token"])
    right_to_vote(one, store.lock_participations(session, [(one.campaign, rater)]).get((one.campaign, rater)))
    subjects = store.graded_in(session, [one.campaign])[one.campaign]
    names = names_of(session, one.bureau, subjects)
    return {
        "campaign": one.campaign,
        "title": one.title,
        "dimensions": [each["dimension"] for each in one.dimensions],
        "grades": list(GRADES),
        "subjects": [{"subject": code, "name": names[code]} for code in subjects],
    }


def _told(one: Evaluation, groups: list[Row], *, told: bool) -> Row:
    """The votes on a subject; where they are secret only how many voted."""
    own = {name: getattr(one, name) for name in ("subject", "layer", "votes", "left_out")}
    if not told:
        return {**own, "told": False, "counts": {}, "adjusted": None, "groups": []}
    return {**own, "told": True, "counts": one.counts, "adjusted": one.adjusted, "groups": groups}


def _by_group(rules: list[Row], cast: Cast) -> dict[str, list[Row]]:
    """subject -> each group's votes by grade, None where they would tell of too few (a group under three, or one to subtract it by)."""
    found: dict[str, dict[str, Counts]] = {}
    sizes: dict[str, dict[str, int]] = {}
    for group, votes in cast:
        for subject, grades in votes.items():
            counts = found.setdefault(subject, {}).setdefault(group, {})
            for grade in [grades] if isinstance(grades, str) else grades.values():
                counts[grade] = counts.get(grade, ZERO) + 1
            of_subject = sizes.setdefault(subject, {one["group"]: 0 for one in rules})
            of_subject[group] = of_subject.get(group, 0) + 1
    hidden = {subject: secret_parts(of_subject) for subject, of_subject in sizes.items()}
    return {
        subject: [
            {"group": group, "counts": None if group in hidden[subject] else found[subject].get(group, {})}
            for group in sorted(of_subject)
        ]
        for subject, of_subject in sizes.items()
    }
