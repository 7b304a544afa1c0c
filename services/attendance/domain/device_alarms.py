"""How an alarm about a clock reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.vocabulary.attendance import ADDRESS_ALARMS, DEVICE_ALARMS


@dataclass(frozen=True)
class Words:
    """``detail``: by how much, where that can be said."""

    zh: str
    en: str
    detail: str


def words(kind: str, device: Mapping[str, Any], address: str = "") -> Words:
    """Say what is wrong with ``device``."""
    called = f"{device['name']}（{device['serial']}）" if device["name"] else f"{device['serial']}"
    place = f"，{device['place']}" if device["place"] else ""
    detail = _detail(kind, device, address)
    by = f"（{detail}）" if detail else ""
    return Words(
        f"考勤机 {called}{place}：{DEVICE_ALARMS[kind]}{by}",
        f"clock {device['serial']}: {kind} {detail}".strip(),
        detail,
    )


def over(kind: str, device: Mapping[str, Any]) -> Words:
    """Say that it is no longer so."""
    said = words(kind, {**device, "drift": None, "missing": None, "address": ""})
    return Words(f"{said.zh}，已恢复或已处理", f"{said.en}: over", "")


def _detail(kind: str, device: Mapping[str, Any], address: str) -> str:
    if kind == "drifting" and device.get("drift") is not None:
        return f"{device['drift']} 秒"
    if kind == "gap" and device.get("missing") is not None:
        return f"缺 {device['missing']} 条"
    if kind == "unknown":
        return str(device.get("address") or "")
    return address if kind in ADDRESS_ALARMS else ""
