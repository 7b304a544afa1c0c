"""Results: publication with its settings and objection period, feedback, the list of the commended."""

from typing import Any

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.scoring.conversations import ConversationDocument
from shared.contracts.scoring.explanations import ToldVeto
from shared.contracts.scoring.grades import PersonalGradeDocument
from shared.contracts.scoring.improvements import ImprovementDocument
from shared.contracts.scoring.runs import RunItem
from shared.contracts.scoring.scores import OneRun, RunSubject, component_table, number
from shared.contracts.shapes import Document, flag, listing, revision, whole, word
from shared.vocabulary.organisation import LAYERS
from shared.vocabulary.scoring import LEVELS, RUN_STATES

MOST_DAYS = 366  # the bureau's own bounds are told by /scoring-rules


def visible(**options: Any) -> fields.Dict:
    return fields.Dict(
        keys=word(LAYERS),
        values=word(LEVELS),
        metadata={
            "description": "layer -> what everybody sees: own (one's own score), list (the commended as well), "
            "ranking (everybody's rank), scores (everybody's scores, the default)"
        },
        **options,
    )


class Publishing(OneRun):
    visible = visible(load_default=dict)
    objection_days = whole(
        1,
        MOST_DAYS,
        "working days for objections; by default the least of the bureau's rules",
        load_default=None,
        allow_none=True,
    )


class PublicationChange(OneRun):
    visible = visible(load_default=dict)
    objection_days = whole(1, MOST_DAYS, "only more than were given", load_default=None, allow_none=True)
    revision = revision(load_default=None, allow_none=True)


class PublicationDocument(Document):
    bureau = fields.String(required=True)
    run = fields.UUID(required=True)
    cycle = fields.String(required=True)
    revision = fields.Integer(required=True)
    visible = visible(required=True)
    objection_days = fields.Integer(required=True, metadata={"description": "working days"})
    published_on = fields.Date(required=True)
    objections_until = fields.Date(required=True, metadata={"description": "its last day; objections are appeals"})
    by = fields.String(required=True)
    open = fields.Boolean(required=True, metadata={"description": "an objection made today is in time"})


class PublishedDocument(RunItem):
    publication = fields.Nested(PublicationDocument, required=True)


class ItemTold(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    points = number()
    full_points = number()
    formula = fields.String(required=True)


class WeakItem(ItemTold):
    cost = number("what the missing points took from the final score, rounded; for reading, not for adding")


class MissingItem(ItemTold):
    due = fields.Integer(required=True)
    declared = fields.Integer(required=True)


class MeansDocument(Document):
    layer = number("of the final scores of the layer")
    unit = number("of its part in the unit; null for the few")


class FeedbackDocument(Document):
    run = fields.UUID(required=True)
    cycle = fields.String(required=True)
    status = word(RUN_STATES, required=True)
    subject = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    layer = word(LAYERS, required=True)
    unit = fields.String(required=True)
    unit_name = fields.String(required=True, allow_none=True)
    bureau_name = fields.String(allow_none=True)
    line = fields.String(required=True)
    rank = fields.Integer(required=True, allow_none=True)
    ranked = fields.Integer(required=True, metadata={"description": "of how many: those of the layer with a rank"})
    final = number()
    layer_score = number()
    components = component_table("of the final score")
    weights = component_table("of the components")
    formula = fields.String(required=True)
    sentence = fields.String(required=True)
    notes = listing(fields.String())
    commended = fields.Boolean(required=True)
    struck = fields.Boolean(required=True, metadata={"description": "within the quota, but not on the list: vetoed"})
    vetoes = listing(ToldVeto)
    frozen_at = fields.AwareDateTime(required=True)
    input_hash = fields.String(required=True)
    means = fields.Nested(MeansDocument, required=True, metadata={"description": "for comparison"})
    strong = listing(ItemTold)
    weak = listing(WeakItem, "the costliest first")
    weak_in_all = fields.Integer(required=True)
    missing = listing(MissingItem, "not declared in full")
    grade = fields.Nested(PersonalGradeDocument, required=True, allow_none=True)
    publication = fields.Nested(PublicationDocument, required=True, allow_none=True)
    conversation = fields.Nested(ConversationDocument, required=True, allow_none=True)
    improvements = listing(ImprovementDocument)


class CommendedDocument(Document):
    place = fields.Integer(required=True)
    subject = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    unit = fields.String(required=True)
    unit_name = fields.String(required=True, allow_none=True)
    final = number("where scores are public")


class CommendedLists(Document):
    """Of the layers whose list is public."""

    division = listing(CommendedDocument, required=False)
    station = listing(CommendedDocument, required=False)
    person = listing(CommendedDocument, required=False)


class CommendationsQuery(OneRun):
    posted = flag("as the lists are put up: what everybody may see and nothing else", load_default=False)


class CommendationsDocument(Document):
    bureau_name = fields.String(allow_none=True)
    run = fields.UUID(required=True)
    cycle = fields.String(required=True)
    status = word(RUN_STATES, required=True)
    approved_at = fields.AwareDateTime(required=True, allow_none=True)
    publication = fields.Nested(PublicationDocument, required=True, allow_none=True)
    lists = fields.Nested(CommendedLists, required=True)


results = Family("scoring", "results", "结果运用 publication, feedback sheets, the list of the commended")

publish_run = results.post(
    "/runs/<uuid:run>/publish", "publish_run", Publishing, PublishedDocument, may="may_publish", etag=True
)("公布 publish, by the office or a leader: what everybody may see, and for how many days objections are taken")
read_publication = results.get(
    "/runs/<uuid:run>/publication", "read_publication", OneRun, PublicationDocument, may="may_read_run", etag=True
)("公布设置与公示期 what is public, and until when objections are taken")
change_publication = results.patch(
    "/runs/<uuid:run>/publication", "change_publication", PublicationChange, PublicationDocument, may="may_publish"
)("变更公布设置 other settings, or more days")
read_feedback = results.get(
    "/runs/<uuid:run>/feedback/<subject>", "read_feedback", RunSubject, FeedbackDocument, may="detail_sight"
)("反馈单 what went well, what cost how much, what was not declared, and what follows")
print_feedback = results.get(
    "/runs/<uuid:run>/feedback/<subject>/paper", "read_feedback", RunSubject, None, may="detail_sight", mounted=False
)("反馈单（PDF） the same on paper, with room for both signatures")
list_commendations = results.get(
    "/runs/<uuid:run>/commendations", "list_commendations", CommendationsQuery, CommendationsDocument, may="sight"
)("先进名单 the final lists, of the layers whose list is public")
print_commendations = results.get(
    "/runs/<uuid:run>/commendations/paper",
    "list_commendations",
    CommendationsQuery,
    None,
    may="sight",
    mounted=False,
    fixed={"posted": True},
)("先进名单（PDF） the lists as a notice to be put up, whoever prints it: what everybody may see")
