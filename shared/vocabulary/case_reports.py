"""What the reports of 12315 count: item → 中文 and the unit in which it is counted."""

from shared.vocabulary.complaints import CASE_KINDS, CASE_NATURES, CHANNELS

PIECES, YUAN, UNITS, SHARE = "件", "元", "个", "%"
REPORT_ITEMS: dict[str, tuple[str, str]] = {
    "received": ("接收合计", PIECES),
    **{f"received_{kind}": (f"接收{zh}", PIECES) for kind, zh in CASE_KINDS.items()},
    **{f"channel_{channel}": (f"来源：{zh}", PIECES) for channel, zh in CHANNELS.items()},
    "channel_unknown": ("来源：未登记", PIECES),
    "accepted": ("受理投诉", PIECES),
    "refused": ("不予受理投诉", PIECES),
    "concluded": ("办结投诉", PIECES),
    "agreed": ("调解成功（达成协议、和解）", PIECES),
    "recovered": ("为消费者挽回经济损失", YUAN),
    "filed": ("举报立案", PIECES),
    "ended": ("立案案件办结", PIECES),
    **{f"nature_{nature}": (f"查处{zh}案件", PIECES) for nature, zh in CASE_NATURES.items()},
    "penalised": ("作出行政处罚", PIECES),
    "fined": ("罚款", YUAN),
    "turned": ("诉转案", PIECES),
    "supervised": ("督办过的件", PIECES),
    "published": ("公示投诉处理结果", PIECES),
    "withheld": ("不予公示、暂缓公示", PIECES),
    "objected": ("公示异议待处理", PIECES),
    "units_bureau": ("联网分局（区县）", UNITS),
    "units_station": ("联网市场监管所", UNITS),
    "units_active": ("期内有件的单位", UNITS),
}
# As they stand today: what was connected a year ago is not known.
STANDING = frozenset({"units_bureau", "units_station"})
