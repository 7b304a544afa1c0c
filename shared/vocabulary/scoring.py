"""The words of scoring: code → 中文."""

import rules
from shared.vocabulary.library import CATEGORIES

RATINGS = rules.GRADES  # 评价等次 of a vote
COMPONENTS = {  # what a final score is made of
    "personal": "个人得分",
    "unit": "所在科所综合分",
    "bureau": "分局得分",
    "layer_score": "本层得分",
    "members_mean": "所属人员平均分",
    "stations_line_mean": "各所本口平均分",
}
TOLD_COMPONENTS = {  # the same within a sentence
    "personal": "个人得分",
    "unit": "所在科所",
    "bureau": "分局",
    "layer_score": "本层得分",
    "members_mean": "所属人员平均",
    "stations_line_mean": "各所本口平均",
    **CATEGORIES,
}
BUREAU_COMPONENTS = {"divisions_mean": "机关科室平均分", "stations_mean": "工商所平均分", "persons_mean": "个人平均分"}
CAUSES = {  # what a period of an item stands at; only the second costs points
    "done": "已完成",
    "not_declared": "未申报",
    "waiting": "已申报，待核评",
    "not_allotted": "未分解到本对象",
    "not_applicable": "不适用",
}
ADVICE = {  # what can still be done for an item
    "declare": "补报",
    "complete": "完成任务单",
    "wait": "等待核评",
    "do_more": "继续完成",
    "improve": "提高达标比率",
    "contribute": "再申报一项",
}
DESK_STEPS = {  # what whoever has it on the desk is to do
    "verify": "核实",
    "assess": "核评",
    "accept": "签收",
    "answer": "答复",
    "complete": "报完成",
    "judge": "评定",
    "screen": "初审",
    "settle": "核定",
}
WAITING_KINDS = {"declaration": "申报", "task_order": "任务单", "contribution": "贡献"}  # of facts that can wait
FACT_KINDS = {"declaration": "申报", "task_order": "任务单", "contribution": "贡献", "evaluation": "评价"}
FACT_STEPS = {
    "declared_by": "申报",
    "verified_by": "核实",
    "assessed_by": "核评",
    "issued_by": "下达",
    "judged_by": "评定",
    "settled_by": "认定",
}
RUN_STATES = {"frozen": "已冻结", "approved": "已审定", "published": "已公布"}
JOB_KINDS = {"freeze": "冻结核算", "recompute": "复算", "tell": "发布结果"}
SELECTION_STEPS = {
    "nominated": "名额之内",
    "struck": "因否决剔除",
    "tied": "边缘同分",
    "chosen": "小组选定",
    "final": "最终名单",
}
SEATS = {"robust": "稳定", "contestable": "有争议", "outside": "名额之外", "struck": "因否决剔除"}
LEVELS = {  # what everybody sees of a layer; each shows what the one before shows, and more
    "own": "本人得分",
    "list": "先进名单",
    "ranking": "名次",
    "scores": "得分",
}
SCOPES = {"bureau": "分局", "line": "口", "unit": "科所"}
TEXT_SCOPES = {name: SCOPES[name] for name in ("bureau", "unit")}  # of whom the report speaks in words
CONVERSATION_KINDS = {"before": "考核前沟通", "after": "结果面谈"}
CONVERSATION_STATES = {
    "asked": "已约定",
    "drafted": "起草",
    "offered": "待本人确认",
    "returned": "本人退回",
    "confirmed": "双方已确认",
}
IMPROVEMENT_STATES = {"proposed": "建议", "ordered": "已下达任务", "dropped": "不采纳", "withdrawn": "已撤回"}
PROBLEM_ACTIONS = {"change": "修改", "remove": "删除"}
GRADES = ("优秀", "称职", "基本称职", "不称职", "不确定等次")  # 考核等次 of a year, the best first
GRADING_STATES = {"proposed": "建议", "decided": "已审定"}
CIRCUMSTANCES = {  # what befell a person in the year, the heaviest first
    "party_expulsion": "开除党籍",
    "party_probation_two": "留党察看二年",
    "party_probation": "留党察看一年",
    "party_removal": "撤销党内职务",
    "refusal": "无正当理由不参加考核",
    "investigation": "立案审查调查未结",
    "heavier_penalty": "重于记过的处分",
    "removal": "责令辞职、免职、降职",
    "demerit": "记过或党内严重警告",
    "probation": "试用期",
    "absent_half": "缺勤超过半年",
    "warning": "警告",
    "admonition": "诫勉",
    "adjustment": "组织调整",
    "veto": "否决项",
}
QUOTA_BASES = {"all": "应参加考核的总人数", "graded": "确定等次的人数"}  # of which 优秀 are so many in a hundred
INFLUENCES = {
    "decides_nothing": "不起作用",
    "decides_much": "作用很大",
    "decides_something": "有作用",
    "too_few": "人数太少",
}
SELF_SCORES = {
    "inflated": "自评偏高",
    "modest": "自评偏低",
    "severe": "核评偏严",
    "lenient": "核评偏宽",
    "unremarkable": "无异常",
    "too_few": "人数太少",
}
BUREAU_RULES = {  # what a bureau may set otherwise, each from a day on
    "objection_days_least": "公示期最少工作日",
    "objection_days_most": "公示期最多工作日",
    "commend_from": "列入先进推荐名单的最低得分",
}
_REFERENCE_LINES = {
    "access": "市场主体资质准入口",
    "routine_supervision": "市场主体行为常规监管口",
    "special_supervision": "市场主体行为非常规监管口",
    "enforcement_support": "行政执法保障综合口",
    "association_guidance": "协会指导口",
    "all": "各口",
}


def line_name(line: str) -> str:
    """Return what a line is called. Lines are a bureau's own: one that the
    reference does not know is called by its code."""
    return _REFERENCE_LINES.get(line, line)
