"""What belongs to the person at the screen and to nobody's appraisal: preferences, and drafts of what is being typed."""

import re
from typing import Any

from flask import Response
from marshmallow import fields
from marshmallow.validate import OneOf

from gateway.api.core import Command, Document, blueprint, text
from gateway.current import current_actor
from gateway.parts import parts
from gateway.storage.personal import Drafts, Preferences
from shared.clock import now
from shared.errors import BadRequest, Conflict, Invalid, NotFound, TooLarge
from shared.jsontext import dumps

personal = blueprint("personal", "个人设置与草稿 preferences and drafts of one's own")

LARGEST_PREFERENCES = 16 * 1024
LARGEST_DRAFT = 64 * 1024
DRAFTS = 500  # of one account
_KEY = re.compile(r"[\w.:@-]{1,200}")


class PreferencesBody(Command):
    language = fields.String(validate=OneOf(("zh", "en")))
    theme = fields.String(validate=OneOf(("system", "light", "dark")))
    density = fields.String(validate=OneOf(("dense", "normal", "roomy")))
    start = text(200, metadata={"description": "the page to begin with"})
    single_keys = fields.Boolean(metadata={"description": "J, K, A … act without Ctrl"})
    tour_seen = fields.Boolean()
    pages = fields.Dict(keys=text(100), metadata={"description": "columns and filters, page by page"})


class PreferencesDocument(Document, PreferencesBody):
    pass


class DraftBody(Command):
    body = fields.Dict(keys=text(200), required=True, metadata={"description": "as the page wants it back; 64 kB"})


class DraftHead(Document):
    key = fields.String(required=True)
    changed_at = fields.AwareDateTime(required=True)


class DraftDocument(DraftHead):
    body = fields.Dict(required=True)


class DraftList(Document):
    items = fields.List(fields.Nested(DraftHead), required=True)


@personal.route("/preferences")
@personal.response(200, PreferencesDocument)
def get_preferences() -> dict[str, Any]:
    """个人设置 how pages look to oneself; what was never chosen is absent"""
    actor = current_actor()
    with parts().database.begin(actor) as session:
        return Preferences(session).find(actor.account)


@personal.route("/preferences", methods=["PUT"])
@personal.arguments(PreferencesBody)
@personal.response(200, PreferencesDocument)
def put_preferences(command: dict[str, Any]) -> dict[str, Any]:
    """保存个人设置 replaces all of them"""
    _check_size(command, LARGEST_PREFERENCES)
    actor = current_actor()
    with parts().database.begin(actor) as session:
        Preferences(session).keep(actor.account, command, now())
    return command


@personal.route("/drafts")
@personal.response(200, DraftList)
def list_drafts() -> dict[str, Any]:
    """草稿列表 one's own drafts, the newest first"""
    actor = current_actor()
    with parts().database.begin(actor) as session:
        return {"items": Drafts(session, actor.account).list()}


@personal.route("/drafts/<key>")
@personal.response(200, DraftDocument)
def get_draft(key: str) -> dict[str, Any]:
    """草稿 one draft of one's own"""
    actor = current_actor()
    with parts().database.begin(actor) as session:
        found = Drafts(session, actor.account).find(_checked(key))
    if found is None:
        raise NotFound("draft.unknown", zh="没有这份草稿", en="there is no such draft")
    return found


@personal.route("/drafts/<key>", methods=["PUT"])
@personal.arguments(DraftBody)
@personal.response(200, DraftHead)
def put_draft(command: dict[str, Any], key: str) -> dict[str, Any]:
    """保存草稿 what is being typed, kept for 60 days; nothing confidential is taken"""
    body = command["body"]
    _check_size(body, LARGEST_DRAFT)
    if body.get("confidential") is True:
        zh, en = "涉密内容不保存草稿", "what is confidential is never kept as a draft"
        raise Invalid("draft.confidential", zh=zh, en=en)
    actor, at = current_actor(), now()
    with parts().database.begin(actor) as session:
        mine = Drafts(session, actor.account)
        if mine.count(but=_checked(key)) >= DRAFTS:
            raise Conflict("draft.too_many", zh=f"草稿不得超过 {DRAFTS} 份", en=f"at most {DRAFTS} drafts")
        mine.keep(key, body, at)
    return {"key": key, "changed_at": at}


@personal.route("/drafts/<key>", methods=["DELETE"])
@personal.response(204)
def drop_draft(key: str) -> Response:
    """删除草稿 one that is gone already is no error"""
    actor = current_actor()
    with parts().database.begin(actor) as session:
        Drafts(session, actor.account).drop(_checked(key))
    return Response(status=204)


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise BadRequest("draft.key", zh="草稿名有误", en="a draft's key holds letters, digits and . : @ _ -")
    return key


def _check_size(document: dict[str, Any], limit: int) -> None:
    if len(dumps(document).encode()) > limit:
        kilobytes = limit // 1024
        raise TooLarge("personal.too_large", zh=f"内容超过 {kilobytes} kB", en=f"larger than {kilobytes} kB")
