"""What one part lets through, the next one takes."""

from gateway.api.core import MEGABYTE
from gateway.api.sheets import MEGABYTES
from services.targets.sheets.reading import LARGEST_FILE
from shared.contracts.targets.sheets import LARGEST

RABBITMQ_TAKES = 16 * MEGABYTE  # the default max_message_size of RabbitMQ 4; earlier ones take more
AROUND = MEGABYTE // 4  # the actor, names and headers


def test_the_largest_upload_fits_into_a_message():
    as_base64 = 4 * MEGABYTES * MEGABYTE // 3
    assert as_base64 + AROUND < RABBITMQ_TAKES
    assert as_base64 < LARGEST


def test_a_sheet_may_be_as_large_as_an_upload():
    assert LARGEST_FILE == MEGABYTES * MEGABYTE
