"""The words of Open311 GeoReport v2 as it is answered here: which kinds of case may be public at all, and what each service asks for."""

from typing import NamedTuple

FORMS = {"json": "application/json", "xml": "text/xml"}
# A report is in none of them: that there is one may already tell its trader who reported it.
SERVICES = {"complaint": "消费投诉", "enquiry": "咨询", "suggestion": "建议"}
DESCRIPTIONS = {
    "complaint": "消费者因生活消费与经营者发生争议，请求市场监管部门调解",
    "enquiry": "询问市场监管职责范围内的事项",
    "suggestion": "对市场监管工作提出建议",
}
STATUSES = {"open": "办理中", "closed": "已结束"}
CLOSED_STATES = ("refused", "concluded", "withdrawn", "transferred", "archiving", "archived")
DAYS = 90  # of one answer at the most, as the standard has it
MOST = 1000  # requests of one answer at the most


class Attribute(NamedTuple):
    """What a service asks of whoever turns to it; ``kind``: a data type of the standard."""

    code: str
    zh: str
    kind: str
    required: bool


_WHAT = Attribute("summary", "事实和理由", "text", required=True)
ATTRIBUTES: dict[str, tuple[Attribute, ...]] = {
    "complaint": (
        Attribute("trader", "被投诉人名称", "string", required=True),
        Attribute("trader_address", "被投诉人地址", "string", required=True),
        _WHAT,
        Attribute("request", "投诉请求", "text", required=True),
        Attribute("goods", "商品或者服务", "string", required=False),
        Attribute("amount", "争议金额（元）", "number", required=False),
    ),
    "enquiry": (_WHAT,),
    "suggestion": (_WHAT,),
}
