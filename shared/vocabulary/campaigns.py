"""The words of subjective evaluation: code → 中文."""

CAMPAIGN_STATES = {"open": "进行中", "closed": "已结束"}
