"""附件: files of a case, for those only who may see who complained."""

from marshmallow import fields

from shared.contracts.complaints.cases import OneCase
from shared.contracts.files import FileDocument, JudgedFile, SeveralFiles
from shared.contracts.operations import Family
from shared.contracts.shapes import Document, listing, note


class NewAttachment(OneCase):
    note = note(200, "what it is", load_default="")


class ReservedAttachment(JudgedFile, NewAttachment):
    """The file of a case as it is to be kept."""


class OneAttachment(OneCase):
    attachment = fields.UUID(required=True)


class AttachmentDocument(FileDocument):
    attachment = fields.String(required=True)
    case = fields.String(required=True)
    note = fields.String(required=True)
    added_at = fields.AwareDateTime(required=True)


class AttachmentPages(Document):
    attachment = fields.String(required=True)
    pages = fields.Integer(required=True, metadata={"description": "0: there is no preview of it, only the download"})


class AttachmentsDocument(Document):
    """``items`` is empty for whoever may not open them, ``count`` is told to all who see the case."""

    items = listing(AttachmentDocument)
    count = fields.Integer(required=True)
    may_open = fields.Boolean(required=True)
    why_not_add = fields.String(required=True, allow_none=True)


attachments = Family("complaints", "case_attachments", "附件 files of a case")

list_attachments = attachments.get(
    "/cases/<case>/attachments", "list_attachments", OneCase, AttachmentsDocument, may="may_see"
)("附件列表 the files of a case")
get_attachment = attachments.get(
    "/cases/<case>/attachments/<attachment>",
    "get_attachment",
    OneAttachment,
    AttachmentDocument,
    may="may_open_attachments",
    looks="may_open_attachments",
    mounted=False,
)("附件信息 what is known of a file")
drop_attachment = attachments.delete(
    "/cases/<case>/attachments/<attachment>",
    "drop_attachment",
    OneAttachment,
    None,
    may="why_not_add_attachments",
    status=204,
    mounted=False,
)("删除附件 take away a file that one put there oneself, while the case is not archived")
reserve_attachment = attachments.internal("reserve_attachment", ReservedAttachment, may="why_not_add_attachments")
keep_attachment = attachments.internal("keep_attachment", OneAttachment, may="why_not_add_attachments")
forget_attachments = attachments.internal("forget_attachments", SeveralFiles, may="operator")
list_attachments_to_clear = attachments.internal("list_attachments_to_clear", may="operator")
