"""The words of allocations, claims and handovers: code → 中文."""

CLAIM_STATES = {"claimed": "已认领", "released": "已退回"}
CLAIM_STEPS = {"unit": "单位认领", "person": "个人认领"}
SCOPES = {"own": "本人", "unit": "本单位", "bureau": "全局"}
CLAIM_CHOICES = {"claim": "认领或调整", "release": "退回", "transfer": "转让", "hand_over": "申请移交"}
ALLOCATION_CHOICES = {"allocate": "分解", "draw": "认领", "return": "退回", "permit_excess": "准许超额"}
HANDOVER_CHOICES = {"answer": "答复", "decide": "确认", "withdraw": "撤回"}
SHORTAGES = {"nobody": "无人承担", "caps": "受人均上限限制", "ceilings": "受领导上限限制", "remainder": "不足最小单位"}
BOUNDS = {"cap": "人均上限", "floor": "领导下限", "ceiling": "领导上限"}
MOVEMENTS = {"draw": "单位认领", "return": "退回", "transfer": "转让", "split": "拆分", "substitute": "接替"}
HANDOVER_KINDS = {"transfer": "转让", "substitute": "代管"}
HANDOVER_STATES = {
    "proposed": "待同事答复",
    "accepted": "待负责人确认",
    "done": "已移交",
    "declined": "同事谢绝",
    "refused": "负责人不同意",
    "withdrawn": "已撤回",
    "failed": "未能移交",
}
