"""The words of attendance: code → 中文."""

from datetime import timedelta

LEAVE_KINDS = {
    "annual": "年休假",
    "marriage": "婚假",
    "maternity": "产假",
    "paternity": "陪产假",
    "parental": "育儿假",
    "care": "护理假",
    "bereavement": "丧假",
    "family_visit": "探亲假",
    "injury": "工伤假",
    "compensatory": "补休",
    "sick": "病假",
    "personal": "事假",
    "outing": "因公外出",
}
LONGEST_DUTY = timedelta(hours=48)
BY_THE_HOUR = ("outing", "personal", "sick", "compensatory", "annual", "care", "parental")  # which may be taken so
LEAVE_STATES = {
    "requested": "待审批",
    "endorsed": "待人事科审批",
    "forwarded": "待局领导审批",
    "approved": "已批准",
    "refused": "未批准",
    "withdrawn": "已撤销",
}
LEAVE_STEPS = {
    "endorse": "同意上报",
    "forward": "同意并报局领导",
    "approve": "批准",
    "refuse": "不批准",
    "withdraw": "撤销",
    "return": "销假",
}
ALLOWANCE_KINDS = {"nursing": "哺乳时间", "pregnancy": "孕期工间休息", "health": "身体原因照顾"}
DUTY_STATES = {"called": "已安排", "withdrawn": "已取消"}
HALVES = {"am": "上午", "pm": "下午"}
POINTS = {"arrive": "上班", "noon_out": "午间离开", "noon_in": "午间到岗", "depart": "下班"}
POINT_STATES = {
    "ok": "正常",
    "late": "迟到",
    "early": "早退",
    "missed": "漏签",
    "absent": "旷工",
    "corrected": "已补签",
    "down": "设备停用",
    "due": "未到时间",
}
CORRECTION_STATES = {"filed": "待审批", "approved": "已批准", "refused": "未批准", "withdrawn": "已撤回"}
DOWN_STATES = {"proposed": "待确认", "approved": "已确认", "refused": "未确认"}
GATHERING_KINDS = {"meeting": "会议", "study": "学习"}
GATHERING_STATES = {"called": "已召集", "withdrawn": "已取消"}
SIGN_INS = {"signed": "已签到", "excused": "请假", "missing": "未签到"}
DEVICE_STATES = {
    "pending": "待批准",
    "approved": "已启用",
    "retired": "已停用",
    "rejected": "已拒绝",
    "expired": "久未出现",
}
DEVICE_SIGNS = {
    "online": "在线",
    "silent": "失联",
    "drifting": "时钟偏差",
    "behind": "数据滞后",
    "gap": "数据缺失",
    "elsewhere": "来自许可网络之外",
    "keyless": "通信密钥不符",
    "moved": "地址变更",
    "twice": "两处同时出现",
}
ADDRESS_ALARMS = (
    "elsewhere",
    "keyless",
    "moved",
    "twice",
)  # somebody says whether it was the clock; all others end by themselves
CONDITION_ALARMS = ("silent", "drifting", "behind", "gap", "unknown")
DEVICE_ALARMS = {
    **{kind: DEVICE_SIGNS[kind] for kind in (*ADDRESS_ALARMS, *CONDITION_ALARMS[:-1])},
    "unknown": "未知设备",
}
ALARM_STATES = {"open": "待处理", "accepted": "确认为本机", "refused": "确认非本机", "ended": "已恢复"}
# What a clock is told to do. Each is given out at its poll and answered by it.
COMMAND_KINDS = {
    "count": "核对条数",
    "fetch": "补取打卡",
    "list_users": "读取人员名单",
    "put_user": "下发人员",
    "drop_user": "删除人员",
    "set_time": "对时",
    "info": "查询状态",
    "reboot": "重启",
}
COMMAND_STATES = {
    "waiting": "待取",
    "given": "已下发",
    "done": "已完成",
    "failed": "未成功",
    "expired": "已过期",
    "cancelled": "已取消",
}
PROTOCOLS = {"": "考勤", "access": "门禁", "hikvision": "海康威视"}  # by which a clock speaks
PUNCH_STATES = {"stored": "有效", "parked": "工号无主", "suspect": "时间存疑", "quarantined": "设备待批准"}
ENROLMENT_STATES = {"current": "有效", "ended": "已停用"}
DECISIONS = {"accepted": "已采信", "corrected": "更正后采信", "refused": "不采信"}
APART_STATES = ("suspect", "quarantined")  # of punches that somebody decides on one by one
DAY_WORDS = {"present": "出勤", "absent": "旷工", "overleave": "超假未归", "due": "未到时间"}
ANOMALIES = {
    "missed": "漏签",
    "same_second": "同一秒在两台设备打卡",
    "far_apart": "数分钟内在两地打卡",
    "password": "长期以密码代替指纹",
    "on_leave": "请假期间打卡",
    "duty_missed": "值班未打卡",
}
ABSENCE_LIMITS = {
    "bars_running": "连续旷工超限，不得评为称职以上",
    "bars_year": "全年累计旷工超限，不得评为称职以上",
    "dismissal_running": "连续旷工达到辞退界限",
    "dismissal_year": "全年累计旷工达到辞退界限",
    "half_year": "缺勤超过半年",
}
MONTH_CAUSES = {  # why figures of a closed month changed
    "punch": "迟到的打卡",
    "leave": "请假外出",
    "correction": "补签",
    "enrolment": "工号登记",
    "assignment": "调动或离职",
    "calendar": "工作日历",
    "shift": "排班",
    "allowance": "每日时间",
    "duty": "值班",
    "down": "设备停用",
    "gathering": "会议学习",
    "closed_again": "重新月结",
    "upgrade": "系统升级",
}
VERIFIED = {"1": "指纹", "3": "密码", "4": "卡", "15": "人脸"}  # as the clocks number it
FINGER, PASSWORD, CARD, FACE = map(int, VERIFIED)
BIOMETRIC = (FINGER, FACE)
STANDINGS = {"person": "本人", "head": "部门负责人", "hr": "人事科"}
RULES = {
    "explain_within": "补签期限（工作日）",
    "explanations_a_month": "每月补签次数",
    "remind_from_hour": "当天几点起提醒漏打卡（24 不提醒）",
    "head_alone_days": "单位负责人可单独批准的请假天数",
    "hr_alone_days": "人事科可批准的请假天数（0 不限，更长的报局领导）",
    "leave_day_minutes": "请假按小时折算一天的分钟数",
    "lates_per_half_day": "迟到早退多少次折算旷工半天（0 不折算）",
    "rest_day_half": "休息日加班折半天补休的分钟数",
    "rest_day_whole": "休息日加班折一天补休的分钟数",
    "bars_running": "连续旷工超过多少天不得评为称职以上",
    "bars_year": "全年旷工超过多少天不得评为称职以上",
    "dismissal_running": "连续旷工超过多少天应予辞退",
    "dismissal_year": "全年旷工超过多少天应予辞退",
    **{f"days_{kind}": f"{zh}全年最多天数（0 不限）" for kind, zh in LEAVE_KINDS.items()},
}
