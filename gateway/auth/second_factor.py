"""A second factor: one-time passwords by the clock (TOTP, RFC 6238, cryptography's), and backup codes for a lost telephone.

Each function runs in the caller's transaction. The shared secret is stored sealed with KAOHE_SECRET: whoever reads the database alone
gets in nowhere.
"""

import base64
import secrets
import time
from datetime import datetime
from io import BytesIO
from typing import Any

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from sqlalchemy.orm import Session

from gateway.auth.account_faults import account_name
from gateway.auth.passwords import matches
from gateway.auth.roles import check_not_own, may_confirm_grants
from gateway.auth.secrets import READABLE, digest, seal_of
from gateway.auth.telling import tell_owner
from gateway.storage.accounts import Account, Accounts
from gateway.storage.factors import Factors
from shared.actor import Actor
from shared.clock import now
from shared.errors import Conflict, Forbidden, Invalid
from shared.recording import audit
from shared.settings import settings

DIGITS, STEP = 6, 30
DRIFT = 1  # steps that a telephone's clock may be off
BACKUP_CODES = 10
_PURPOSE = b"second factors"


def needs_factor(account: Account) -> bool:
    """Tell whether the settings ask a second factor of one of the account's roles."""
    wanted = set(settings.second_factor_roles.split(",")) - {""}
    return any(grant.role in wanted for grant in account.grants)


def begin_enrolment(session: Session, actor: Actor) -> dict[str, Any]:
    """Make a secret; it counts once a code made with it has been confirmed."""
    factors = Factors(session)
    if factors.confirmed(actor.account):
        raise Conflict("second_factor.there", zh="已启用二次验证，请先停用", en="there is one: take it away first")
    secret = secrets.token_bytes(20)
    factors.put(actor.account, _sealed(secret))
    uri = _totp(secret).get_provisioning_uri(actor.account, "Kaohe")
    picture = BytesIO()
    segno.make(uri, error="m").save(picture, kind="svg", scale=4)
    return {"secret": base64.b32encode(secret).decode(), "uri": uri, "qr": picture.getvalue().decode()}


def confirm_enrolment(session: Session, actor: Actor, code: str) -> list[str]:
    """Take the factor into use; returns the backup codes, which are told this once."""
    factors = Factors(session)
    row = factors.find(actor.account, lock=True)
    if row is None or row["confirmed_at"] is not None:
        raise Conflict("second_factor.not_begun", zh="请先申请启用二次验证", en="begin the enrolment first")
    step = _step_of(_opened(row["secret"]), code, row["last_step"])
    if step is None:
        raise _wrong()
    factors.confirm(actor.account, now(), step)
    codes = ["".join(secrets.choice(READABLE) for _ in range(10)) for _ in range(BACKUP_CODES)]
    factors.replace_codes(actor.account, [digest(one) for one in codes])
    _note(session, actor.account, "second_factor.enrolled")
    return codes


def drop_own(session: Session, actor: Actor, password: str) -> None:
    """Take one's own factor away; the password is asked for."""
    account = Accounts(session).get(actor.account, lock=True)
    if not matches(account.password_hash, password):
        raise Invalid("password.wrong", zh="密码不正确", en="the password is wrong")
    if needs_factor(account):
        raise Conflict("second_factor.needed", zh="您的角色须启用二次验证", en="your role needs one")
    Factors(session).drop(account.account)
    _note(session, account.account, "second_factor.dropped")


def drop_of(session: Session, actor: Actor, name: str) -> None:
    """Take away the factor of somebody who lost theirs; by the security officer, who makes no passwords: whoever could do both
    would be that person. The owner is told."""
    account = Accounts(session).get(account_name(name), lock=True)
    if not may_confirm_grants(actor, account.bureau):
        raise Forbidden("second_factor.security_only", zh="应由安全管理员停用", en="the security officer takes it away")
    check_not_own(actor, account.account, account.bureau, account.person)
    drop_on_machine(session, account.account)


def drop_on_machine(session: Session, name: str) -> None:
    """Take the factor away: the caller is on the machine itself, or has asked who may."""
    account = Accounts(session).get(account_name(name), lock=True)
    Factors(session).drop(account.account)
    _note(session, account.account, "second_factor.reset")


def check_code(session: Session, account: str, code: str, at: datetime) -> bool:
    """Tell whether ``code`` is the factor's present one, or a backup code; each is good once."""
    factors = Factors(session)
    row = factors.find(account, lock=True)
    if row is None or row["confirmed_at"] is None:
        return True
    step = _step_of(_opened(row["secret"]), code, row["last_step"])
    if step is not None:
        factors.use_step(account, step)
        return True
    return factors.use_code(account, digest(code.strip().lower()), at)


def _step_of(secret: bytes, code: str, last: int) -> int | None:
    """The step whose code it is, among the present ones that were not used yet."""
    present = int(time.time()) // STEP
    for step in range(present - DRIFT, present + DRIFT + 1):
        try:
            _totp(secret).verify(code.strip().encode("utf-8", "replace"), step * STEP)
        except InvalidToken:
            continue
        return step if step > last else None
    return None


def _totp(secret: bytes) -> TOTP:
    return TOTP(secret, DIGITS, SHA1(), STEP)  # noqa: S303  # what telephones' apps can do; RFC 6238's own


def _sealed(secret: bytes) -> bytes:
    return seal_of(_PURPOSE).encrypt(secret)


def _opened(sealed: bytes) -> bytes:
    return seal_of(_PURPOSE).decrypt(bytes(sealed))


def _note(session: Session, account: str, action: str) -> None:
    audit(session, action=action, subject=account, before={}, after={})
    tell_owner(session, account, action)


def _wrong() -> Invalid:
    return Invalid("second_factor.wrong", zh="验证码不正确或已使用", en="the code is wrong or was used")
