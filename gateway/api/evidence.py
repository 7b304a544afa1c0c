"""Evidence: files that stand behind declarations, contributions, task orders and vetoes."""

from collections.abc import Iterator
from typing import Any

from flask import Response

from gateway.api.core import FILE, gives, streams, takes_file
from gateway.current import current_actor
from gateway.files.garbage import clear_away
from gateway.files.kinds import CHARSETS, KINDS, text_type
from gateway.files.looking import JPEG, given_out, jpeg_given, page_count, page_shown, received
from gateway.files.staging import Staged
from gateway.mounting import mounted, view
from gateway.parts import parts
from gateway.rpc import ask
from shared.contracts.declarations import evidence as contract
from shared.contracts.declarations.asking import OneCycle
from shared.contracts.files import CopyQuery, PreviewQuery
from shared.errors import Unavailable
from shared.logs import log

evidence = mounted(contract.evidence)


@evidence.route("/evidence", methods=["POST"])
@evidence.arguments(OneCycle, location="query")
@evidence.response(201, contract.EvidenceDocument)
@streams
@takes_file("file")
def upload_evidence(query: dict[str, Any]) -> dict[str, Any]:
    """上传 one file, in the part `file`; the same file sent again is the same evidence"""
    with received() as (file, about):
        reserved = ask(contract.reserve_evidence, {**query, **about})
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
    return given_out(known, _bytes(known))


@evidence.route("/evidence/<uuid:evidence>/pages")
@evidence.response(200, contract.PagesDocument)
def count_pages(evidence: Any) -> dict[str, Any]:
    """页数 how many pages can be previewed; 0 for what can only be downloaded"""
    known = _known(evidence)
    return {"evidence": known["evidence"], "pages": page_count(known, _bytes(known))}


@evidence.route("/evidence/<uuid:evidence>/preview")
@evidence.arguments(PreviewQuery, location="query")
@evidence.response(200, FILE, content_type="image/png")
def preview_evidence(query: dict[str, Any], evidence: Any) -> Response:
    """预览 one page as a picture; the file itself is only ever downloaded"""
    known = _known(evidence)
    return page_shown(known, _bytes(known), query)


@evidence.route("/evidence/<uuid:evidence>/copy")
@evidence.arguments(CopyQuery, location="query")
@evidence.response(200, FILE, content_type=JPEG)
def copy_evidence(query: dict[str, Any], evidence: Any) -> Response:
    """副本 a photo as JPEG, where the file is one that not every program opens (HEIC, WebP, TIFF)"""
    known = _known(evidence)
    return jpeg_given(known, _bytes(known), query["page"])


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
