"""Evidence: files that stand behind declarations, contributions, task orders and vetoes."""

from collections.abc import Iterator
from typing import Any

from flask import Response, request

from gateway.api.core import FILE, gives, streams, takes_file
from gateway.current import current_actor
from gateway.files.garbage import clear_away
from gateway.files.giving import attachment, picture
from gateway.files.judging import charset_of, judged
from gateway.files.kinds import CHARSETS, COPIED, KINDS, text_type
from gateway.files.staging import Staged, staged
from gateway.mounting import mounted, view
from gateway.parts import parts
from gateway.previews.drawing import DRAWN, Preview, jpeg_copy, preview, undrawable
from gateway.rpc import ask
from shared.contracts.declarations import evidence as contract
from shared.contracts.declarations.asking import OneCycle
from shared.errors import NotFound, Unavailable
from shared.logs import log
from shared.settings import settings

evidence = mounted(contract.evidence)
JPEG = KINDS["jpg"].media_type


@evidence.route("/evidence", methods=["POST"])
@evidence.arguments(OneCycle, location="query")
@evidence.response(201, contract.EvidenceDocument)
@streams
@takes_file("file")
def upload_evidence(query: dict[str, Any]) -> dict[str, Any]:
    """上传 one file, in the part `file`; the same file sent again is the same evidence"""
    limit = int(settings.evidence_megabytes) * 1024 * 1024
    with staged(request, "file", parts().store.staging, limit) as file:
        name, kind = judged(file, frozenset(settings.evidence_kinds.split(",")))
        about = {"name": name, "kind": kind, "media_type": text_type(kind, charset_of(file.file) or CHARSETS[0])}
        wanted = {**query, **about, "size": file.size, "sha256": file.sha256}
        reserved = ask(contract.reserve_evidence, wanted)
        kept = reserved if reserved["status"] == "kept" else _stored(reserved, file)
    clear_away(parts().store, current_actor().bureau, reserved["clear"])
    return _shown(kept)


@view(evidence, contract.get_evidence)
def get_evidence(evidence: Any) -> dict[str, Any]:
    return _shown(_known(evidence))


@view(evidence, contract.drop_evidence)
def drop_evidence(evidence: Any) -> None:
    dropped = ask(contract.drop_evidence, {"evidence": str(evidence)})
    clear_away(parts().store, current_actor().bureau, dropped["clear"])


@evidence.route("/evidence/<uuid:evidence>/content")
@evidence.response(200, FILE, content_type="application/octet-stream")
@gives(*dict.fromkeys(text_type(kind, charset) for kind in KINDS for charset in CHARSETS))
def download_evidence(evidence: Any) -> Response:
    """下载 the file, always to be saved, never shown by the browser"""
    known = _known(evidence)
    return attachment(_bytes(known), known["name"], known["media_type"], size=known["size"], tag=known["sha256"])


@evidence.route("/evidence/<uuid:evidence>/pages")
@evidence.response(200, contract.PagesDocument)
def count_pages(evidence: Any) -> dict[str, Any]:
    """页数 how many pages can be previewed; 0 for what can only be downloaded"""
    known = _known(evidence)
    pages = preview(_bytes(known), known["kind"], 0, 1).pages if known["kind"] in DRAWN else 0
    return {"evidence": known["evidence"], "pages": pages}


@evidence.route("/evidence/<uuid:evidence>/preview")
@evidence.arguments(contract.PreviewQuery, location="query")
@evidence.response(200, FILE, content_type="image/png")
def preview_evidence(query: dict[str, Any], evidence: Any) -> Response:
    """预览 one page as a picture; the file itself is only ever downloaded"""
    known = _known(evidence)
    if known["kind"] not in DRAWN:
        raise undrawable()
    tag = f"{known['sha256']}-{query['page']}-{query['width']}"
    if tag in request.if_none_match:
        return picture(b"", tag, status=304)
    drawn = preview(_bytes(known), known["kind"], query["page"], query["width"])
    if not drawn.picture:
        raise _no_page(drawn)
    return picture(drawn.picture, tag)


@evidence.route("/evidence/<uuid:evidence>/copy")
@evidence.arguments(contract.CopyQuery, location="query")
@evidence.response(200, FILE, content_type=JPEG)
def copy_evidence(query: dict[str, Any], evidence: Any) -> Response:
    """副本 a photo as JPEG, where the file is one that not every program opens (HEIC, WebP, TIFF)"""
    known = _known(evidence)
    if known["kind"] not in COPIED:
        raise undrawable()
    name, tag = f"{known['name'].rpartition('.')[0]}.jpg", f"{known['sha256']}-{query['page']}-jpeg"
    if tag in request.if_none_match:
        return attachment(b"", name, JPEG, tag=tag, status=304)
    copied = jpeg_copy(_bytes(known), known["kind"], query["page"])
    if not copied.picture:
        raise _no_page(copied)
    return attachment(copied.picture, name, JPEG, tag=tag)


def _no_page(drawn: Preview) -> NotFound:
    return NotFound("evidence.page", zh=f"该材料只有 {drawn.pages} 页", en=f"it has {drawn.pages} pages only")


def _stored(reserved: dict[str, Any], file: Staged) -> dict[str, Any]:
    """First the bytes, durable; then the row. A crash in between leaves a reservation, which is cleared away later."""
    parts().store.put(reserved["stored_as"], file.file)
    return ask(contract.keep_evidence, {"evidence": reserved["evidence"]})


def _known(evidence: Any) -> dict[str, Any]:
    return ask(contract.get_evidence, {"evidence": str(evidence)})


def _bytes(known: dict[str, Any]) -> Iterator[bytes]:
    if parts().store.size(known["stored_as"]) != known["size"]:
        log.error("evidence is damaged", evidence=known["evidence"], stored_as=known["stored_as"])
        raise Unavailable("evidence.damaged", zh="材料缺失或损坏，请联系管理员", en="its bytes are missing or damaged")
    return parts().store.parts(known["stored_as"])


def _shown(document: dict[str, Any]) -> dict[str, Any]:
    return {name: document[name] for name in contract.EvidenceDocument().fields}
