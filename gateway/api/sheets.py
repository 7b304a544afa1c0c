"""Sheets on their way to a service: the parts of a multipart upload, in base64 by name."""

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Response, request

from gateway.api.core import View, body_limit, takes_file, uploaded
from gateway.files.giving import attachment
from gateway.files.kinds import KINDS
from gateway.files.names import FileName
from shared.contracts.targets.sheets import WORKBOOK
from shared.errors import Invalid
from shared.sheets.unreadable import Unreadable

# Of an upload: as base64 it has to fit into a message, and RabbitMQ takes 16 MiB. A sheet of 20,000 rows has less than 10.
MEGABYTES = 11


def sheets(*needed: str, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the uploaded parts of these names (.csv or .xlsx); a ``needed`` one that is absent is a problem.

    A ``workbook`` with the sheets as worksheets may stand for any of them.
    """
    if WORKBOOK in request.files:
        needed, optional = (), (*needed, *optional, WORKBOOK)
    names = [*needed, *(name for name in optional if name in request.files)]
    return {name: base64.b64encode(uploaded(name)[1]).decode() for name in names}


def uploads(*names: str, megabytes: int) -> Callable[[View], View]:
    """Mark a view that takes sheets of these names as a multipart upload. Innermost decorator."""
    parts = {**dict.fromkeys(names, ".csv (UTF-8) or .xlsx"), WORKBOOK: ".xlsx with these sheets as its worksheets"}

    def mark(view: View) -> View:
        return body_limit(megabytes)(takes_file(**parts)(view))

    return mark


@contextmanager
def refusing_unreadable() -> Iterator[None]:
    """Make the caller's problem of a sheet that cannot be read, with its row where one is meant."""
    try:
        yield
    except Unreadable as error:
        told = {"row": error.row, "code": error.code, "zh": error.zh, "en": error.en}
        raise Invalid(error.code, zh=error.zh, en=error.en, errors=[told] if error.row else []) from error


_TITLES = {
    "library": "指标库", "indicators": "指标", "models": "专业考核模型", "composite": "综合考核模型", "machine_figures": "取数口径",
    "organisation": "机构", "lines": "五口", "positions": "岗位", "persons": "人员",
}  # fmt: skip
XLSX, CSV = KINDS["xlsx"].media_type, KINDS["csv"].media_type


def file_answer(document: dict[str, Any]) -> Response:
    """Return a file as the service made it, to be saved under its name."""
    stem, _, ending = str(document["file_name"]).rpartition(".")
    word, *codes = stem.split("-")
    name = FileName(_TITLES.get(word, word), word, tuple(codes), ending)
    return attachment(base64.b64decode(document["content"]), name, document["media_type"])
