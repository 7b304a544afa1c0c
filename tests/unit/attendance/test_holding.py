"""What INFO says of a clock's memory."""

import pytest

from services.attendance.domain.holding import records_in


@pytest.mark.parametrize(
    ("info", "records"),
    [
        ("Ver 8.0.4.2-20180118,300,500,12345,10.0.0.9,10,7", 12345),
        ("Ver 6.60, 3, 4, 0", 0),
        ("Ver 6.60,3,4", None),
        ("Ver 6.60,3,4,many", None),
        ("Ver 6.60,3,4,-1", None),
        ("Ver 6.60,3,4,٣", None),
        ("Ver 6.60,3,4,99999999999", None),
        ("", None),
    ],
)
def test_the_records_are_the_fourth_of_its_numbers(info: str, records: int | None) -> None:
    assert records_in(info) == records
