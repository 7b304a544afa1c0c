"""The words of 12315: code → 中文."""

CASE_KINDS = {"complaint": "投诉", "report": "举报", "enquiry": "咨询", "suggestion": "建议"}
ORGANISATIONS = {"bureau": "市场监管局", "association": "消费者协会"}
CHANNELS = {
    "platform": "全国12315平台",
    "hotline": "热线电话",
    "letter": "来信",
    "visit": "来访",
    "email": "电子邮件",
    "transfer": "其他机关转来",
}
# What a filed case was about, as the yearly table counts it.
CASE_NATURES = {"infringement": "侵权", "counterfeit": "假冒", "quality": "质量", "other": "其他"}
CASE_STATES = {
    "registered": "已登记",
    "assigned": "已分派",
    "taken_up": "已签收",
    "accepted": "已受理",
    "entrusted": "委托调解中",
    "refused": "不予受理",
    "concluded": "已办结",
    "withdrawn": "已撤回",
    "merged": "已并案",
    "transferring": "移送中",
    "transferred": "已移送",
    "archiving": "归档检查中",
    "archived": "已归档",
    "voided": "已作废",
}
OPEN_STATES = ("registered", "assigned", "taken_up", "accepted", "entrusted", "transferring")
CASE_STEPS = {
    "assign": "分派",
    "take_up": "签收",
    "send_back": "退单",
    "transfer": "移送",
    "confirm_transfer": "移送签收",
    "return_transfer": "移送退回",
    "represent": "登记代理人和代表人",
    "check_identity": "身份核验",
    "ask_supplement": "限期补正",
    "supplement": "补正",
    "contact": "首次联系",
    "accept": "受理",
    "refuse": "不予受理",
    "consent": "记录当事人同意",
    "decline": "拒绝调解",
    "name_mediator": "指定调解员",
    "appoint": "约定调解",
    "attend": "记录到场",
    "ask_recusal": "申请回避",
    "decide_recusal": "决定回避",
    "mediate": "组织调解",
    "entrust": "委托消协调解",
    "report_back": "委托调解回报",
    "recall": "收回委托",
    "pause": "鉴定检测开始",
    "resume": "鉴定检测结束",
    "extend": "延长核查",
    "restart": "新线索重新计时",
    "lead": "发现违法线索",
    "extend_lead": "延长线索核查",
    "check_lead": "线索核查完毕",
    "turn_into_case": "诉转案",
    "dispute": "管辖争议",
    "settle_dispute": "管辖确定",
    "decide_dispute": "指定管辖",
    "send_to_trader": "转企业先行和解",
    "trader_answered": "企业和解回复",
    "conclude": "办结",
    "answer": "答复",
    "withdraw": "撤回",
    "tell": "告知",
    "perform": "履行",
    "extend_filed": "立案案件延期",
    "extend_filed_again": "集体讨论延期",
    "end_filed": "立案案件办结",
    "propose_reward": "提出举报奖励",
    "approve_reward": "批准举报奖励",
    "decline_reward": "不予奖励",
    "pay_reward": "发放举报奖励",
    "follow_up": "回访",
    "redo": "重新办理",
    "archive": "归档送检",
    "pass_archive": "归档合格",
    "reject_archive": "归档退回",
    "publish": "公示",
    "unpublish": "撤回公示",
    "withhold": "不予公示或暂缓公示",
    "end_withholding": "解除不予公示",
    "object": "登记公示异议",
    "decide_objection": "处理公示异议",
    "mark_repeat": "标记重复",
    "unmark_repeat": "取消重复标记",
    "merge": "并案",
    "unmerge": "取消并案",
    "supervise": "督办",
    "answer_supervision": "督办回复",
    "find_fault": "认定工作人员责任",
    "allow_late": "同意补录",
    "correct": "更正",
    "annul": "撤销",
}
CASE_EVENTS = {"register": "登记", **CASE_STEPS}
OUTCOMES = {
    "agreement": "达成调解协议",
    "settled": "双方和解",
    "terminated": "终止调解",
    "filed": "立案",
    "not_filed": "不予立案",
    "answered": "已答复",
}
SATISFACTIONS = {
    "very_satisfied": "非常满意",
    "satisfied": "满意",
    "basically": "基本满意",
    "fair": "一般",
    "dissatisfied": "不满意",
}
# The grades that a follow-up is given in; the fifth word above is of the release before.
GRADES = {one: SATISFACTIONS[one] for one in ("very_satisfied", "satisfied", "fair", "dissatisfied")}
PARTIES = {"consumer": "投诉人", "trader": "被投诉人"}
CONSENTS = {"mediation": "同意调解", "entrusting": "同意委托调解"}
CLOCKS = {
    "accept": "受理决定",
    "mediate": "调解",
    "tell_termination": "告知终止调解",
    "verify": "举报核查",
    "tell_result": "告知处理结果",
    "tell_filing": "告知立案",
    "filed": "立案案件办结",
    "lead": "线索核查",
    "dispute": "管辖协商",
    "odr": "企业先行和解",
}
COUNTED = {"working": "工作日", "calendar": "日"}
CLOCK_STATES = {
    "running": "计时中",
    "paused": "中止计时",
    "beyond_calendar": "日历未公布",
    "overdue": "已逾期未办",
    "kept": "按时",
    "late": "逾期",
    "superseded": "重新计时",
    "ended": "程序终结",
}
READINGS = {
    "weekend_moves": "末日为周末时顺延",
    "statutory_only": "仅法定节假日当日顺延",
    "pause_both_ends": "鉴定首尾两日均不计",
    "supplement_pauses": "补正期间不计入",
    "recusal_pauses": "回避审查期间不计入",
    "other_regime": "按另一规章计算",
    "earlier_of_two": "消保法实施条例第46条",
    "first_receipt": "按首次收到之日计算",
    "own_receipt": "按本局收到之日计算",
    "own_limit": "本局时限",
}
PUBLICATIONS = {"published": "公示中", "objected": "异议待处理", "withheld": "不予公示或暂缓"}
# Lists of cases by what they wait for. `mine`: what one handles or heads and is not rid of.
QUEUES = {
    "open": "未办结",
    "to_assign": "待分派",
    "mine": "我办的",
    "soon": "临期",
    "overdue": "逾期",
    "urged": "督办中",
    "follow_up": "待回访",
    "objected": "公示异议",
    "done": "已办结",
}
COLOURS = {"overdue": "逾期", "soon": "临期", "running": "计时中", "paused": "中止", "none": "无期限"}
ROLES = {
    "centre": "12315中心",
    "head": "承办单位负责人",
    "intake_head": "登记单位负责人",
    "handler": "承办人",
    "mediator": "调解员",
    "entrusted": "受托的消费者协会",
    "own_head": "消费者协会负责人",
    "own_handler": "消费者协会承办人",
    "own_mediator": "消费者协会调解员",
}
FIGURES = {
    "accepted_in_time": "投诉按时受理率",
    "concluded_in_time": "投诉按时办结率",
    "mediation_success": "投诉调解成功率",
    "recovered_loss": "为消费者挽回经济损失",
    "first_contact_days": "投诉首次联系用时",
    "repeat_complaints": "重复投诉率",
    "dispatch_hours": "工单分派平均用时",
    "agreement_performance": "调解协议履行率",
    "reports_verified_in_time": "举报按时核查率",
    "report_result_told_in_time": "举报处理结果告知及时率",
    "follow_ups": "办结投诉回访率",
    "follow_up_satisfaction": "投诉回访满意率",
}
SUPERVISION_COUNTS = {
    "supervised_automatically": "逾期自动督办次数",
    "supervised_by_superior": "上级督办次数",
    "supervision_answered": "督办按期回复",
}
COUNTED_CASES = {"accepted_cases": "受理件数", "mediated_cases": "组织调解件数"}
CASE_NOTICES = {
    "case_due": "12315件临期",
    "case_own_late": "12315件超过本局时限",
    "case_overdue": "12315件逾期，自动督办",
    "case_supervised": "12315件被督办",
    "case_answered": "督办已回复",
    "case_answer_late": "督办逾期未回复",
    "case_urgent": "12315紧急督办",
    "calendar_unknown": "工作日历尚未公布",
    "hot_spot": "投诉热点预警",
}
NOTICE_CHANNELS = {"screen": "站内提醒", "duty_phone": "值班电话"}
FIGURE_UNITS = {"percent": "%", "wan_yuan": "万元", "working_days": "个工作日", "working_hours": "工作小时"}
SUCCESS_OVER = {"concluded": "已受理并办结件数", "accepted": "受理件数", "mediated": "组织调解件数"}
DENOMINATORS = {
    "accepted_in_time": "期内应作出决定的件数",
    "concluded_in_time": "期内到期应办结件数",
    "mediation_success": SUCCESS_OVER["concluded"],
    "recovered_loss": "",
    "first_contact_days": "联系件数",
    "repeat_complaints": "办结件数",
    "dispatch_hours": "分派件数×60（分子是工作分钟）",
    "agreement_performance": "已到履行期的协议数",
    "reports_verified_in_time": "期内应核查件数",
    "report_result_told_in_time": "应告知件数",
    "follow_ups": "办结投诉件数",
    "follow_up_satisfaction": "有效回访件数",
}
