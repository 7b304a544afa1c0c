"""The words of task orders, of what is asked about them, and of temporary work: code → 中文."""

ORDER_STATES = {
    "issued": "已下达",
    "refused": "不接受",
    "accepted": "已签收",
    "completed": "已报完成",
    "judged": "已评定",
    "withdrawn": "已撤回",
}
ORDER_STEPS = {
    "issue": "下达",
    "accept": "签收",
    "refuse": "不接受",
    "insist": "维持下达",
    "progress": "进度",
    "complete": "报完成",
    "send_back": "退回整改",
    "postpone": "变更期限",
    "ask": "问责",
    "judge": "评定",
    "withdraw": "撤回",
    "take_back": "撤回上一步",
    "amend": "更正",
}
ORDER_ORIGINS = {"ordered": "下达", "volunteered": "自报"}
ORDER_RISKS = {"overdue": "已逾期", "at_risk": "有逾期风险"}
INQUIRY_STATES = {"asked": "待答复", "answered": "已答复", "closed": "已了结"}
INQUIRY_STEPS = {"ask": "问责", "answer": "答复", "close": "了结"}
CONSEQUENCES = {"none": "不予处理", "reminder": "提醒", "deduction": "扣分", "veto_proposed": "提出否决"}
WORK_STATES = {
    "reported": "已申报",
    "confirmed": "已确认",
    "assessed": "已评定",
    "returned": "已退回",
    "rejected": "不予认定",
    "withdrawn": "已撤回",
}
WORK_STEPS = {
    "report": "申报",
    "withdraw": "撤回申报",
    "confirm": "确认",
    "take_back": "撤回上一步",
    "return": "退回",
    "assess": "评定",
    "reject": "不予认定",
}
BACK = ("withdraw", "take_back")  # one's own last step, which waits for nobody
ORDER_CHOICES = {step: zh for step, zh in ORDER_STEPS.items() if step not in ("issue", "amend")}
ORDER_WAITING = {step: zh for step, zh in ORDER_CHOICES.items() if step != "take_back"}
INQUIRY_CHOICES = {step: zh for step, zh in INQUIRY_STEPS.items() if step != "ask"}
WORK_CHOICES = {step: zh for step, zh in WORK_STEPS.items() if step != "report"}
WORK_WAITING = {step: zh for step, zh in WORK_CHOICES.items() if step not in BACK}
