"""What keeps a run from being frozen, with the deadlines and reminders that declarations keeps."""

from typing import Any

from gateway.mounting import mounted, view
from gateway.rpc import ask
from shared.contracts.declarations import lateness
from shared.contracts.scoring import waiting as contract

waiting = mounted(contract.waiting)
Tree = dict[str, Any]


@view(waiting, contract.list_waiting)
def list_waiting(query: dict[str, Any]) -> Tree:
    page = ask(contract.list_waiting, query)
    return _with_deadlines(page, query["cycle"]) if query["deadlines"] and page["items"] else page


def _with_deadlines(page: Tree, cycle: str) -> Tree:
    wanted = [{"kind": one["kind"], "fact": one["fact"]} for one in page["items"]]
    lying = ask(lateness.list_lying, {"cycle": cycle, "items": wanted})["items"]
    known = {(one["kind"], one["fact"]): one for one in lying}
    return {**page, "items": [{**one, **known.get((one["kind"], one["fact"]), {})} for one in page["items"]]}
