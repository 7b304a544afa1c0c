"""What is asked and answered about channels."""

from marshmallow import fields
from marshmallow.validate import Email, Length

from gateway.api.core import Command, Document, PageQuery, batch, text
from shared.contracts.shapes import code, listing, word
from shared.vocabulary.declarations import NOTICE_KINDS
from shared.vocabulary.notices import DELIVERY_STATES, NOTICE_CLASSES, WAYS, WEBHOOK_FORMS

CLASSES = {name: one.title for name, one in NOTICE_CLASSES.items()}


class WayDocument(Document):
    way = word(WAYS, required=True)
    title = fields.String(required=True)
    there = fields.Boolean(required=True, metadata={"description": "set up here"})


class ClassDocument(Document):
    of_class = word(CLASSES, required=True)
    title = fields.String(required=True)
    urgent = fields.Boolean(required=True, metadata={"description": "mail and webhook cannot be switched off"})
    ways = listing(word(WAYS), "by which one is told beside the console")


class OwnChannels(Document):
    address = fields.String(required=True, allow_none=True, metadata={"description": "confirmed"})
    waiting = fields.String(required=True, allow_none=True, metadata={"description": "waits for its code"})
    digest = fields.Boolean(required=True, metadata={"description": "what is not urgent comes once a day, at 8:00"})
    ways = listing(WayDocument)
    classes = listing(ClassDocument)


class ChosenClass(Command):
    of_class = word(CLASSES, required=True)
    ways = fields.List(word(WAYS), required=True)


class Choices(Command):
    digest = fields.Boolean(required=True)
    classes = batch(fields.Nested(ChosenClass))


class NewAddress(Command):
    address = fields.String(required=True, validate=[Length(max=254), Email()])


class AddressCode(Command):
    code = text(20, required=True, load_only=True)


class ChannelDocument(Document):
    channel = fields.String(required=True)
    form = word(WEBHOOK_FORMS, required=True)
    name = fields.String(required=True)
    host = fields.String(required=True, metadata={"description": "of the address, which is told to nobody"})
    active = fields.Boolean(required=True)
    revision = fields.Integer(required=True)
    succeeded_at = fields.AwareDateTime(required=True, allow_none=True)
    failed_at = fields.AwareDateTime(required=True, allow_none=True)
    failure = fields.String(required=True)


class ChannelList(Document):
    items = listing(ChannelDocument)


class NewChannel(Command):
    form = word(WEBHOOK_FORMS, required=True)
    name = text(100, required=True)
    url = text(2000, required=True, load_only=True)
    secret = text(500, load_only=True, metadata={"description": "of the signature"})


class ChannelChange(Command):
    name = text(100)
    url = text(2000, load_only=True)
    secret = text(500, load_only=True)
    active = fields.Boolean()


class Trial(Document):
    sent = fields.Boolean(required=True)
    reason = fields.String(required=True)


class DeliveryQuery(PageQuery):
    status = word(DELIVERY_STATES)


class DeliveryDocument(Document):
    delivery = fields.String(
        required=True, metadata={"description": "the key that it is sent with where it goes alone"}
    )
    bureau = fields.String(required=True)
    notice = fields.String(required=True)
    account = fields.String(required=True, metadata={"description": "empty: for whoever reads the channel"})
    way = word(WAYS, required=True)
    channel = fields.String(required=True)
    kind = word(NOTICE_KINDS, required=True)
    status = word(DELIVERY_STATES, required=True)
    attempts = fields.Integer(required=True)
    reason = fields.String(required=True)
    made_at = fields.AwareDateTime(required=True)
    due_at = fields.AwareDateTime(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)


class Revival(Command):
    deliveries = batch(code())


class Revived(Document):
    revived = fields.Integer(required=True)
