"""打假图片: pictures of genuine and false marks, stored as the files of cases are; whoever may look an entry up may look at them."""

from typing import Any
from uuid import UUID

from flask import Response

from gateway.api.core import FILE, gives, streams, takes_file
from gateway.current import current_actor
from gateway.files.case_files import case_files, content_of
from gateway.files.garbage import PICTURES, clear_away
from gateway.files.kinds import KINDS
from gateway.files.looking import JPEG, given_out, jpeg_given, page_count, page_shown, received
from gateway.files.staging import Staged
from gateway.mounting import mounted, view
from gateway.parts import parts
from gateway.rpc import ask
from shared.contracts.complaints import pictures as contract
from shared.contracts.files import CopyQuery, PreviewQuery
from shared.contracts.shapes import Command, note, word
from shared.vocabulary.case_knowledge import SHOWN_MARKS
from shared.vocabulary.evidence import PICTURE_KINDS

pictures = mounted(contract.pictures)
_ONE = "/counterfeits/<entry>/pictures/<uuid:picture>"


class UploadQuery(Command):
    note = note(200, "what it shows", load_default="")
    shows = word(SHOWN_MARKS, "the genuine thing or the false one", load_default="false")


@pictures.route("/counterfeits/<entry>/pictures", methods=["POST"])
@pictures.arguments(UploadQuery, location="query")
@pictures.response(201, contract.PictureDocument)
@streams
@takes_file("file")
def upload_picture(query: dict[str, Any], entry: str) -> dict[str, Any]:
    """上传打假图片 one picture or PDF, in the part `file`; the same file sent again is the same picture"""
    with received(PICTURE_KINDS) as (file, about):
        reserved = ask(contract.reserve_picture, {**query, **about, "entry": entry})
        kept = reserved if reserved["status"] == "kept" else _stored(reserved, file)
    clear_away(parts().store, current_actor().bureau, reserved["clear"], PICTURES)
    return _shown(kept)


@view(pictures, contract.get_picture)
def get_picture(entry: str, picture: UUID) -> dict[str, Any]:
    return _shown(_known(entry, picture))


@view(pictures, contract.drop_picture)
def drop_picture(entry: str, picture: UUID) -> None:
    dropped = ask(contract.drop_picture, {"entry": entry, "picture": str(picture)})
    clear_away(parts().store, current_actor().bureau, dropped["clear"], PICTURES)


@pictures.route(f"{_ONE}/content")
@pictures.response(200, FILE, content_type="application/octet-stream")
@gives(*(KINDS[kind].media_type for kind in PICTURE_KINDS))
def download_picture(entry: str, picture: UUID) -> Response:
    """下载打假图片 the file, always to be saved, never shown by the browser"""
    known = _known(entry, picture)
    return given_out(known, content_of(known))


@pictures.route(f"{_ONE}/pages")
@pictures.response(200, contract.PicturePages)
def count_picture_pages(entry: str, picture: UUID) -> dict[str, Any]:
    """打假图片页数 how many pages can be previewed"""
    known = _known(entry, picture)
    return {"picture": known["picture"], "pages": page_count(known, content_of(known))}


@pictures.route(f"{_ONE}/preview")
@pictures.arguments(PreviewQuery, location="query")
@pictures.response(200, FILE, content_type="image/png")
def preview_picture(query: dict[str, Any], entry: str, picture: UUID) -> Response:
    """预览打假图片 one page as a picture; the file itself is only ever downloaded"""
    known = _known(entry, picture)
    return page_shown(known, content_of(known), query)


@pictures.route(f"{_ONE}/copy")
@pictures.arguments(CopyQuery, location="query")
@pictures.response(200, FILE, content_type=JPEG)
def copy_picture(query: dict[str, Any], entry: str, picture: UUID) -> Response:
    """打假图片副本 a photo as JPEG, where the file is one that not every program opens (HEIC, WebP, TIFF)"""
    known = _known(entry, picture)
    return jpeg_given(known, content_of(known), query["page"])


def _stored(reserved: dict[str, Any], file: Staged) -> dict[str, Any]:
    """First the bytes, sealed and durable; then the row (decision 0233)."""
    case_files().put(reserved["stored_as"], file.file)
    return ask(contract.keep_picture, {"entry": reserved["entry"], "picture": reserved["picture"]})


def _known(entry: str, picture: UUID) -> dict[str, Any]:
    return ask(contract.get_picture, {"entry": entry, "picture": str(picture)})


def _shown(document: dict[str, Any]) -> dict[str, Any]:
    return {name: document[name] for name in contract.PictureDocument().fields}
