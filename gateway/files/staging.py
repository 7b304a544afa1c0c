"""An upload on its way in: written to disk and hashed as it arrives, cut off at its limit, never held in memory."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from flask import Request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from shared.errors import BadRequest, Invalid, Problem, TooLarge, Unavailable

PART = 64 * 1024
AROUND = 16 * 1024  # bytes of a multipart body around its one file


class Growing:
    """The file of a multipart part while it arrives. Seeks and reads are the form parser's and the judge's."""

    def __init__(self, file: IO[bytes], limit: int) -> None:
        self._file, self._limit = file, limit
        self._hash = hashlib.sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def write(self, data: bytes) -> int:
        self.size += len(data)
        if self.size > self._limit:
            raise too_large(self._limit)
        self._hash.update(data)
        return self._file.write(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size)

    def close(self) -> None:
        """Do nothing: the form parser closes what it gave out; the file lives until ``staged`` is left."""


@dataclass(frozen=True)
class Staged:
    """A whole file on this machine's disk, for as long as its request lasts."""

    name: str
    file: IO[bytes]
    size: int
    sha256: str


@contextmanager
def staged(request: Request, field: str, folder: Path | None, limit: int) -> Iterator[Staged]:
    """Stage the file in the multipart part ``field``, read from the wire right onto the disk of ``folder``."""
    check_announced(request, limit)
    with tempfile.TemporaryFile(dir=folder, prefix="kaohe-") as file:
        name, growing = _received(request, field, file, limit)
        file.seek(0)
        yield Staged(name, file, growing.size, growing.sha256)


def check_announced(request: Request, limit: int) -> None:
    """Check what is announced: what says that it is too large is refused before it is read."""
    if request.mimetype != "multipart/form-data":
        raise Problem(
            "request.media_type", status=415, zh="请以 multipart/form-data 上传", en="upload as multipart/form-data"
        )
    if (request.content_length or 0) > limit + AROUND:
        raise too_large(limit)


def too_large(limit: int) -> Problem:
    megabytes = limit // 1024 // 1024
    return TooLarge(
        "evidence.too_large", zh=f"文件超过上限 {megabytes} MB", en=f"the file is larger than {megabytes} MB"
    )


def _received(request: Request, field: str, file: IO[bytes], limit: int) -> tuple[str, Growing]:
    taken: list[Growing] = []

    def factory(**_: Any) -> Growing:
        if taken:
            raise BadRequest("evidence.one_file", zh="一次只能上传一个文件", en="one file at a time")
        taken.append(Growing(file, limit))
        return taken[0]

    parser: Any = FormDataParser(factory, max_form_memory_size=8 * PART, max_form_parts=8)  # type: ignore[arg-type]
    try:
        _, _, files = parser.parse(
            request.stream, request.mimetype, request.content_length, dict(request.mimetype_params)
        )
    except RequestEntityTooLarge as error:
        raise too_large(limit) from error
    except (ValueError, ClientDisconnected, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            zh, en = "服务器磁盘暂时不可用，请稍后重试", "our own disk does not take it"
            raise Unavailable("evidence.disk", zh=zh, en=en) from error
        raise _broken() from error
    part = files.get(field)
    if part is not None and taken:
        return part.filename or "", taken[0]
    if taken:  # a part began, of which no end came
        raise _broken()
    entry = {"field": field, "code": "field.required", "zh": "缺少文件", "en": "the file is missing"}
    raise Invalid("request.invalid", zh="请求内容有误", en="the request does not fit its schema", errors=[entry])


def _broken() -> Problem:
    return BadRequest("request.malformed", zh="上传不完整或格式有误", en="the upload is broken")
