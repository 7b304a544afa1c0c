"""告知: what the parties are told of decisions and transfers, by which way, how it is proved, and who still has to tell."""

from marshmallow import fields

from shared.contracts.complaints.cases import OneCase
from shared.contracts.complaints.figures import PeriodScope
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    Exact,
    PageQuery,
    day,
    flag,
    instant,
    listing,
    needed_text,
    text,
    word,
)
from shared.vocabulary.case_notifications import MATTERS, NOTIFIED_FIGURES, NOTIFIED_STATES, WAYS
from shared.vocabulary.complaints import PARTIES


class OneNotification(OneCase):
    notification = fields.UUID(required=True)


class NotificationTold(OneNotification):
    way = word(WAYS, required=True)
    at = instant("when it was told; now where absent, never later", load_default=None)
    proof = text(
        200, "number of the recorded call, state of the message, number of the registered letter", required=True
    )
    received_on = day("when it was received, where that is known", load_default=None)
    paper = fields.UUID(load_default=None, metadata={"description": "the 文书 that was sent"})


class NotificationReceived(OneNotification):
    received_on = day(required=True)


class NotificationTakenBack(OneNotification):
    why = needed_text(500)


class NotificationWish(OneCase):
    way = word(WAYS, "by which the consumer asked to be told", required=True)


class NotificationFilter(Command):
    state = word(NOTIFIED_STATES, load_default=None)
    unit = text(20, load_default=None)
    handler = text(20, load_default=None)


class NotificationQuery(NotificationFilter, PageQuery):
    total = flag("tell how many there are", load_default=False)


class NotificationDocument(Document):
    notification = fields.String(required=True)
    case = fields.String(required=True)
    case_number = fields.String(required=True)
    matter = word(MATTERS, required=True)
    party = word(PARTIES, required=True)
    event = fields.Integer(required=True, metadata={"description": "of the case's history: what was decided"})
    decided_at = fields.AwareDateTime(required=True)
    due = fields.Date(required=True, allow_none=True)
    regime = fields.String(required=True)
    article = fields.String(required=True)
    unit = fields.String(required=True, metadata={"description": "who has to tell"})
    handler = fields.String(required=True, allow_none=True)
    state = word(NOTIFIED_STATES, required=True)
    way = word(WAYS, required=True, allow_none=True)
    told_at = fields.AwareDateTime(required=True, allow_none=True)
    proof = fields.String(required=True)
    received_on = fields.Date(required=True, allow_none=True)
    paper = fields.String(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True, allow_none=True)
    recorded_by = fields.String(required=True, allow_none=True)


class NotificationsDocument(Document):
    items = listing(NotificationDocument)
    wish = word(WAYS, "by which the consumer asked to be told", required=True, allow_none=True)
    why_not = fields.String(
        required=True, allow_none=True, metadata={"description": "why the reader may not record any"}
    )


class NotificationPage(Document):
    total = fields.Integer()
    total_capped = fields.Boolean()
    items = listing(NotificationDocument)
    next = fields.String(required=True, allow_none=True)


class MatterCount(Document):
    matter = word(MATTERS, required=True)
    zh = fields.String(required=True)
    due = fields.Integer(required=True)
    in_time = fields.Integer(required=True)
    late = fields.Integer(required=True)
    untold = fields.Integer(required=True)


class NotifiedFigure(Document):
    figure = word(NOTIFIED_FIGURES, required=True)
    zh = fields.String(required=True)
    numerator = fields.Integer(required=True)
    denominator = fields.Integer(required=True)
    over = fields.String(required=True, metadata={"description": "what the denominator counts"})
    value = Exact(required=True, allow_none=True, metadata={"description": "percent; null: n/a, nothing to count"})


class NotifiedFigures(Document):
    since = fields.Date(required=True)
    until = fields.Date(required=True)
    matters = listing(MatterCount)
    figures = listing(NotifiedFigure)


notifications = Family("complaints", "case_notifications", "告知 what the parties are told, and its proof")

list_case_notifications = notifications.get(
    "/cases/<case>/notifications", "list_case_notifications", OneCase, NotificationsDocument, may="may_see"
)("告知情况 what has to be told of a case and how it was")
set_notification_wish = notifications.put(
    "/cases/<case>/notifications/wish",
    "set_notification_wish",
    NotificationWish,
    NotificationsDocument,
    may="why_not_notify",
)("告知方式 note the way by which the consumer asked to be told")
record_notification = notifications.post(
    "/cases/<case>/notifications/<notification>/tell",
    "record_notification",
    NotificationTold,
    NotificationDocument,
    may="why_not_notify",
)("记录告知 record that a party was told, with its proof; the case's own step 告知 follows once all were")
record_receipt = notifications.post(
    "/cases/<case>/notifications/<notification>/receipt",
    "record_receipt",
    NotificationReceived,
    NotificationDocument,
    may="why_not_notify",
)("登记收到 record the day on which it was received")
take_back_notification = notifications.post(
    "/cases/<case>/notifications/<notification>/take-back",
    "take_back_notification",
    NotificationTakenBack,
    NotificationDocument,
    may="why_not_notify",
)("撤销告知记录 take back what was recorded wrongly; the trail keeps what it was")
list_notifications = notifications.get(
    "/case-notifications", "list_notifications", NotificationQuery, NotificationPage, may="anyone"
)("告知清单 who has to tell whom until when, the nearest first, of the cases that one may see")
show_notified = notifications.get(
    "/case-notifications/figures", "show_notified", PeriodScope, NotifiedFigures, may="may_see_figures"
)("告知指标 decided and told in time, by the days until which it was to be told")
