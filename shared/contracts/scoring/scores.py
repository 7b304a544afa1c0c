"""What a score looks like, in runs and in standings; and what names a run, a subject, a cycle."""

from collections.abc import Iterable

from marshmallow import fields

from shared.contracts.shapes import Command, Document, PageQuery, listing, text, word
from shared.vocabulary.library import CATEGORIES
from shared.vocabulary.organisation import LAYERS
from shared.vocabulary.scoring import BUREAU_COMPONENTS, COMPONENTS


def key(description: str = "", **options: object) -> fields.String:
    """Return the field for a code of 1..64 characters, as scoring's tables keep it."""
    return text(64, description, **options)


def number(description: str = "") -> fields.String:
    """Return the field for a published number as decimal text; null where there is none."""
    return fields.String(required=True, allow_none=True, metadata={"description": description})


def numbers(description: str = "") -> fields.Dict:
    """Return the field for decimal texts by codes that are a bureau's own: lines, periods, quantities of a rule."""
    return fields.Dict(
        keys=fields.String(),
        values=fields.String(allow_none=True),
        required=True,
        metadata={"description": description},
    )


def table_of(name: str, words: Iterable[str]) -> type[Document]:
    """Return the document of one decimal text for each of ``words``; those that
    do not concern the subject are left out."""
    members = {one: fields.String(allow_none=True) for one in words}
    return type(name, (Document,), {**members, "__module__": __name__})


CategoriesDocument = table_of("CategoriesDocument", CATEGORIES)
ComponentsDocument = table_of("ComponentsDocument", COMPONENTS)
BureauComponentsDocument = table_of("BureauComponentsDocument", BUREAU_COMPONENTS)


def component_table(description: str) -> fields.Nested:
    return fields.Nested(ComponentsDocument, required=True, metadata={"description": description})


class OneRun(Command):
    run = key(required=True)


class RunSubject(OneRun):
    subject = key(required=True)


class OneCycle(Command):
    cycle = key(required=True)


class CycleSubject(OneCycle):
    subject = key(required=True)


class RunPage(PageQuery):
    run = key(required=True)


class StruckBy(Document):
    veto = fields.String(required=True)
    indicator = fields.String(required=True)
    reason = fields.String(required=True)


class ScoreDocument(Document):
    """Null where only the rank is public."""

    subject = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    layer = word(LAYERS, required=True)
    unit = fields.String(required=True)
    unit_name = fields.String(required=True, allow_none=True)
    line = fields.String(required=True)
    rank = fields.Integer(required=True, allow_none=True, metadata={"description": "1, 1, 3; null without a score"})
    ranked = fields.Integer(required=True, metadata={"description": "of how many: those of the layer with a rank"})
    final = number("532 of a person, the composite score of a unit")
    layer_score = number("the subject's own layer")
    components = component_table("what the final score is made of; means with four decimals")
    categories = fields.Nested(CategoriesDocument, required=True, metadata={"description": "0..100, four decimals"})
    line_scores = numbers("a station's lines, else the one")
    nominated = fields.Boolean(required=True, allow_none=True, metadata={"description": "within the quota"})
    struck = fields.Boolean(required=True, allow_none=True, metadata={"description": "nominated, but vetoed"})
    commended = fields.Boolean(required=True, metadata={"description": "先进: nominated and not struck"})
    tied = fields.Boolean(
        required=True, allow_none=True, metadata={"description": "equal at the quota's edge: the panel chooses"}
    )
    vetoes = listing(StruckBy)


class QuotaDocument(Document):
    percent = fields.Integer(required=True)
    ranked = fields.Integer(required=True)
    places = fields.Integer(required=True)
    nominated = fields.Integer(required=True)
    struck = fields.Integer(required=True)
    tied = fields.Integer(required=True)


class LayerQuotas(Document):
    division = fields.Nested(QuotaDocument, required=True)
    station = fields.Nested(QuotaDocument, required=True)
    person = fields.Nested(QuotaDocument, required=True)


class BureauScoreDocument(Document):
    score = number("全局得分")
    components = fields.Nested(
        BureauComponentsDocument, required=True, metadata={"description": "the means that made it"}
    )
    quota = fields.Nested(LayerQuotas, required=True)


class NumberChange(Document):
    before = number()
    after = number()


class PlaceChange(Document):
    before = fields.Integer(required=True, allow_none=True)
    after = fields.Integer(required=True, allow_none=True)


class FlagChange(Document):
    before = fields.Boolean(required=True, allow_none=True)
    after = fields.Boolean(required=True, allow_none=True)
