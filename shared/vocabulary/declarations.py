"""The words of declaring: code → 中文."""

from shared.vocabulary.complaints import CASE_NOTICES
from shared.vocabulary.roles import ROLES

DECLARATION_STATES = {
    "draft": "草稿",
    "declared": "已申报",
    "verified": "已核实",
    "assessed": "已核评",
    "recorded": "已归档",
    "returned": "已退回",
}
PENDING_STATES = ("draft", "returned")  # still to be declared
DECLARATION_STEPS = {
    "save": "保存草稿",
    "declare": "申报",
    "declare_over": "申报，更正机器取数",
    "withdraw": "撤回申报",
    "verify": "核实",
    "assess": "核评",
    "return": "退回",
    "record": "归档",
    "take_back": "撤回核实或核评",
    "overrule": "申诉成立，撤销退回",
    "amend": "更正",
    "note": "机器取数无可计事项，自动记录",
    "reopen": "机器取数更正，请申报",
}
DECIDING_COMMANDS = ("verify", "assess", "return", "record")
WAITING = {"verify": "待核实", "assess": "待核评", "return": "可退回", "record": "待归档", "correct": "待补正"}
ITEM_STATES = {  # of one's own items
    "due": "待申报",
    "draft": "草稿",
    "returned": "已退回",
    "declared": "已申报",
    "decided": "已核评",
}
MISSING = {"counts": "数量", "remark": "说明", "evidence": "佐证材料", "consent": "补报同意"}
VERIFIERS = {"head": "单位负责人", "hr": "人事部门", "complaints_centre": "12315 中心"}
VERSION_ENDS = {
    "return": "退回",
    "correct": "更正",
    "replace": "申报人更正",
    "withdraw": "撤回申报",
    "take_back": "撤回核实或核评",
    "spot_check": "抽查更正",
    "appeal": "申诉更正",
}  # what ended a version of a declaration
CONSENT_STATES = {"asked": "待答复", "granted": "已同意", "refused": "不同意"}
CONSENT_DECISIONS = {"grant": "同意", "refuse": "不同意"}
DUTIES = {  # whose notice it is
    "person": "本人",
    "head": "单位负责人",
    "above": "上一级负责人",
    "desk": "取数管理部门",
    "assessor": "核评科室",
}
DECIDING_STEPS = {"verify": "核实", "assess": "核评"}
DELEGATED_ROLES = {code: ROLES[code] for code in ("unit_head", "assessor", "leader", "hr", "complaints_centre")}
DELEGATION_STATES = {"active": "有效", "ended": "已终止"}
NOTICE_KINDS = {
    "declare_due": "待申报",
    "declare_late": "逾期未申报",
    "verify_due": "待核实",
    "verify_late": "逾期未核实",
    "verify_escalated": "逾期未核实，可由上一级负责人核实",
    "assess_due": "待核评",
    "assess_late": "逾期未核评",
    "assess_escalated": "逾期未核评，报上一级负责人",
    "order_due": "任务单临期",
    "order_late": "任务单逾期",
    "returned": "被退回",
    "assessed": "已核评",
    "amended": "已更正",
    "taken_back": "核实或核评已撤回",
    "ordered": "下达任务",
    "order_changed": "任务单变动",
    "refused": "任务单不被接受",
    "judged": "已评定",
    "asked": "被询问",
    "inquiry_closed": "询问已办结",
    "settled": "已核定",
    "rejected": "不予认定",
    "share_asked": "待确认贡献份额",
    "evaluated": "评估已结束",
    "vetoed": "否决已认定",
    "veto_lifted": "否决已撤销",
    "appeal_decided": "申诉已决定",
    "delegated": "受委托",
    "delegation_ended": "委托已终止",
    "published": "结果已公布",
    "talk_asked": "约定沟通",
    "talk_offered": "沟通记录待确认",
    "talk_returned": "沟通记录被退回",
    "talk_confirmed": "沟通记录已确认",
    "device_alarm": "考勤机告警",
    "device_alarm_over": "考勤机告警解除",
    "point_missed": "漏打卡待补签",
    **CASE_NOTICES,
}
DEED_KINDS = {
    "declaration": "申报",
    "order": "任务单",
    "inquiry": "问询",
    "work": "临时工作",
    "contribution": "贡献",
    "campaign": "评估",
    "veto": "否决",
    "spot_check": "抽查",
    "appeal": "申诉",
}
TO_DO_LISTS = {
    "to_declare": "待申报",
    "to_verify": "待核实",
    "to_assess": "待核评",
    "to_record": "待归档",
    "to_correct": "待补正",
    "consents_to_answer": "待答复的补报申请",
    "orders_to_answer": "待接受或报告的任务单",
    "orders_to_judge": "待评定的任务单",
    "orders_refused": "不接受的任务单",
    "inquiries_to_answer": "待答复的问询",
    "inquiries_to_close": "待办结的问询",
    "works_to_confirm": "待确认的临时工作",
    "works_to_correct": "待补正的临时工作",
    "works_to_assess": "待评定的临时工作",
    "contributions_to_screen": "待审核的贡献",
    "contributions_to_correct": "待补正的贡献",
    "shares_to_answer": "待确认的贡献份额",
    "opinions_to_give": "待提意见的贡献",
    "ballots_to_cast": "待投的票",
    "vetoes_to_confirm": "待认定的否决事项",
    "items_to_inspect": "待抽查的事项",
    "spot_checks_to_draw": "待抽取的抽查",
    "inspectors_to_name": "待指定的抽查人",
    "appeals_to_decide": "待决定的申诉",
}
FORMS = {
    "review": "工作绩效核评表",
    "accountability": "工作绩效问责表",
    "contribution": "工作绩效贡献表",
    "temporary": "临时工作考核表",
    "subjective": "工作绩效主观评估表",
}
FILLED_FORMS = (
    "review",
    "accountability",
    "contribution",
    "temporary",
)  # those that come back filled in; ballots never
ORDER_DEEDS = {"accept": "接受", "progress": "报进度", "complete": "报完成"}
BUREAU_RULES = {  # what a bureau may set otherwise, each from a day on
    "panel_quorum": "核定贡献至少需要的小组意见数",
    "panel_majority": "核定贡献须超过的同意比例（%）",
    "colleagues_stand_back": "小组成员对本单位的贡献是否回避（1 回避，0 不回避）",
    "evidence_refused": "缺少指标库要求的佐证材料时是否不予申报（1 不予申报，0 只提示）",
    "longest_delegation": "一次委托最多天数",
    "reminded_after": "逾期未申报后继续提醒的天数",
}
