"""What still raises a score, with the deadlines of declaring that declarations keeps."""

from typing import Any

from gateway.mounting import mounted, view
from gateway.rpc import ask
from shared.clock import today
from shared.contracts.declarations import due
from shared.contracts.scoring import advice as contract

advice = mounted(contract.advice)
Tree = dict[str, Any]


@view(advice, contract.advise)
def advise(query: dict[str, Any], subject: str) -> Tree:
    asked = {"cycle": query["cycle"], "subject": subject}
    tree = ask(contract.advise, asked)
    return _with_deadlines(tree, asked) if query["deadlines"] else tree


def _with_deadlines(tree: Tree, asked: Tree) -> Tree:
    periods = ask(due.list_mine, {**asked, "limit": 1})["counts"]
    due_on = {one["period"]: one["due_on"] for one in periods if one["due_on"]}
    return {**tree, "items": [_dated(item, due_on) if item["action"] == "declare" else item for item in tree["items"]]}


def _dated(item: Tree, due_on: dict[str, str]) -> Tree:
    """``until``: the next deadline of its periods that has not passed."""
    on = today().isoformat()
    days = {one["period"]: due_on.get(one["period"]) for one in item["periods"]}
    periods = [{"period": code, "due_on": day, "late": None if day is None else day < on} for code, day in days.items()]
    return {**item, "periods": periods, "until": min((day for day in days.values() if day and day >= on), default=None)}
