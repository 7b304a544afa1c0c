"""The faults of a sheet are placed in its rows, as far as those have numbers."""

from typing import Any

import pytest

from services.declarations.usecases.forms.faults import faults_of
from services.declarations.usecases.forms.rows import read_rows
from shared.errors import Invalid


@pytest.mark.parametrize("row", [{}, {"row": None}, {"row": []}, {"row": "7"}])
def test_a_row_without_a_number_is_refused_as_a_fault_of_the_whole_sheet(row: dict[str, Any]) -> None:
    rows: list[dict[str, Any]] = [{"indicator": "01-01-01", "row": 3}, {"indicator": "02-01-01", **row}]
    with pytest.raises(Invalid) as refused:
        read_rows("review", rows)
    assert {one["row"] for one in faults_of(refused.value, rows)} == {0}


def test_a_fault_of_a_row_names_it() -> None:
    rows: list[dict[str, Any]] = [{"indicator": "01-01-01", "row": 3}, {"row": 4}]
    with pytest.raises(Invalid) as refused:
        read_rows("review", rows)
    assert [(one["row"], one["column"]) for one in faults_of(refused.value, rows)] == [(4, "indicator")]
