"""Papers are made beside the gateway, not in it: a second of one request's work must not hold up all the others."""

import subprocess
import sys
from typing import Any

from shared.errors import Unavailable
from shared.jsontext import dumps
from shared.logs import log

PATIENCE = 120.0  # seconds
_BEGINS = {
    "explanation": b"%PDF",
    "tokens": b"%PDF",
    "feedback": b"%PDF",
    "commendations": b"%PDF",
    "report": b"%PDF",
    "report-docx": b"PK",
    "table-xlsx": b"PK",
    "table-parquet": b"PAR1",
    "form": b"%PDF",
    "form-docx": b"PK",
    "form-xlsx": b"PK",
    "form-rows": b"{",
}


def printed(document: dict[str, Any], kind: str = "explanation") -> bytes:
    """The file of a document (gateway/paper/__main__.py says which kinds there are)."""
    try:
        made = subprocess.run(
            [sys.executable, "-m", "gateway.paper", kind],
            input=dumps(document).encode(),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _failed(kind, f"not within {PATIENCE} seconds") from error
    if made.returncode != 0 or not made.stdout.startswith(_BEGINS[kind]):
        raise _failed(kind, made.stderr.decode(errors="replace")[-2000:])
    return made.stdout


def _failed(kind: str, reason: str) -> Unavailable:
    log.error("a paper could not be made", kind=kind, reason=reason)
    return Unavailable("paper.failed", zh="文书生成失败，请重试", en="the paper could not be made; try again")
