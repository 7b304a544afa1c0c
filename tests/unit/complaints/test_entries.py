"""What a step says is kept: every member of every entry goes into its event, or it is known why not."""

import pytest

from services.complaints.usecases.stepping import STEP_MEMBERS
from shared.contracts.complaints.entries import TimedCase
from shared.contracts.complaints.steps import ENTRIES

# step → members that are kept elsewhere: looked up, sealed, naming another event, or refused
ELSEWHERE = {
    "assign": {"entrusted"},
    "mark_repeat": {"original"},
    "merge": {"original", "new_facts"},
    "turn_into_case": {"original"},
    "represent": {"agent", "together"},
    "allow_late": {"since"},
    "supervise": {"answer_by", "urgent"},
    "correct": {"event", "changes", "happened_at"},
    "annul": {"event"},
}


@pytest.mark.parametrize("step", ENTRIES)
def test_nothing_that_is_said_is_dropped(step: str) -> None:
    own = set(ENTRIES[step][0]().fields) - set(TimedCase().fields)
    assert own == set(STEP_MEMBERS.get(step, ())) | ELSEWHERE.get(step, set())
