"""附件: files of a case, sealed in the store and given out to those only who may see who complained; each look is on the trail."""

from typing import Any
from uuid import UUID

from flask import Response

from gateway.api.core import FILE, gives, streams, takes_file
from gateway.current import current_actor
from gateway.files.case_files import case_files, content_of
from gateway.files.garbage import ATTACHMENTS, clear_away
from gateway.files.kinds import CHARSETS, KINDS, text_type
from gateway.files.looking import JPEG, given_out, jpeg_given, page_count, page_shown, received
from gateway.files.staging import Staged
from gateway.mounting import mounted, view
from gateway.parts import parts
from gateway.rpc import ask
from shared.contracts.complaints import attachments as contract
from shared.contracts.files import CopyQuery, PreviewQuery
from shared.contracts.shapes import Command, note

attachments = mounted(contract.attachments)
_ONE = "/cases/<uuid:case>/attachments/<uuid:attachment>"


class UploadQuery(Command):
    note = note(200, "what it is", load_default="")


@attachments.route("/cases/<uuid:case>/attachments", methods=["POST"])
@attachments.arguments(UploadQuery, location="query")
@attachments.response(201, contract.AttachmentDocument)
@streams
@takes_file("file")
def upload_attachment(query: dict[str, Any], case: UUID) -> dict[str, Any]:
    """上传附件 one file, in the part `file`; the same file sent again is the same attachment"""
    with received() as (file, about):
        reserved = ask(contract.reserve_attachment, {**query, **about, "case": str(case)})
        kept = reserved if reserved["status"] == "kept" else _stored(reserved, file)
    clear_away(parts().store, current_actor().bureau, reserved["clear"], ATTACHMENTS)
    return _shown(kept)


@view(attachments, contract.get_attachment)
def get_attachment(case: UUID, attachment: UUID) -> dict[str, Any]:
    return _shown(_known(case, attachment))


@view(attachments, contract.drop_attachment)
def drop_attachment(case: UUID, attachment: UUID) -> None:
    dropped = ask(contract.drop_attachment, {"case": str(case), "attachment": str(attachment)})
    clear_away(parts().store, current_actor().bureau, dropped["clear"], ATTACHMENTS)


@attachments.route(f"{_ONE}/content")
@attachments.response(200, FILE, content_type="application/octet-stream")
@gives(*dict.fromkeys(text_type(kind, charset) for kind in KINDS for charset in CHARSETS))
def download_attachment(case: UUID, attachment: UUID) -> Response:
    """下载附件 the file, always to be saved, never shown by the browser"""
    known = _known(case, attachment)
    return given_out(known, content_of(known))


@attachments.route(f"{_ONE}/pages")
@attachments.response(200, contract.AttachmentPages)
def count_attachment_pages(case: UUID, attachment: UUID) -> dict[str, Any]:
    """附件页数 how many pages can be previewed; 0 for what can only be downloaded"""
    known = _known(case, attachment)
    return {"attachment": known["attachment"], "pages": page_count(known, content_of(known))}


@attachments.route(f"{_ONE}/preview")
@attachments.arguments(PreviewQuery, location="query")
@attachments.response(200, FILE, content_type="image/png")
def preview_attachment(query: dict[str, Any], case: UUID, attachment: UUID) -> Response:
    """预览附件 one page as a picture; the file itself is only ever downloaded"""
    known = _known(case, attachment)
    return page_shown(known, content_of(known), query)


@attachments.route(f"{_ONE}/copy")
@attachments.arguments(CopyQuery, location="query")
@attachments.response(200, FILE, content_type=JPEG)
def copy_attachment(query: dict[str, Any], case: UUID, attachment: UUID) -> Response:
    """附件副本 a photo as JPEG, where the file is one that not every program opens (HEIC, WebP, TIFF)"""
    known = _known(case, attachment)
    return jpeg_given(known, content_of(known), query["page"])


def _stored(reserved: dict[str, Any], file: Staged) -> dict[str, Any]:
    """First the bytes, sealed and durable; then the row. A crash in between leaves a reservation, which is cleared away later."""
    case_files().put(reserved["stored_as"], file.file)
    return ask(contract.keep_attachment, {"case": reserved["case"], "attachment": reserved["attachment"]})


def _known(case: UUID, attachment: UUID) -> dict[str, Any]:
    return ask(contract.get_attachment, {"case": str(case), "attachment": str(attachment)})


def _shown(document: dict[str, Any]) -> dict[str, Any]:
    return {name: document[name] for name in contract.AttachmentDocument().fields}
