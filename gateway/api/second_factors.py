"""The second factor of one's own account: enrolled, confirmed, taken away."""

from functools import partial
from typing import Any

from flask import Response, g
from marshmallow import fields

from gateway.api.core import Command, Document, blueprint, leaves_no_trace, shown_once, text
from gateway.auth import second_factor
from gateway.auth.logins import by_password
from gateway.current import by_hand, current_actor
from gateway.parts import parts
from gateway.storage.factors import Factors
from shared.contracts.shapes import listing

second_factors = blueprint("second_factors", "二次验证 one-time passwords beside the password")
second_factors.truthful = True


class FactorDocument(Document):
    enrolled = fields.Boolean(required=True)
    needed = fields.Boolean(required=True, metadata={"description": "one of the account's roles asks for it"})


class Enrolment(Document):
    secret = fields.String(required=True, metadata={"description": "to be typed where no picture can be taken"})
    uri = fields.String(required=True, metadata={"description": "otpauth://…"})
    qr = fields.String(required=True, metadata={"description": "the address as an SVG picture"})


class Code(Command):
    code = text(20, required=True, load_only=True)


class Password(Command):
    password = text(200, required=True, load_only=True)


class BackupCodes(Document):
    codes = listing(fields.String(), "each lets in once; shown this once")


@second_factors.route("/accounts/current/second-factor")
@second_factors.response(200, FactorDocument)
def get_second_factor() -> dict[str, Any]:
    """二次验证 whether one has a second factor, and needs one"""
    account = g.credential.account
    with parts().database.begin(current_actor()) as session:
        enrolled = Factors(session).confirmed(account.account)
    return {"enrolled": enrolled, "needed": second_factor.needs_factor(account)}


@second_factors.route("/accounts/current/second-factor", methods=["POST"])
@second_factors.response(201, Enrolment)
@shown_once
def begin_second_factor() -> dict[str, Any]:
    """申请启用 a new secret, to be confirmed with a code made with it"""
    actor = by_hand()
    with parts().database.begin(actor) as session:
        return second_factor.begin_enrolment(session, actor)


@second_factors.route("/accounts/current/second-factor/confirm", methods=["POST"])
@second_factors.arguments(Code)
@second_factors.response(200, BackupCodes)
@shown_once
def confirm_second_factor(command: dict[str, Any]) -> dict[str, Any]:
    """确认启用 from now on a code is asked for at the log-in"""
    actor = by_hand()
    with parts().database.begin(actor) as session:
        codes = second_factor.confirm_enrolment(session, actor, command["code"])
    parts().holders.forget()
    return {"codes": codes}


@second_factors.route("/accounts/current/second-factor/drop", methods=["POST"])
@second_factors.arguments(Password)
@second_factors.response(204)
@leaves_no_trace
def drop_second_factor(command: dict[str, Any]) -> Response:
    """停用 no code is asked for any more"""
    actor = by_hand()
    by_password(parts().database, actor, partial(second_factor.drop_own, actor=actor, password=command["password"]))
    parts().holders.forget()
    return Response(status=204)


@second_factors.route("/accounts/<account>/second-factor", methods=["DELETE"])
@second_factors.response(204)
def reset_second_factor(account: str) -> Response:
    """重置 take away the factor of somebody who lost theirs, by the 安全管理员; the owner is told"""
    actor = by_hand()
    with parts().database.begin(actor) as session:
        second_factor.drop_of(session, actor, account)
    parts().holders.forget()
    return Response(status=204)
