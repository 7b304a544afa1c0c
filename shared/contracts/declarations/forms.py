"""The five forms: shown, filled in offline and sent back. One document; its rows have the members of their kind of form."""

from marshmallow import fields
from marshmallow.validate import Length, Range

from shared.contracts.declarations.asking import OneCycle, evidence_lines
from shared.contracts.declarations.declaration_documents import Quantity
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    Exact,
    code,
    counts,
    flag,
    listing,
    needed_text,
    note,
    revision,
    whole,
    word,
)
from shared.vocabulary.declarations import FILLED_FORMS, FORMS, ORDER_DEEDS
from shared.vocabulary.library import CATEGORIES, TOOLS
from shared.vocabulary.organisation import LAYERS

ROWS = 1000


INSIDE = "with the rows of every period that lies in this one, to look at: a year's form holds its months"


class FormQuery(OneCycle):
    form = word(FORMS, required=True)
    period = code(required=True)
    subject = code("by default oneself; a unit one heads, or somebody of it")


class ShownForm(FormQuery):
    inside = flag(INSIDE, load_default=False)


class SheetRow(Command):
    row = whole(1, 1_048_576, required=True)


class ReviewRow(SheetRow):
    indicator = code(required=True)
    revision = revision("that the sheet shows; none where nothing had been declared yet")
    counts = counts(allow_none=True)
    self_points = Exact(allow_none=True)
    remark = note(load_default="")
    evidence = evidence_lines()


class OrderRow(SheetRow):
    order = code(required=True)
    revision = revision("that the sheet shows; none of a sheet of an older release")
    deed = word(ORDER_DEEDS, required=True)
    note = note(load_default="")


class ContributionRow(SheetRow):
    contribution = code("of a row that the sheet showed; none of a new one")
    revision = revision("that the sheet shows")
    indicator = code(required=True)
    level = code(allow_none=True, load_default=None)
    title = needed_text()
    effect = needed_text()
    proof = needed_text()


class TakenForm(FormQuery):
    """``rows`` are read one by one by the service, so that a fault names the sheet's row and not a place in a list."""

    form = word(FILLED_FORMS, required=True)
    draft = flag("keep as drafts, do not declare yet (review)", load_default=False)
    dry_run = flag("only tell the faults, change nothing", load_default=False)
    confirmed = flag("unusually large quantities were looked at once more (review)", load_default=False)
    rows = fields.List(fields.Dict(), required=True, validate=Length(1, ROWS))


class LabelledCount(Document):
    key = fields.String(required=True)
    label = fields.String(required=True)
    value = Exact(required=True)


class GradeVotes(Document):
    grade = fields.String(required=True)
    votes = Exact(required=True, allow_none=True)


class FormNote(Document):
    on = fields.Date(required=True)
    by = fields.String(required=True)
    text = fields.String(required=True)
    kind = fields.String(metadata={"description": "what was done: progress, complete …"})


class FormRow(Document):
    """The first members stand in every row; of the others those that its form has."""

    indicator = fields.String(required=True)
    name = fields.String(required=True)
    category = word(CATEGORIES, required=True)
    full_points = Exact(required=True)
    status = fields.String(required=True, allow_none=True, metadata={"description": "null: not begun"})
    points = Exact(required=True, allow_none=True)
    period = fields.String()
    tool = word(TOOLS)
    measure_unit = fields.String()
    standard = fields.String()
    required_evidence = fields.String()
    target = Exact(allow_none=True)
    quantities = fields.List(fields.Nested(Quantity))
    declaration = fields.String(allow_none=True)
    revision = fields.Integer(allow_none=True)
    self_points = Exact(allow_none=True)
    remark = fields.String(allow_none=True)
    reason = fields.String(allow_none=True, metadata={"description": "of the last return or correction"})
    differs = fields.Boolean(allow_none=True)
    not_applicable = fields.Boolean()
    evidence = fields.List(fields.String())
    shown_evidence = fields.List(fields.String(), metadata={"description": "files by their names"})
    declared_by = fields.String(allow_none=True)
    verified_by = fields.String(allow_none=True)
    assessed_by = fields.String(allow_none=True)
    order = fields.String(allow_none=True)
    work = fields.String()
    title = fields.String()
    deadline = fields.Date()
    notes = fields.List(fields.Nested(FormNote))
    counts = fields.List(fields.Nested(LabelledCount))
    meant_points = Exact(allow_none=True)
    completed_on = fields.Date(allow_none=True)
    percent = fields.Integer()
    origin = fields.String()
    issued_by = fields.String(allow_none=True)
    judged_by = fields.String(allow_none=True)
    contribution = fields.String()
    level = fields.String(allow_none=True)
    levels = fields.List(fields.Nested(LabelledCount))
    effect = fields.String()
    proof = fields.String()
    screened_by = fields.String(allow_none=True)
    settled_by = fields.String(allow_none=True)
    ballots = fields.Integer(allow_none=True)
    told = fields.Boolean(metadata={"description": "false: fewer than three voted in an evaluation of this item"})
    grades = fields.List(fields.Nested(GradeVotes))


class LevelChoice(Document):
    level = fields.String(required=True)
    label = fields.String(required=True)


class FormChoice(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    full_points = Exact(required=True)
    levels = listing(LevelChoice)


class Totals(Document):
    """Null where points are not to be added: those of a month are reckoned by the target of the year."""

    full_points = Exact(required=True, allow_none=True, metadata={"description": "once an item"})
    self_points = Exact(required=True, allow_none=True)
    points = Exact(required=True, allow_none=True)


class FormDocument(Document):
    form = word(FORMS, required=True)
    title = fields.String(required=True)
    cycle = fields.String(required=True)
    period = fields.String(required=True)
    starts = fields.Date(required=True)
    ends = fields.Date(required=True)
    subject = fields.String(required=True)
    name = fields.String(required=True)
    layer = word(LAYERS, required=True)
    unit = fields.String(required=True)
    unit_name = fields.String(required=True)
    line = fields.String(required=True)
    bureau_name = fields.String()
    inside = fields.Boolean(metadata={"description": "the rows are of every period that lies in this one"})
    fillable = flag("the reader may fill it in and send it back", required=True)
    rows = listing(FormRow)
    choices = listing(FormChoice, "what may be put forward as a contribution")
    totals = fields.Nested(Totals, required=True)
    names = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={"description": "code -> name of everybody in the rows"},
    )


class FormFault(Document):
    sheet = fields.String(required=True)
    row = fields.Integer(
        required=True,
        validate=Range(0),
        metadata={"description": "as a spreadsheet counts, the header is row 1; 0: the whole sheet"},
    )
    column = fields.String(required=True)
    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class ReturnReport(Document):
    applied = fields.Boolean(required=True)
    changed = fields.Integer(
        required=True, metadata={"description": "rows that changed something (in a dry run: would)"}
    )
    unchanged = fields.Integer(required=True, metadata={"description": "rows whose content stands already"})
    errors = listing(FormFault)


forms = Family("declarations", "forms", "五种表格 the five forms: shown, filled in offline, printed")

read_form = forms.get(
    "/forms/<any(review, accountability, contribution, temporary, subjective):form>",
    "read_form",
    ShownForm,
    FormDocument,
    may="sees_subject",
)("表格 a form of a person or unit for a period, for the screen")
take_form = forms.internal("take_form", TakenForm, may="check_answers_for")
