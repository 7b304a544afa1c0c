"""Handovers: claims that colleagues hand on among themselves (转让、代管申请)."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema
from marshmallow.validate import Length

from shared.contracts.operations import Family
from shared.contracts.shapes import LIMIT, Command, Document, Exact, flag, listing, paged, sort, whole, word
from shared.contracts.targets.claims_transfers import UnplacedDocument
from shared.contracts.targets.fields import code, day, indicator_code, note, quantity, text
from shared.contracts.targets.keys import CycleSearch, NamedItem, OneCycle, WhyNotDocument
from shared.vocabulary.claims import HANDOVER_CHOICES, HANDOVER_KINDS, HANDOVER_STATES


class HandedItem(Command):
    indicator = indicator_code(required=True)
    quantity = quantity("all of the claim where absent", load_default=None)


class ProposeHandover(OneCycle):
    """A transfer names its items; a substitution is of everything."""

    kind = word(HANDOVER_KINDS, "transfer: the items named; substitute: all of one's claims", load_default="transfer")
    taker = code("the colleague", required=True)
    items = fields.List(fields.Nested(HandedItem), load_default=list, validate=Length(max=LIMIT))
    keep_served = flag("of a substitution: keep the part of the days served", load_default=True)
    last_day = day(load_default=None)
    reason = text(500, required=True)

    @validates_schema
    def each_once(self, data: dict[str, Any], **_options: Any) -> None:
        codes = [one["indicator"] for one in data["items"]]
        if bool(codes) != (data["kind"] == "transfer") or len(set(codes)) != len(codes):
            raise ValidationError("a transfer names each indicator once, a substitution none", "items")
        if any(one["quantity"] == 0 for one in data["items"]):
            raise ValidationError("a quantity is above 0", "items")


class OneHandover(OneCycle):
    handover = text(40, required=True)
    note = note(500, load_default="")


class AnswerHandover(OneHandover):
    accept = flag(required=True)


class DecideHandover(OneHandover):
    confirm = flag(required=True)


class HandoverQuery(CycleSearch):
    sort = sort("at", "giver_name", "taker_name", "status")
    status = word(HANDOVER_STATES, load_default=None)
    unit = code("those of a unit, for its head; one's own where absent", load_default=None)


class SetHandoverRule(OneCycle):
    revision = whole(load_default=None)
    confirm = flag("whether the head has to say yes", required=True)
    days = whole(1, 90, "after which it stands though the head said nothing", load_default=None)

    @validates_schema
    def of_use(self, data: dict[str, Any], **_options: Any) -> None:
        if data["days"] is not None and not data["confirm"]:
            raise ValidationError("days are given to those who confirm", "days")


class HandoverRuleDocument(Document):
    confirm = fields.Boolean(required=True)
    days = fields.Integer(required=True, allow_none=True)
    revision = fields.Integer(required=True)


class HandedItemDocument(Document):
    indicator = fields.String(required=True)
    quantity = Exact(required=True, allow_none=True)


class HandoverDocument(Document):
    handover = fields.String(required=True)
    kind = word(HANDOVER_KINDS, required=True)
    giver = fields.String(required=True)
    taker = fields.String(required=True)
    unit = fields.String(required=True, metadata={"description": "of the giver, whose head confirms"})
    crosses = fields.Boolean(required=True, metadata={"description": "to another unit: the office confirms"})
    items = listing(HandedItemDocument)
    keep_served = fields.Boolean(required=True)
    last_day = fields.Date(required=True, allow_none=True)
    reason = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    status = word(HANDOVER_STATES, required=True)
    revision = fields.Integer(required=True)
    stands_on = fields.Date(
        required=True, allow_none=True, metadata={"description": "the day on which it stands unconfirmed"}
    )
    note = fields.String(required=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)
    decided_by = fields.String(required=True, allow_none=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)


class NamedHandedItem(HandedItemDocument, NamedItem):
    """A claim that goes over, with the name of its item."""


class ListedHandover(HandoverDocument):
    items = listing(NamedHandedItem)
    giver_name = fields.String(required=True)
    taker_name = fields.String(required=True)
    unit_name = fields.String(required=True)
    may = listing(word(HANDOVER_CHOICES), "the steps that the reader may take now")
    why_not = listing(WhyNotDocument)


class ProposedHandover(HandoverDocument):
    unplaced = listing(UnplacedDocument)


handovers = Family("targets", "handovers", "认领移交 claims handed on between colleagues")

propose_handover = handovers.post(
    "/claims/handovers", "propose_handover", ProposeHandover, ProposedHandover, may="may_hand_over", status=201
)("申请移交 ask a colleague to take over some or all of one's claims")
list_handovers = handovers.get(
    "/claims/handovers", "list_handovers", HandoverQuery, paged(ListedHandover), may="anyone"
)("移交列表 one's own, those of a unit for its head, all for the office")
answer_handover = handovers.post(
    "/claims/handovers/<handover>/answer",
    "answer_handover",
    AnswerHandover,
    HandoverDocument,
    may="may_answer_handover",
)("同意或谢绝 the colleague's word")
decide_handover = handovers.post(
    "/claims/handovers/<handover>/decide",
    "decide_handover",
    DecideHandover,
    HandoverDocument,
    may="may_decide_handover",
)("负责人确认 the head's word, or the office's where it goes to another unit")
withdraw_handover = handovers.post(
    "/claims/handovers/<handover>/withdraw",
    "withdraw_handover",
    OneHandover,
    HandoverDocument,
    may="may_withdraw_handover",
)("撤回移交 by whoever proposed it, before it is carried out")
get_handover_rule = handovers.get(
    "/cycles/<cycle>/handover-rule", "get_handover_rule", OneCycle, HandoverRuleDocument, may="anyone", etag=True
)("移交规则 whether heads confirm handovers, and within how many days")
set_handover_rule = handovers.patch(
    "/cycles/<cycle>/handover-rule", "set_handover_rule", SetHandoverRule, HandoverRuleDocument, may="may_manage_cycle"
)("设定移交规则 needs If-Match")
