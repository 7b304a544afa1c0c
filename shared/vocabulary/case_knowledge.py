"""The words of what a 12315 centre knows: traders, goods under test, counterfeits, answers, hot spots, leads: code → 中文."""

LINKS = {"name": "名称一致", "code": "信用代码一致", "hand": "人工关联"}
SAMPLE_STATES = {
    "taken": "已抽样",
    "passed": "检验合格",
    "failed": "检验不合格",
    "told": "已告知经营者",
    "contested": "复检中",
    "upheld": "复检仍不合格",
    "cleared": "复检合格",
    "closed": "已处置",
    "void": "已作废",
}
SAMPLE_STEPS = {
    "test": "登记检验结果",
    "tell_trader": "告知经营者",
    "ask_retest": "申请复检",
    "retest": "登记复检结果",
    "withdraw_goods": "下架停售",
    "open_case": "立案或转办件",
    "close": "处置完毕",
    "void": "作废",
}
ENTRY_KINDS = {"counterfeit": "打假信息", "knowledge": "咨询知识"}
SHOWN_MARKS = {"genuine": "真品", "false": "假货"}
FOUND_KINDS = {"case": "办件", "trader": "经营者", "sample": "抽检样品", **ENTRY_KINDS}
TOPICS = {
    "return": "退换货与三包",
    "prepaid": "预付卡",
    "food": "食品",
    "price": "价格与计量",
    "online": "网络交易",
    "advert": "广告",
    "counterfeit": "假冒伪劣",
    "service": "服务",
    "procedure": "受理与程序",
    "other": "其他",
}
HOT_SPOT_KINDS = {"goods": "商品或服务", "trader": "经营者", "place": "辖区"}
LEAD_SOURCES = {"hot_spot": "热点", "sample": "不合格样品", "case": "查实举报"}
LEAD_STATES = {"raised": "待下达任务单", "ordered": "已下达", "withdrawn": "已撤回"}
CREDIT_FIGURES = {
    "complaints": "投诉",
    "upheld": "支持消费者诉求",
    "repeats": "重复投诉",
    "reports": "举报",
    "penalties": "立案查处",
    "recovered": "挽回损失（元）",
    "checks": "抽检",
    "failed": "抽检不合格",
}
