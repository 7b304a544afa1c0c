"""The words of subjective evaluation: code → 中文."""

PLAIN, ROBUST, TRIMMED = "plain", "robust", "trimmed"
COMBINATIONS = {PLAIN: "全部票数", ROBUST: "剔除串通票", TRIMMED: "去掉最抱团的票"}
CAMPAIGN_STATES = {"open": "进行中", "closed": "已结束", "withdrawn": "已撤回"}
