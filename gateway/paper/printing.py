"""Papers are made beside the gateway, not in it: a second of one request's work must not hold up all the others."""

import subprocess
import sys
from typing import Any

from shared.errors import Unavailable
from shared.jsontext import dumps
from shared.logs import log

PATIENCE = 120.0  # seconds
MAGIC = (b"%PDF", b"PK", b"PAR1")  # of .pdf, of .docx and .xlsx, of parquet


def printed(document: dict[str, Any]) -> bytes:
    """The paper of a document (gateway/paper/__main__.py)."""
    made = subprocess.run(
        [sys.executable, "-m", "gateway.paper"],
        input=dumps(document).encode(),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    if made.returncode != 0 or not made.stdout.startswith(MAGIC):
        log.error("a paper could not be made", reason=made.stderr.decode(errors="replace")[-2000:])
        raise Unavailable("paper.failed", zh="文书生成失败，请重试", en="the paper could not be made; try again")
    return made.stdout
