"""The words of 告知: what a party is told of a case, by which way, and how far it came. code → 中文."""

MATTERS = {
    "acceptance": "受理决定",
    "refusal": "不予受理决定",
    "termination": "终止调解决定",
    "result": "举报处理结果",
    "transfer": "移送",
}
WAYS = {
    "phone": "电话",
    "sms": "短信",
    "letter": "挂号信",
    "email": "电子邮件",
    "platform": "全国12315平台",
    "in_person": "当面送达",
}
# What proves it, by its way: what the desk asks for.
PROOFS = {
    "phone": "录音编号",
    "sms": "短信回执状态",
    "letter": "挂号信编号",
    "email": "邮件回执",
    "platform": "平台办理记录号",
    "in_person": "送达回证编号",
}
NOTIFIED_STATES = {"owed": "待告知", "overdue": "逾期未告知", "unproved": "已告知待补凭证", "told": "已告知"}
NOTIFIED_FIGURES = {
    "decided_and_told": "按时决定并告知率",
    "termination_told": "终止调解按时告知率",
    "result_told": "举报结果按时告知率",
}
