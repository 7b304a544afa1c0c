"""The drawings in docs/states show every arrow that the code has, and none else."""

import re
from pathlib import Path

import pytest

from services.declarations.domain import (
    appeals,
    campaigns,
    consents,
    contributions,
    declarations,
    delegations,
    inquiries,
    inspections,
    orders,
    spot_checks,
    temporary,
    vetoes,
)

DRAWN = Path(__file__).parents[3] / "docs" / "states"
PAGES = {
    "declaration": declarations.STATES,
    "delegation": delegations.STATES,
    "late-consent": consents.STATES,
    "task-order": orders.STATES,
    "inquiry": inquiries.STATES,
    "contribution": contributions.STATES,
    "campaign": campaigns.STATES,
    "temporary-work": temporary.STATES,
    "spot-check": spot_checks.STATES,
    "inspection": inspections.STATES,
    "veto": vetoes.STATES,
    "appeal": appeals.STATES,
}
ARROW = re.compile(r"^    (\S+) --> (\S+): (\S+)$", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_a_drawing_shows_the_machine_as_it_is(page):
    text = (DRAWN / f"{page}.md").read_text(encoding="utf-8")
    drawn = {(None if before == "[*]" else before, after, command) for before, after, command in ARROW.findall(text)}
    moves = PAGES[page].moves.items()
    assert drawn == {(before, after, command) for command, ways in moves for before, after in ways.items()}


def test_every_drawing_is_listed():
    index = (DRAWN / "README.md").read_text(encoding="utf-8")
    drawn = {path.stem for path in DRAWN.glob("*.md")} - {"README"}
    assert {page for page in drawn if not page.startswith("case-")} == set(PAGES)
    assert all(f"({page}.md)" in index for page in drawn)
