"""Guesses of passwords and codes: counted before they are looked at, and made to wait (docs/decisions/1002)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gateway.auth.secrets import digest
from gateway.storage.accounts import Accounts
from gateway.storage.attempts import Attempts
from gateway.storage.logins import Logins
from shared.actor import system
from shared.clock import now
from shared.database import Session, Sessions
from shared.errors import Problem
from shared.recording import audit

TRIES = 5  # of one account from one device that it knows, or else from one address, before it has to wait
ADDRESS_TRIES = 100  # of all accounts from one address: a bureau may sit behind a single one
TRIES_WHILE_GUESSED = (
    1  # of one account from an address where all are being tried: whoever knows the password gets in at once
)
LONGEST_BLOCK = timedelta(minutes=15)
CODES = "codes"  # where an account's wrong codes are counted, from whatever address they come


class TooManyAttempts(Problem):
    """429; ``retry_after`` in seconds goes into the Retry-After header."""

    def __init__(self, until: datetime) -> None:
        self.retry_after = max(1, int((until - now()).total_seconds()) + 1)
        zh, en = f"尝试次数过多，请 {self.retry_after} 秒后再试", f"too many attempts, wait {self.retry_after} seconds"
        super().__init__("login.throttled", status=429, zh=zh, en=en)


@dataclass(frozen=True)
class Attempt:
    """One attempt as it was counted: of which account, from which address, at which place (a device that the account knows, else the
    address), and until when it made that place wait."""

    account: str
    address: str
    place: str
    blocks_until: datetime | None


def count_attempt(database: Sessions, name: str, address: str, device: str = "") -> Attempt:
    """Count an attempt before the password is looked at. Raises ``TooManyAttempts`` where it has to wait, uncounted.

    An address is never shut out as a whole: a bureau may sit behind one. Where everybody is being tried from it, each account has
    one try there before it has to wait, except from its own devices.
    """
    with database.begin(replace(system(""), address=address)) as session:
        known = device != "" and Logins(session).knows_device(name, digest(device))
        place = f"device {digest(device).hex()[:40]}" if known else address
        at = now()
        failures = _counted(session, name, place, at)
        everybody, _ = Attempts(session).count("", address, at)
        guessed = not known and everybody > ADDRESS_TRIES
        until = _block(session, name, place, failures, TRIES_WHILE_GUESSED if guessed else TRIES)
    return Attempt(name, address, place, until)


def count_code(session: Session, account: str) -> None:
    """Count a code of the second factor before it is looked at: by account, so that other addresses are no more guesses."""
    _block(session, account, CODES, _counted(session, account, CODES, now()), TRIES)


def forgive_codes(session: Session, account: str) -> None:
    """Forgive the wrong codes after a right one."""
    Attempts(session).forget(account, CODES)


def give_back(session: Session, attempt: Attempt) -> None:
    """Give back an attempt whose password was right, though nobody got in by it; earlier ones stay counted."""
    Attempts(session).give_back(attempt.account, attempt.place, attempt.blocks_until)
    Attempts(session).give_back("", attempt.address, None)


def forgive(session: Session, attempt: Attempt) -> None:
    """Forgive the attempts after a right password: the count at their place is gone, the address's own loses this attempt."""
    Attempts(session).forget(attempt.account, attempt.place)
    Attempts(session).give_back("", attempt.address, None)


def _counted(session: Session, account: str, place: str, at: datetime) -> int:
    """The count holds its row until the transaction ends, so that of a burst each sees what the one before it has led to."""
    failures, blocked_until = Attempts(session).count(account, place, at)
    if blocked_until is not None and blocked_until > at:
        raise TooManyAttempts(blocked_until)
    return failures


def _block(session: Session, account: str, place: str, failures: int, tries: int) -> datetime | None:
    """After ``tries`` it waits 30 seconds, doubled with each further failure up to a quarter of an hour."""
    if failures < tries:
        return None
    until = now() + min(timedelta(seconds=30 * 2 ** min(failures - tries, 10)), LONGEST_BLOCK)
    Attempts(session).block(account, place, until)
    if Accounts(session).find(account) is not None:  # a stranger's inventions would only fill the trail
        after = {"place": place, "failures": failures}
        audit(session, action="login.locked", subject=account, before={}, after=after)
    return until
