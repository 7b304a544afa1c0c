"""The words of attendance: code → 中文."""

LEAVE_KINDS = {
    "annual": "年休假",
    "marriage": "婚假",
    "maternity": "产假",
    "bereavement": "丧假",
    "family_visit": "探亲假",
    "sick": "病假",
    "personal": "事假",
    "outing": "因公外出",
}
LEAVE_STATES = {"approved": "已批准", "withdrawn": "已撤销"}
HALVES = {"am": "上午", "pm": "下午"}
POINTS = {"arrive": "上班", "noon_out": "午间离开", "noon_in": "午间到岗", "depart": "下班"}
GATHERING_KINDS = {"meeting": "会议", "study": "学习"}
GATHERING_STATES = {"called": "已召集", "withdrawn": "已取消"}
SIGN_INS = {"signed": "已签到", "excused": "请假", "missing": "未签到"}
DEVICE_STATES = {"pending": "待批准", "approved": "已启用", "retired": "已停用"}
PUNCH_STATES = {"stored": "有效", "parked": "工号无主", "suspect": "时间存疑"}
DAY_WORDS = {"present": "出勤", "absent": "旷工", "overleave": "超假未归"}
