"""The words of contributions: code → 中文."""

CONTRIBUTION_STATES = {
    "declared": "已申报",
    "screened": "已初审",
    "settled": "已核定",
    "rejected": "不予核定",
    "returned": "已退回",
    "withdrawn": "已撤回",
}
CONTRIBUTION_STEPS = {
    "declare": "申报",
    "withdraw": "撤回申报",
    "screen": "初审",
    "take_back": "撤回上一步",
    "return": "退回",
    "share": "合作者答复",
    "opine": "小组意见",
    "settle": "核定",
    "reject": "不予核定",
    "call_off": "随整项撤回",
    "amend": "更正",
}
NO_CHOICES = ("declare", "call_off", "amend")
BACK = ("withdraw", "take_back")  # one's own last step, which waits for nobody
CONTRIBUTION_CHOICES = {step: zh for step, zh in CONTRIBUTION_STEPS.items() if step not in NO_CHOICES}
CONTRIBUTION_WAITING = {step: zh for step, zh in CONTRIBUTION_CHOICES.items() if step not in BACK}
