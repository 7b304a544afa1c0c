"""What an explanation needs of other services: evidence and remarks of the declarations, standards of the items, and where the
punches and cases behind a machine's number are shown. Only the gateway may ask several services."""

from collections.abc import Iterator
from typing import Any

from gateway.rpc import call

Tree = dict[str, Any]
OF_DECLARATION = ("remark", "evidence", "machine", "differs", "reason")
OF_INDICATOR = ("standard", "basis", "source", "measure_unit")
_MONTHS = {"M": 1, "Q": 3, "H": 6, "Y": 12}


def with_evidence(tree: Tree) -> Tree:
    """Return ``tree`` with the evidence of each declaration; of one that was changed
    since the tree's fact, only that it was."""
    declared = {one["declaration"]: one for one in _pages("declarations", "list_declarations", _about(tree))}
    library = {one["indicator"]: one for one in _pages("targets", "list_indicators", {"cycle": tree["cycle"]})}
    lines = [
        {**line, "categories": [_category(one, tree["subject"], declared, library) for one in line["categories"]]}
        for line in tree["lines"]
    ]
    return {**tree, "lines": lines}


def shown_at(source: str, subject: str, period: str) -> list[str]:
    """Tell where the days (with their punches) or cases behind a machine's number are read, month by month."""
    resource = {"attendance": "attendance-months/{}/figures/{}", "complaints": "case-figures/{}/{}"}.get(source)
    return [f"/api/v1/{resource.format(month, subject)}" for month in months(period)] if resource else []


def months(period: str) -> list[str]:
    """Return the months of a period: 2026-Q2 → 2026-04, 2026-05, 2026-06."""
    year, _, part = period.partition("-")
    length = _MONTHS.get(part[:1], 0)
    number = int(part[1:]) if part[1:].isdecimal() else 1
    return [f"{year}-{month:02d}" for month in range((number - 1) * length + 1, number * length + 1)]


def _category(category: Tree, subject: str, declared: Tree, library: Tree) -> Tree:
    return {**category, "items": [_item(item, subject, declared, library) for item in category["items"]]}


def _item(item: Tree, subject: str, declared: Tree, library: Tree) -> Tree:
    known = library.get(item["indicator"], {})
    source = known.get("source", "")
    about = {name: known.get(name) for name in OF_INDICATOR}
    facts = [
        {**fact, **_behind(fact, declared), "shown_at": shown_at(source, subject, fact["period"])}
        for fact in item["facts"]
    ]
    return {**item, **about, "facts": facts}


def _behind(fact: Tree, declared: Tree) -> Tree:
    found = declared.get(fact["fact"]) if fact["kind"] == "declaration" else None
    if found is None:
        return {}
    if found["revision"] != fact["revision"]:
        return {"changed_since": True}
    return {name: found[name] for name in OF_DECLARATION}


def _about(tree: Tree) -> Tree:
    return {"cycle": tree["cycle"], "subject": tree["subject"]}


def _pages(service: str, method: str, query: Tree) -> Iterator[Tree]:
    after: str | None = None
    while True:
        page = call(service, method, {**query, "limit": 500, **({"after": after} if after else {})}, read=True)
        yield from page["items"]
        after = page["next"]
        if after is None:
            return
