"""What is told to people: the classes in which they choose how, which of them are urgent, and the ways out of the house."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.vocabulary.complaints import CASE_NOTICES


@dataclass(frozen=True)
class NoticeClass:
    title: str
    kinds: tuple[str, ...]
    urgent: bool = False  # cannot be switched off


# Every kind of notice is in one class (shared/vocabulary/declarations.py, NOTICE_KINDS).
NOTICE_CLASSES: Mapping[str, NoticeClass] = {
    "due": NoticeClass("临期提醒", ("declare_due", "verify_due", "assess_due", "order_due")),
    "late": NoticeClass(
        "逾期与上报",
        ("declare_late", "verify_late", "verify_escalated", "assess_late", "assess_escalated", "order_late"),
        urgent=True,
    ),
    "returned": NoticeClass("退回、更正与撤回", ("returned", "amended", "taken_back"), urgent=True),
    "orders": NoticeClass(
        "任务单与询问", ("ordered", "order_changed", "refused", "asked", "inquiry_closed"), urgent=True
    ),
    "decided": NoticeClass(
        "核评、评定与核定", ("assessed", "judged", "settled", "rejected", "share_asked", "evaluated")
    ),
    "contested": NoticeClass("否决与申诉", ("vetoed", "veto_lifted", "appeal_decided"), urgent=True),
    "delegated": NoticeClass("委托", ("delegated", "delegation_ended")),
    "published": NoticeClass("结果公布", ("published",), urgent=True),
    "talks": NoticeClass("沟通", ("talk_asked", "talk_offered", "talk_returned", "talk_confirmed")),
    "attendance": NoticeClass("考勤", ("point_missed",)),
    "devices": NoticeClass("考勤机", ("device_alarm", "device_alarm_over")),
    "cases": NoticeClass("12315 办件", tuple(CASE_NOTICES), urgent=True),
}
CLASS_OF: Mapping[str, str] = {kind: name for name, one in NOTICE_CLASSES.items() for kind in one.kinds}
WAYS = {"email": "电子邮件", "webhook": "本局消息接口", "robot": "工作群机器人"}
# Unless somebody chose otherwise. What a robot says is read by a whole group: nobody is named there who did not ask for it.
WANTED_UNASKED = frozenset({"email", "webhook"})
# How the addresses of a bureau are spoken to.
WEBHOOK_FORMS = {
    "signed": "签名接口",
    "wecom": "企业微信、政务微信机器人",
    "dingtalk": "钉钉机器人",
    "feishu": "飞书机器人",
}
DELIVERY_STATES = {"waiting": "待发送", "sent": "已发送", "dead": "发送失败"}


def wants(choices: Mapping[tuple[str, str], bool], of_class: str, way: str) -> bool:
    """Tell whether notices of the class go this way; ``choices``: (class, way) -> what was chosen."""
    if way in WANTED_UNASKED and NOTICE_CLASSES[of_class].urgent:
        return True
    return choices.get((of_class, way), way in WANTED_UNASKED)
