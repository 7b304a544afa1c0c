"""Lists are searched, sorted, counted, scrolled, and cut by the days on which something is due."""

from datetime import timedelta

import pytest

from shared.clock import today
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import CYCLE
from tests.component.declarations.test_choices import LATER
from tests.component.declarations.test_other_tools import issue
from tests.component.declarations.tried import listed


@pytest.mark.parametrize(("sort", "ordered"), [("deadline", [1, 2, 3]), ("-deadline", [3, 2, 1])])
def test_lists_are_searched_sorted_counted_and_scrolled(bureau: Bureau, sort: str, ordered: list[int]) -> None:
    for days in (2, 1, 3):
        issue(bureau, "PS", deadline=(today() + timedelta(days=days)).isoformat())
    issue(bureau, "QS", deadline=LATER)
    asked = {"cycle": CYCLE, "q": "PS", "sort": sort, "limit": 2, "total": True}
    page = bureau.ask("list_orders", "P9", asked)
    rest = bureau.ask("list_orders", "P9", {**asked, "after": page["next"]})
    days = [(one["deadline"] - today()).days for one in [*page["items"], *rest["items"]]]
    assert (days, page["total"], page["total_capped"]) == (ordered, 3, False)
    skipped = bureau.ask("list_orders", "P9", {**asked, "skip": 2})["items"]
    assert [(one["deadline"] - today()).days for one in skipped] == ordered[2:]
    tomorrow = (today() + timedelta(days=1)).isoformat()
    due = listed(bureau, "list_orders", "P9", due_from=tomorrow, due_to=tomorrow)
    assert [one["deadline"].isoformat() for one in due] == [tomorrow]
