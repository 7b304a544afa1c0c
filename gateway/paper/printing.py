"""Papers are made beside the gateway, not in it: a second of one request's work must not hold up all the others."""

import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO

from shared.errors import TooLarge, Unavailable
from shared.jsontext import dumps
from shared.logs import log

PATIENCE = 120.0  # seconds
ROWS_A_SECOND = 2_000  # of a table, at the very least; the patience grows with it
MOST_ROWS = {"xlsx": 1_048_575, "parquet": 50_000_000}  # a page of a workbook holds no more
_BEGINS = {
    "explanation": b"%PDF",
    "explanation-page": b"%PDF",
    "tokens": b"%PDF",
    "feedback": b"%PDF",
    "commendations": b"%PDF",
    "attendance": b"%PDF",
    "report": b"%PDF",
    "report-docx": b"PK",
    "xlsx": b"PK",
    "parquet": b"PAR1",
    "case-report": b"%PDF",
    "bulletin": b"%PDF",
    "bulletin-docx": b"PK",
    "form": b"%PDF",
    "form-docx": b"PK",
    "case-paper": b"%PDF",
    "case-paper-docx": b"PK",
    "case-pack": b"%PDF",
    "form-xlsx": b"PK",
    "form-rows": b"{",
}


def printed(document: dict[str, Any], kind: str = "explanation") -> bytes:
    """Return the file of a document (gateway/paper/__main__.py says which kinds there are)."""
    with TemporaryFile() as given, TemporaryFile() as made:
        given.write(dumps(document).encode())
        _print(kind, given, made, PATIENCE)
        return made.read()


def tabled(
    form: str,
    columns: Mapping[str, str],
    headings: Mapping[str, str],
    rows: Iterable[Mapping[str, Any]],
    printed: Mapping[str, Any],
) -> BinaryIO:
    """Return the open file of a table, at its beginning; the rows pass through a file and are never held together."""
    with TemporaryFile() as given, ExitStack() as unless_finished:
        made = unless_finished.enter_context(TemporaryFile())
        given.write(dumps({"columns": columns, "headings": headings, "printed": printed}).encode() + b"\n")
        count = 0
        for count, row in enumerate(rows, start=1):
            if count > MOST_ROWS[form]:
                raise _too_long(form)
            given.write(dumps({name: row.get(name) for name in columns}).encode() + b"\n")
        _print(form, given, made, PATIENCE + count / ROWS_A_SECOND)
        unless_finished.pop_all()
        return made


def _print(kind: str, given: IO[bytes], made: IO[bytes], patience: float) -> None:
    """From the written file to the other one, both left at their beginnings."""
    given.seek(0)
    command = [sys.executable, "-m", "gateway.paper", kind]
    try:
        done = subprocess.run(command, stdin=given, stdout=made, stderr=subprocess.PIPE, timeout=patience, check=False)
    except subprocess.TimeoutExpired as error:
        raise _failed(kind, f"not within {patience:.0f} seconds") from error
    made.seek(0)
    begins = made.read(len(_BEGINS[kind]))
    made.seek(0)
    if done.returncode != 0 or begins != _BEGINS[kind]:
        raise _failed(kind, done.stderr.decode(errors="replace")[-2000:])


def _too_long(form: str) -> TooLarge:
    most = MOST_ROWS[form]
    return TooLarge(
        "export.too_long",
        zh=f"超过 {most} 行，{form} 文件放不下；请导出 parquet，或按层次分别导出",
        en=f"more than {most} rows do not fit into a file of {form}; export parquet, or layer by layer",
    )


def _failed(kind: str, reason: str) -> Unavailable:
    log.error("a paper could not be made", kind=kind, reason=reason)
    return Unavailable("paper.failed", zh="文书生成失败，请重试", en="the paper could not be made; try again")
