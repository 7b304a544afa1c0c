"""Does a published draw follow from its list and its value? Nothing but the exported document is needed (`kaohe spot-check verify`)."""

from collections.abc import Iterator, Mapping
from typing import Any, TypedDict

from services.declarations.domain.sampling import protocol

Document = Mapping[
    str, Any
]  # {"commitment", "value", "list", "sample": [{"kind", "item", "probability", "inspectors"}]}


class Published(TypedDict):
    kind: str
    item: str
    probability: str
    inspectors: list[str]


def differences(document: Document) -> list[str]:
    """Return where the document differs from what its own list and value give; empty where it is the same."""
    try:
        frozen = protocol.read(document["list"])
        published = [_row(one) for one in document["sample"]]
        text, value = str(document["list"]), str(document["value"])
    except (KeyError, IndexError, TypeError, ValueError) as error:
        return [f"not a draw that can be read: {error!r}"]
    return [*_of_list(document, frozen, text), *_of_sample(frozen, value, published)]


def _of_list(document: Document, frozen: protocol.Frozen, text: str) -> Iterator[str]:
    computed = protocol.commitment(frozen)
    if text != protocol.text_of(frozen):
        yield "the list is not written in its one form"
    if computed != document.get("commitment"):
        yield f"list: SHA-256 is {computed}, published was {document.get('commitment')}"
    if list(frozen.entries) != sorted(frozen.entries, key=lambda one: one.pair):
        yield "the list is not sorted"


def _of_sample(frozen: protocol.Frozen, value: str, published: list[Published]) -> Iterator[str]:
    drawn = protocol.draw(frozen, value)
    if len(drawn) != len(published):
        yield f"sample: {len(drawn)} are drawn, {len(published)} were published"
    for place, (one, there) in enumerate(zip(drawn, published, strict=False), 1):
        for name, wanted, told in (
            ("kind", one.entry.kind, there["kind"]),
            ("item", one.entry.item, there["item"]),
            ("probability", str(one.probability), there["probability"]),
        ):
            if told != wanted:
                yield f"place {place}: {name} is {wanted}, published was {told}"
        if (there["kind"], there["item"]) == one.entry.pair:
            yield from _of_inspectors(frozen, one, there["inspectors"], value, place)


def _of_inspectors(
    frozen: protocol.Frozen, one: protocol.Drawn, published: list[str], value: str, place: int
) -> Iterator[str]:
    """The first is dealt, each further one drawn after the others stood back; whom the panel named is not drawn."""
    wanted: str | None = one.inspector
    for step, person in enumerate(published):
        if wanted is not None and person != wanted:
            yield f"place {place}: inspector is {wanted}, published was {person}"
            return
        if wanted is None:
            return
        wanted = protocol.redraw(frozen, one.entry.pair, published[: step + 1], value)


def _row(one: Mapping[str, Any]) -> Published:
    return {
        "kind": str(one["kind"]),
        "item": str(one["item"]),
        "probability": str(one["probability"]),
        "inspectors": [str(person) for person in one["inspectors"]],
    }
