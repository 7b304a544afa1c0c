"""Accounts: who may log in, with which roles."""

from functools import partial
from typing import Any

from flask import Response, g
from marshmallow import fields
from marshmallow.validate import Length

from gateway.api.cookies import CSRF, give_session
from gateway.api.core import Command, Document, PageQuery, batch, blueprint, etag, if_match, paged, shown_once, text
from gateway.auth import passwords_changed, usecases
from gateway.auth.logins import by_password
from gateway.auth.managing import managed_account
from gateway.auth.organisation import known_by_bureau, known_codes
from gateway.auth.secrets import digest, new_secret
from gateway.current import by_hand, current_actor
from gateway.parts import parts
from gateway.storage.accounts import Account
from shared.contracts.shapes import StepRefusal, listing, word
from shared.vocabulary.roles import PROPOSAL_STATES, PROPOSAL_STEPS, REACHES, ROLES

accounts = blueprint("accounts", "账号 accounts and their roles")
accounts.truthful = True


class GrantBody(Command):
    # what they may be is told here and checked by gateway.auth.roles, which says what is wrong of which grant
    role = text(40, required=True, metadata={"enum": list(ROLES)})
    scope = text(40, required=True, metadata={"enum": list(REACHES)})
    target = text(64, allow_none=True, metadata={"description": "code of the unit or line, where the scope is one"})


class NewAccount(Command):
    account = text(64, required=True, metadata={"description": "the name to log in with, unique in the installation"})
    name = text(100, required=True)
    bureau = fields.String(validate=Length(max=64), metadata={"description": "one's own where absent"})
    person = text(64, allow_none=True, metadata={"description": "whose account it is; a person has one"})
    grants = fields.List(fields.Nested(GrantBody), required=True, validate=Length(1, 50))
    password = text(200, load_only=True, metadata={"description": "one is made and shown once where absent"})


class NewAccounts(Command):
    accounts = batch(NewAccount)


class AccountChanges(Command):
    name = text(100)
    person = text(64, allow_none=True)
    grants = fields.List(fields.Nested(GrantBody), validate=Length(1, 50))
    active = fields.Boolean()


class PasswordChange(Command):
    current = text(200, required=True, load_only=True)
    new = text(200, required=True, load_only=True)


class AccountQuery(PageQuery):
    bureau = text(64)


class AccountDocument(Document):
    account = fields.String(required=True)
    name = fields.String(required=True)
    bureau = fields.String(required=True)
    person = fields.String(required=True, allow_none=True)
    grants = fields.List(fields.Nested(GrantBody), required=True)
    must_change = fields.Boolean(required=True, metadata={"description": "the password has to be changed first"})
    active = fields.Boolean(required=True)
    revision = fields.Integer(required=True)
    created_at = fields.AwareDateTime(required=True)
    changed_at = fields.AwareDateTime(required=True)


class GrantProposal(Document):
    proposal = fields.UUID(required=True)
    account = fields.String(required=True)
    bureau = fields.String(required=True)
    grant = fields.Nested(GrantBody, required=True)
    status = word(PROPOSAL_STATES, required=True)
    proposed_by = fields.String(required=True)
    proposed_bureau = fields.String(required=True)
    proposed_person = fields.String(required=True, allow_none=True)
    proposed_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    decided_by = fields.String(required=True, allow_none=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    reason = fields.String(required=True)
    name = fields.String(metadata={"description": "in lists: of the account"})
    proposed_name = fields.String(metadata={"description": "in lists: of who proposed it"})
    decided_name = fields.String(metadata={"description": "in lists: of who decided it"})
    may = listing(word(PROPOSAL_STEPS), "in lists: the steps that the reader may take now", required=False)
    why_not = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(StepRefusal),
        metadata={"description": "in lists: step -> why not, where the reader would expect to take it"},
    )


class ChangedAccount(AccountDocument):
    waiting = listing(GrantProposal, "roles that a second account has to confirm first")


class CreatedAccount(ChangedAccount):
    password = fields.String(metadata={"description": "present where it was made here; shown this once"})


class CreatedAccounts(Document):
    items = fields.List(fields.Nested(CreatedAccount), required=True)


class NewPassword(Document):
    password = fields.String(
        required=True, metadata={"description": "shown this once; to be changed at the next log-in"}
    )
    waiting = listing(GrantProposal, "roles that the security officer has to confirm anew first")


@accounts.route("/accounts", methods=["POST"])
@accounts.arguments(NewAccounts)
@accounts.response(201, CreatedAccounts)
@shown_once
def create_accounts(command: dict[str, Any]) -> dict[str, Any]:
    """批量开户 create up to 500 accounts, all or none; roles beyond staff and devices wait for a second account's word"""
    actor = current_actor()
    usecases.check_may_create(actor, command["accounts"])
    known = known_by_bureau(actor.bureau, command["accounts"])
    with parts().database.begin(actor) as session:
        created = usecases.request_accounts(session, actor, command["accounts"], known)
    return {"items": [_created(*one) for one in created]}


@accounts.route("/accounts")
@accounts.arguments(AccountQuery, location="query")
@accounts.response(200, paged(AccountDocument))
def list_accounts(query: dict[str, Any]) -> dict[str, Any]:
    """账号列表 the accounts that one manages"""
    actor = current_actor()
    with parts().database.begin(actor) as session:
        return usecases.list_accounts(session, actor, query)


@accounts.route("/accounts/<account>")
@accounts.response(200, AccountDocument)
def get_account(account: str) -> Any:
    """账号 one account: one's own or one that one manages"""
    actor = current_actor()
    with parts().database.begin(actor) as session:
        return etag(usecases.get_account(session, actor, account).document())


@accounts.route("/accounts/<account>", methods=["PATCH"])
@accounts.arguments(AccountChanges)
@accounts.response(200, ChangedAccount)
def change_account(command: dict[str, Any], account: str) -> Any:
    """变更账号 change name, person, roles or activity; needs If-Match; roles added wait for a second account's word"""
    actor, revision = current_actor(), if_match()
    with parts().database.begin(actor) as session:
        bureau = managed_account(session, actor, account).bureau
    known = known_codes(bureau, [command]) if bureau and {"person", "grants"} & set(command) else None
    with parts().database.begin(actor) as session:
        changed, waiting = usecases.change_account(session, actor, account, revision, command, known)
    parts().holders.forget()
    return etag({**changed.document(), "waiting": waiting})


@accounts.route("/accounts/<account>/password", methods=["POST"])
@accounts.response(201, NewPassword)
@shown_once
def reset_password(account: str) -> dict[str, Any]:
    """重置密码 make a new password for somebody who lost theirs; roles beyond staff and devices are confirmed anew"""
    actor = by_hand()
    with parts().database.begin(actor) as session:
        password, waiting = passwords_changed.reset_password(session, actor, account)
    parts().holders.forget()
    return {"password": password, "waiting": waiting}


@accounts.route("/accounts/current/password", methods=["PUT"])
@accounts.arguments(PasswordChange)
@accounts.response(204, headers={CSRF: {"description": "of the session as it goes on", "schema": {"type": "string"}}})
def change_password(command: dict[str, Any]) -> Response:
    """修改密码 change one's own password; this session goes on with a new cookie and X-CSRF-Token, one's others end"""
    actor, fresh = by_hand(), new_secret()
    held = passwords_changed.Rotation(digest(g.credential.secret), digest(fresh))
    current, new = command["current"], command["new"]
    change = partial(passwords_changed.change_password, actor=actor, current=current, new=new, rotation=held)
    by_password(parts().database, actor, change)
    parts().holders.forget()
    response = Response(status=204)
    give_session(response, fresh)
    return response


def _created(account: Account, password: str | None, waiting: list[dict[str, Any]]) -> dict[str, Any]:
    return account.document() | {"waiting": waiting} | ({"password": password} if password else {})
