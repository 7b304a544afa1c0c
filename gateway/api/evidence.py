"""Evidence: files that stand behind declarations, contributions, task orders and vetoes."""

from collections.abc import Iterator
from typing import Any

from flask import Response, request
from marshmallow import fields
from marshmallow.validate import OneOf

from gateway.api.core import Command, Document, batch, blueprint, streams, text, whole
from gateway.current import current_actor
from gateway.files.clearing import clear_away
from gateway.files.giving import attachment
from gateway.files.judging import judged
from gateway.files.kinds import KINDS
from gateway.files.staging import Staged, staged
from gateway.parts import parts
from gateway.rpc import call
from shared.errors import Unavailable
from shared.logs import log
from shared.settings import settings

evidence = blueprint("evidence", "佐证材料 files of evidence")
REFERRING = ("declaration", "task_order", "contribution", "temporary_work", "inquiry", "veto", "inspection", "appeal")


class UploadQuery(Command):
    cycle = text(100, required=True)


class AttachedQuery(Command):
    cycle = text(100, required=True)
    kind = fields.String(required=True, validate=OneOf(REFERRING))
    aggregate = text(100, required=True, metadata={"description": "id of the declaration, order, contribution, veto"})


class Attaching(AttachedQuery):
    evidence = batch(text(100), limit=50)


class EvidenceDocument(Document):
    evidence = fields.String(required=True, metadata={"description": "in a declaration's evidence: `evidence:<this>`"})
    cycle = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True, metadata={"description": ", ".join(KINDS)})
    media_type = fields.String(required=True)
    size = whole(required=True)
    sha256 = fields.String(required=True)
    owner = fields.String(required=True)


class EvidenceList(Document):
    items = fields.List(fields.Nested(EvidenceDocument), required=True)


_PART = {"type": "string", "format": "binary"}
_UPLOAD = {"content": {"multipart/form-data": {"schema": {"type": "object", "properties": {"file": _PART}}}}}


def _documented(view: Any) -> Any:
    # where flask-smorest keeps what it documents; its own ``doc`` decorator would wrap the view
    view._apidoc = {"manual_doc": {"requestBody": _UPLOAD}}  # noqa: SLF001
    return view


@evidence.route("/evidence", methods=["POST"])
@evidence.arguments(UploadQuery, location="query")
@evidence.response(201, EvidenceDocument)
@streams
@_documented
def upload_evidence(query: dict[str, Any]) -> dict[str, Any]:
    """上传 one file, in the part `file`; the same file sent again is the same evidence"""
    limit = int(settings.evidence_megabytes) * 1024 * 1024
    with staged(request, "file", parts().store.staging, limit) as file:
        name, kind = judged(file, frozenset(settings.evidence_kinds.split(",")))
        about = {"name": name, "kind": kind, "media_type": KINDS[kind].media_type}
        wanted = {**query, **about, "size": file.size, "sha256": file.sha256}
        reserved = call("declarations", "reserve_evidence", wanted)
        kept = reserved if reserved["status"] == "kept" else _stored(reserved, file)
    clear_away(parts().store, current_actor().bureau, reserved["clear"])
    return _shown(kept)


@evidence.route("/evidence")
@evidence.arguments(AttachedQuery, location="query")
@evidence.response(200, EvidenceList)
def list_attached(query: dict[str, Any]) -> dict[str, Any]:
    """材料列表 the files behind one declaration, order, contribution or veto that one may see"""
    return _all_shown(call("declarations", "list_attached", query, read=True))


@evidence.route("/evidence/attach", methods=["POST"])
@evidence.arguments(Attaching)
@evidence.response(200, EvidenceList)
def attach_evidence(command: dict[str, Any]) -> dict[str, Any]:
    """附上材料 put own files to something that is not decided yet"""
    return _all_shown(call("declarations", "attach_evidence", command))


@evidence.route("/evidence/<uuid:code>")
@evidence.response(200, EvidenceDocument)
def get_evidence(code: Any) -> dict[str, Any]:
    """材料信息 what is known of a file"""
    return _shown(_known(code))


@evidence.route("/evidence/<uuid:code>", methods=["DELETE"])
@evidence.response(204)
def drop_evidence(code: Any) -> None:
    """删除 one's own file that nothing refers to"""
    dropped = call("declarations", "drop_evidence", {"evidence": str(code)})
    clear_away(parts().store, current_actor().bureau, dropped["clear"])


@evidence.route("/evidence/<uuid:code>/content")
@evidence.response(200, _PART, content_type="application/octet-stream")
def download_evidence(code: Any) -> Response:
    """下载 the file, always to be saved, never shown by the browser"""
    known = _known(code)
    return attachment(_bytes(known), known["name"], known["media_type"], size=known["size"], tag=known["sha256"])


def _stored(reserved: dict[str, Any], file: Staged) -> dict[str, Any]:
    """First the bytes, durable; then the row. A crash in between leaves a reservation, which is cleared away later."""
    parts().store.put(reserved["stored_as"], file.file)
    return call("declarations", "keep_evidence", {"evidence": reserved["evidence"]})


def _known(code: Any) -> dict[str, Any]:
    return call("declarations", "get_evidence", {"evidence": str(code)}, read=True)


def _bytes(known: dict[str, Any]) -> Iterator[bytes]:
    if parts().store.size(known["stored_as"]) != known["size"]:
        log.error("evidence is damaged", evidence=known["evidence"], stored_as=known["stored_as"])
        raise Unavailable("evidence.damaged", zh="材料缺失或损坏，请联系管理员", en="its bytes are missing or damaged")
    return parts().store.parts(known["stored_as"])


def _shown(document: dict[str, Any]) -> dict[str, Any]:
    return {name: document[name] for name in EvidenceDocument().fields}


def _all_shown(page: dict[str, Any]) -> dict[str, Any]:
    return {"items": [_shown(one) for one in page["items"]]}
