"""The wall clock of the bureaus (law 12)."""

from zoneinfo import ZoneInfo

BUREAU = "Asia/Shanghai"
SHANGHAI = ZoneInfo(BUREAU)
