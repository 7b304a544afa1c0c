"""The words of 文书, the papers of a case: code → 中文. What stands in their numbers, and how rules are called on them."""

PAPERS = {
    "complaint_registration": "投诉登记表",
    "report_registration": "举报登记表",
    "forwarding": "分送通知书",
    "identity_request": "限期提供身份证明材料通知书",
    "acceptance": "受理决定书",
    "refusal": "不予受理决定书",
    "mediation_notice": "调解通知书",
    "termination": "终止调解决定书",
    "mediation_statement": "调解书",
    "report_result": "举报处理结果告知书",
    "mediation_record": "调解记录",
    "correction": "更正通知书",
}
# What a number says after its unit's word: 滨市监 + 投受 + 〔2026〕123号. Each kind has a word of its own, so no two read the same.
PAPER_WORDS = {
    "complaint_registration": "投登",
    "report_registration": "举登",
    "forwarding": "投分",
    "identity_request": "投限",
    "acceptance": "投受",
    "refusal": "投不受",
    "mediation_notice": "投调通",
    "termination": "投终",
    "mediation_statement": "投调书",
    "report_result": "举告",
    "mediation_record": "调记",
    "correction": "更正",
}
PAPER_STATES = {"awaited": "制作中", "issued": "已制作", "voided": "作废"}
PAPER_FORMATS = {"pdf": "PDF", "docx": "Word 文档"}
REGIME_NAMES = {
    "令20": "《市场监督管理投诉举报处理暂行办法》（国家市场监督管理总局令第20号）",
    "令121": "《市场监督管理投诉举报处理办法》（国家市场监督管理总局令第121号）",
}
