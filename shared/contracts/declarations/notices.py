"""Notices that reach whoever holds a duty."""

from marshmallow import fields
from marshmallow.validate import Range

from shared.contracts.operations import Family
from shared.contracts.shapes import LIMIT, Command, Document, batch, code, flag, listing, word
from shared.vocabulary.complaints import NOTICE_CHANNELS
from shared.vocabulary.declarations import NOTICE_KINDS


class NoticeQuery(Command):
    unread = flag(load_default=False)
    before = code("`next` of the page before")
    limit = fields.Integer(load_default=100, validate=Range(1, LIMIT))


class NoticeContent(Document):
    zh = fields.String(required=True)
    en = fields.String(required=True)
    count = fields.Integer(required=True)
    due_on = fields.Date(required=True)
    channel = word(NOTICE_CHANNELS, "how it is told; on screen where absent")
    phone = fields.String(metadata={"description": "of the duty phone"})
    link = fields.String(metadata={"description": "where the console shows what it is about"})
    item = fields.String(metadata={"description": "the declaration, order, contribution … that it is about"})
    case = fields.String(allow_none=True, metadata={"description": "the 12315 case that it is about"})


class NoticeDocument(Document):
    notice = fields.String(required=True)
    cycle = fields.String(required=True)
    address = fields.String(required=True, metadata={"description": "to whom: person:P0001, head:D10, assessor:D09 …"})
    kind = word(NOTICE_KINDS, required=True)
    about = fields.String(required=True)
    on = fields.Date(required=True)
    read = fields.Boolean(required=True)
    content = fields.Nested(NoticeContent, required=True)


class Notices(Document):
    items = listing(NoticeDocument)
    next = fields.String(required=True, allow_none=True)


class ReadNotices(Command):
    notices = batch(code())


class NoticesRead(Document):
    read = fields.Integer(required=True, metadata={"description": "that had not been read before"})


notices = Family("declarations", "notices", "提醒 notices")

list_notices = notices.get("/notices", "list_notices", NoticeQuery, Notices, may="anyone")(
    "提醒 notices to oneself and to the duties one holds, the newest first"
)
read_notices = notices.post("/notices/read", "read_notices", ReadNotices, NoticesRead, may="anyone")(
    "标为已读 mark as read"
)
