"""Previews are drawn beside the gateway, by a process that is bounded (gateway/previews/__main__.py); few of them at a time."""

import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from tempfile import TemporaryFile
from threading import BoundedSemaphore
from typing import IO

from gateway.files.kinds import COPIED
from shared.errors import Conflict, Problem, Unavailable
from shared.jsontext import loads
from shared.logs import log

DRAWN = ("pdf", "jpg", "png", *COPIED)  # kinds of files of which there are previews
AT_ONCE = 2
PATIENCE = 30.0  # seconds; the process itself has less of the processor
WAITING = 20.0  # seconds for one's turn
_turns = BoundedSemaphore(AT_ONCE)
WIDEST = 4096  # pixels of a copy
_BEGINS = {"png": b"\x89PNG", "jpeg": b"\xff\xd8\xff"}


@dataclass(frozen=True)
class Preview:
    pages: int
    picture: bytes  # empty where the page is beyond the last one, or none was asked for


def preview(parts: Iterable[bytes], kind: str, page: int, width: int) -> Preview:
    """Return page ``page`` (from 1; 0: only how many there are) as a PNG of at most ``width`` pixels across.

    Raises ``Conflict`` for what cannot be drawn (encrypted, broken, exhausting),
    ``Unavailable`` where nobody comes to draw it.
    """
    return _in_turn(parts, kind, page, width, "png")


def jpeg_copy(parts: Iterable[bytes], kind: str, page: int) -> Preview:
    """Return a photo as JPEG, as large as it is up to ``WIDEST``; refused as ``preview`` refuses."""
    return _in_turn(parts, kind, page, WIDEST, "jpeg")


def _in_turn(parts: Iterable[bytes], kind: str, page: int, width: int, form: str) -> Preview:
    if not _turns.acquire(timeout=WAITING):
        raise Unavailable("preview.busy", zh="预览繁忙，请稍后再试", en="too many previews are being drawn")
    try:
        with TemporaryFile() as given:
            for part in parts:
                given.write(part)
            given.seek(0)
            return _drawn(given, kind, page, width, form)
    finally:
        _turns.release()


def _drawn(given: IO[bytes], kind: str, page: int, width: int, form: str) -> Preview:
    command = [sys.executable, "-m", "gateway.previews", kind, str(page), str(width), form]
    try:
        done = subprocess.run(command, stdin=given, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired as error:
        raise undrawable() from error
    head, _, picture = done.stdout.partition(b"\n")
    if done.returncode != 0 or not head.startswith(b"{") or (picture and not picture.startswith(_BEGINS[form])):
        log.warning("no preview", kind=kind, reason=done.stderr.decode(errors="replace")[-500:])
        raise undrawable()
    return Preview(int(loads(head)["pages"]), picture)


def undrawable() -> Problem:
    return Conflict(
        "evidence.no_preview",
        zh="该材料不能预览（格式不支持、加密或已损坏），请下载查看",
        en="there is no preview of it: its kind has none, or it is encrypted or damaged; download it",
    )
