"""The words of subjective evaluation: code → 中文."""

PLAIN, ROBUST = "plain", "robust"
COMBINATIONS = {PLAIN: "全部票数", ROBUST: "剔除串通票"}
CAMPAIGN_STATES = {"open": "进行中", "closed": "已结束", "withdrawn": "已撤回"}
