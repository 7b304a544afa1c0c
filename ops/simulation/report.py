"""What a simulated year ends with, on screen: the ranking's head, the 先进 list, the time each stage took."""

from itertools import islice
from typing import Any

from rich.console import Console
from rich.table import Table

from ops.simulation.context import Simulation
from ops.simulation.year import STAGES

HEAD = 15


def show(sim: Simulation, run: str, console: Console) -> None:
    ranking = list(sim.office_api.pages(f"runs/{run}/ranking", layer="person"))
    console.print(_table("个人综合分排名 ranking", islice(ranking, HEAD)))
    chosen = [one for one in ranking if one.get("nominated") or one.get("struck")]
    console.print(_table("先进推荐名单 nominated", chosen))
    console.print(_times(sim))
    acknowledged = "，".join(f"{name} {count}" for name, count in sim.journal.counts.items())
    console.print(f"已确认 acknowledged: {acknowledged}")


def _table(title: str, rows: Any) -> Table:
    table = Table("名次 rank", "得分 score", "姓名 name", "单位 unit", "说明 note", title=title)
    for one in rows:
        style = "strike" if one.get("struck") else ""
        table.add_row(str(one["rank"]), str(one["final"]), one["name"], one["unit_name"], _note(one), style=style)
    return table


def _note(one: dict[str, Any]) -> str:
    if one.get("struck"):
        return "否决，不予推荐 struck: " + "；".join(veto["indicator"] for veto in one["vetoes"])
    return "并列 tied" if one.get("tied") else ""


def _times(sim: Simulation) -> Table:
    table = Table("阶段 stage", "秒 seconds", title="用时 time")
    for name, seconds in sim.journal.stages.items():
        table.add_row(STAGES.get(name, name), f"{seconds:.1f}")
    table.add_row("合计 total", f"{sum(sim.journal.stages.values()):.1f}", style="bold")
    return table
