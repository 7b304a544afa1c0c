"""Looking at files that are kept, whoever knows them: taken in, given out, previewed, copied. One mechanism for evidence, attachments and pictures of marks."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask import Response, request

from gateway.files.giving import attachment, picture
from gateway.files.judging import charset_of, judged
from gateway.files.kinds import CHARSETS, COPIED, KINDS, text_type
from gateway.files.staging import Staged, staged
from gateway.parts import parts
from gateway.previews.drawing import DRAWN, Preview, jpeg_copy, preview, undrawable
from shared.errors import NotFound
from shared.settings import settings

JPEG = KINDS["jpg"].media_type
Known = Mapping[str, Any]  # name, kind, media_type, size, sha256
Bytes = Iterator[bytes]


@contextmanager
def received(kinds: Iterable[str] = KINDS) -> Iterator[tuple[Staged, dict[str, Any]]]:
    """Take in the one file of the request, judged by its content to be of the ``kinds``; yields it with what is known of it."""
    limit = int(settings.evidence_megabytes) * 1024 * 1024
    with staged(request, "file", parts().store.staging, limit) as file:
        name, kind = judged(file, frozenset(settings.evidence_kinds.split(",")).intersection(kinds))
        media_type = text_type(kind, charset_of(file.file) or CHARSETS[0])
        about = {"name": name, "kind": kind, "media_type": media_type}
        yield file, {**about, "size": file.size, "sha256": file.sha256}


def given_out(known: Known, content: Bytes) -> Response:
    return attachment(content, known["name"], known["media_type"], size=known["size"], tag=known["sha256"])


def page_count(known: Known, content: Bytes) -> int:
    """Return how many pages can be previewed; 0 for what can only be downloaded."""
    return preview(content, known["kind"], 0, 1).pages if known["kind"] in DRAWN else 0


def page_shown(known: Known, content: Bytes, query: Mapping[str, Any]) -> Response:
    """Return one page as a picture; the file itself is only ever downloaded."""
    if known["kind"] not in DRAWN:
        raise undrawable()
    tag = f"{known['sha256']}-{query['page']}-{query['width']}"
    if tag in request.if_none_match:
        return picture(b"", tag, status=304)
    drawn = preview(content, known["kind"], query["page"], query["width"])
    if not drawn.picture:
        raise _no_page(drawn)
    return picture(drawn.picture, tag)


def jpeg_given(known: Known, content: Bytes, page: int) -> Response:
    """Return a photo as JPEG, where the file is one that not every program opens (HEIC, WebP, TIFF)."""
    if known["kind"] not in COPIED:
        raise undrawable()
    name, tag = f"{known['name'].rpartition('.')[0]}.jpg", f"{known['sha256']}-{page}-jpeg"
    if tag in request.if_none_match:
        return attachment(b"", name, JPEG, tag=tag, status=304)
    copied = jpeg_copy(content, known["kind"], page)
    if not copied.picture:
        raise _no_page(copied)
    return attachment(copied.picture, name, JPEG, tag=tag)


def _no_page(drawn: Preview) -> NotFound:
    return NotFound("evidence.page", zh=f"该材料只有 {drawn.pages} 页", en=f"it has {drawn.pages} pages only")
