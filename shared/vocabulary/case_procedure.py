"""The words of a case's procedure: what its steps may say, code → 中文."""

IDENTITIES = {"confirmed": "核验一致", "false": "身份不实", "declined": "拒绝核验"}
MATERIALS = {
    "identity": "身份证明",
    "mandate": "授权委托书",
    "representatives": "代表人推选材料",
    "trader": "被投诉人名称和地址",
    "facts": "具体事实",
    "request": "具体诉求",
}
POWERS = {"general": "一般代理", "special": "特别授权"}
MODES = {"on_site": "现场", "remote": "远程"}
ATTENDANCES = {"present": "到场", "excused": "有正当理由未到场", "absent": "无正当理由未到场"}
RECUSAL_ASKERS = {"consumer": "投诉人", "trader": "被投诉人", "mediator": "调解员"}
APPRAISER_CHOICES = {"parties": "双方协商确定", "bureau": "本局指定"}
AGREEMENT_FORMS = {"statement": "调解书", "record": "调解笔录"}
COMPETENCES = {"ours": "本局管辖", "theirs": "他局管辖"}
TRANSFER_STATES = {"sent": "已移送", "received": "受移送机关已签收", "returned": "已退回"}
ARCHIVE_STATES = {"checking": "归档检查中", "rejected": "退回补正", "archived": "已归档"}
REWARD_STATES = {"proposed": "已提出", "approved": "已批准", "declined": "不予奖励", "paid": "已发放"}
# How another case belongs to one.
RELATIONS = {
    "linked": "关联的件",
    "merged_from": "并入本件的",
    "merged_into": "本件并入",
    "repeat_of": "重复投诉的原件",
}
# Why a result is not published, or later.
WITHHOLDINGS = {
    "privacy": "涉及个人隐私",
    "trade_secret": "涉及商业秘密",
    "state": "涉及国家秘密或者公共利益",
    "unfounded": "经核实不属于经营者责任",
    "verifying": "有关事实尚待核实",
    "other": "其他不宜公示的情形",
}
OBJECTION_DECISIONS = {
    "upheld": "异议成立，撤下公示",
    "corrected": "信息有误，已更正后继续公示",
    "refused": "异议不成立，继续公示",
}
SIGNS = {
    "frequency": "短期内多次投诉",
    "quantity": "一年内投诉数量较多",
    "mass": "同日投诉多个经营者",
    "shared_contact": "不同身份使用同一联系方式",
    "shared_address": "不同投诉人使用同一地址",
}
ROUTES = {
    "negotiation": "与经营者协商和解",
    "association": "请求消费者协会或者其他调解组织调解",
    "authority": "向有管辖权的行政部门投诉",
    "arbitration": "根据仲裁协议提请仲裁机构仲裁",
    "court": "向人民法院提起诉讼",
}
