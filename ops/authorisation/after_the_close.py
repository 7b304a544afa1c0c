"""Closed is closed: what may still be done once a cycle is closed, each with its reason. Whatever is not named here is refused.

tests/contract/test_closed_cycles.py asks every change of the contracts in every state after the close and holds it to this list.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from shared.contracts.operations import Operation

CLOSED, PUBLISHED, ARCHIVED = AFTER_THE_CLOSE = ("closed", "published", "archived")
OTHERS_OWN = ("attendance", "complaints")  # services whose changes are about no cycle


@dataclass(frozen=True)
class Still:
    """Operations (by rpc name) that a cycle takes ``until`` it is in the last of these states, and why."""

    service: str
    operations: tuple[str, ...]
    until: str
    why: str

    def takes(self, status: str) -> bool:
        return AFTER_THE_CLOSE.index(status) <= AFTER_THE_CLOSE.index(self.until)


_OBJECTIONS = "objections are filed and decided after the results are told (0232, 0327); an archived year is decided"
_RESULTS = (
    "what is said of the results begins when nothing is handed in any more; an archived year has been talked over"
)
_NEXT = "it is about the library of the year to come"
_DAYS = "it holds from a day on, for the bureau and not for a cycle"
STILL: tuple[Still, ...] = (
    Still("targets", ("move_cycle",), PUBLISHED, "the cycle's own next step; from archived there is none"),
    Still("targets", ("propose_indicator_change",), PUBLISHED, _NEXT),
    Still("targets", ("decide_indicator_proposals", "withdraw_indicator_proposal"), ARCHIVED, _NEXT),
    Still(
        "targets",
        ("record_results",),
        ARCHIVED,
        "figures of years before this system, from which later targets are drawn; no result that was published here changes",
    ),
    Still(
        "targets",
        (
            *(
                "create_bureau",
                "import_organisation",
                "withdraw_scheduled",
                "add_persons",
                "change_person",
                "move_person",
            ),
            *("depart_person", "second_person", "recall_person", "correct_places", "change_unit"),
        ),
        ARCHIVED,
        "the organisation goes on; what a cycle was scored by is frozen with its run (0303)",
    ),
    Still(
        "declarations",
        ("file_appeals", "decide_appeals", "withdraw_appeals", "set_appeal_terms"),
        PUBLISHED,
        _OBJECTIONS,
    ),
    Still("declarations", ("delegate", "end_delegation", "set_bureau_rule"), ARCHIVED, _DAYS),
    Still("declarations", ("drop_evidence",), ARCHIVED, "one's own upload that nothing refers to"),
    Still("declarations", ("read_notices",), ARCHIVED, "one's own notices are marked as read"),
    Still(
        "scoring",
        (
            *("start_run", "freeze_run", "assume_waiting", "approve_run", "publish_run", "change_publication"),
            *("propose_grades", "decide_grades", "confirm_grade", "report_problem", "propose_improvement"),
            *("ask_conversation", "draft_conversation", "revise_conversation", "offer_conversation"),
            *("return_conversation", "confirm_conversation", "write_report_text"),
        ),
        PUBLISHED,
        _RESULTS,
    ),
    Still(
        "scoring",
        ("ask_talk", "draft_talk"),
        CLOSED,
        "a talk before the results is held until there are any (0151)",
    ),
    Still(
        "scoring",
        ("revise_talk", "offer_talk", "return_talk", "confirm_talk"),
        PUBLISHED,
        "what was said before the results is still confirmed by both sides (0151)",
    ),
    Still(
        "scoring", ("settle_grade",), ARCHIVED, "an investigation that left a grade open may outlast the year (0346)"
    ),
    Still(
        "scoring",
        ("order_improvement", "drop_improvement", "withdraw_improvement"),
        ARCHIVED,
        "an improvement is a task order of the cycle that is open then (0322)",
    ),
    Still("scoring", ("set_bureau_rule",), ARCHIVED, _DAYS),
)


def still(operation: Operation) -> Still | None:
    """Return the entry of an operation; None for what no closed cycle takes."""
    found = (one for one in STILL if one.service == operation.service and operation.rpc in one.operations)
    return next(found, None)


def lines() -> Iterator[str]:
    """Yield the list as docs/authorisation.md shows it."""
    yield from ("## After the close", "")
    yield "A closed cycle takes nothing but what stands here; an archived one, what is said to go on then. Attendance closes its months and"
    yield "complaints their figures by themselves: their changes are about no cycle. (tests/contract/test_closed_cycles.py)"
    yield from ("", "| service | still taken | until the cycle is | why |", "|---|---|---|---|")
    for one in STILL:
        until = "archived, and then too" if one.until == ARCHIVED else f"{one.until}, not archived"
        yield f"| {one.service} | {', '.join(one.operations)} | {until} | {one.why} |"
