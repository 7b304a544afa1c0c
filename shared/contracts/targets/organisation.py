"""Bureaus, lines, the organisation as sheets, and what it will be on days to come: 总口、口、机构."""

from marshmallow import fields
from marshmallow.validate import Length

from shared.contracts.operations import Family
from shared.contracts.shapes import LIMIT, Command, Document, Empty, PageQuery, listing, paged, word
from shared.contracts.targets.fields import cell, code, day, text
from shared.contracts.targets.sheets import ImportReport, dry_run, file_format, sheets_field
from shared.vocabulary.organisation import SCHEDULED_KINDS

_ANY = fields.String(validate=Length(1, 100))  # whatever an account was given: it is looked for, not kept
SHEETS = ("lines", "organisation", "positions", "persons")


class NewBureau(Command):
    bureau = code("code of the bureau", required=True)
    name = text(required=True)


class BureauDocument(Document):
    bureau = fields.String(required=True)
    name = fields.String(required=True)


class ImportOrganisation(Command):
    sheets = sheets_field(*SHEETS)
    dry_run = dry_run()
    effective = day(
        "from when changes hold; today where absent; of a day to come it waits", load_default=None, allow_none=True
    )


class ExportOrganisation(Command):
    format = file_format()
    sheet = word(SHEETS, "which one, of a csv", load_default="organisation")


class SheetTally(Document):
    rows = fields.Integer(required=True)
    created = fields.Integer(required=True)
    updated = fields.Integer(required=True)


class OrganisationReport(ImportReport):
    units = fields.Nested(SheetTally, required=True)
    positions = fields.Nested(SheetTally, required=True)
    persons = fields.Nested(SheetTally, required=True)
    effective = fields.Date(required=True, metadata={"description": "from when units and positions are so"})


class Codes(Command):
    """Codes that an account is to stand for, or to have a role over."""

    persons = fields.List(_ANY, load_default=list, validate=Length(max=LIMIT))
    units = fields.List(_ANY, load_default=list, validate=Length(max=50 * LIMIT))
    lines = fields.List(_ANY, load_default=list, validate=Length(max=50 * LIMIT))


class LineDocument(Document):
    line = fields.String(required=True)
    name = fields.String(required=True)


class ScheduledKey(Command):
    kind = word(SCHEDULED_KINDS, required=True)
    code = code(required=True)
    starts = day(required=True)


class CellChange(Document):
    field = fields.String(required=True)
    before = cell(required=True)
    after = cell(required=True)


class ScheduledDocument(Document):
    kind = word(SCHEDULED_KINDS, required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    starts = fields.Date(required=True)
    changes = listing(CellChange)
    by = fields.String(required=True)


organisation = Family("targets", "organisation", "机构 bureaus, lines, and the organisation as sheets")

create_bureau = organisation.post(
    "/bureaus", "create_bureau", NewBureau, BureauDocument, may="may_manage_bureaus", status=201
)("新建分局 a bureau of this installation; by its administrator")
list_bureaus = organisation.get("/bureaus", "list_bureaus", PageQuery, paged(BureauDocument), may="anyone")(
    "分局列表 all bureaus for the installation's administrator, one's own for others"
)
list_lines = organisation.get("/lines", "list_lines", Empty, paged(LineDocument), may="anyone")(
    "口 the bureau's lines, in its order"
)
import_organisation = organisation.post(
    "/organisation/import",
    "import_organisation",
    ImportOrganisation,
    OrganisationReport,
    may="may_manage_organisation",
    mounted=False,
    filled=("sheets",),
    uploads=True,
)("导入机构、岗位与人员 the sheets lines, organisation, positions, persons (any may be absent), whole or not at all")
export_organisation = organisation.get(
    "/organisation/export",
    "export_organisation",
    ExportOrganisation,
    None,
    may="may_manage_organisation",
    mounted=False,
)("导出机构、岗位与人员 a workbook for people, or one sheet as .csv; either imports back to the same")
list_scheduled = organisation.get(
    "/organisation/scheduled", "list_scheduled", Empty, paged(ScheduledDocument), may="may_see_scheduled"
)("预定变动 what units, positions and persons will be on days to come")
withdraw_scheduled = organisation.post(
    "/organisation/scheduled/withdraw",
    "withdraw_scheduled",
    ScheduledKey,
    paged(ScheduledDocument),
    may="may_manage_organisation",
)("撤回预定变动 the change of that day is not to come about; answers with what still waits")
find_codes = organisation.internal("find_codes", Codes, may="may_find_codes", reads=True)
replay_state = organisation.internal("replay_state", may="may_replay")
