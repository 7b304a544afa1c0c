"""Which lines of the gateway's audit trail are a bureau's: those about its accounts, whoever did it."""

from sqlalchemy import ColumnElement, func, select

from gateway.storage.tables import accounts
from shared.tables import audit_trail


def of_accounts(bureau: str) -> ColumnElement[bool]:
    """Return the condition that a line is about an account of ``bureau``."""
    account = func.split_part(audit_trail("gateway").c.subject, "/", 1)  # or one of its sessions or tokens
    return account.in_(select(accounts.c.account).where(accounts.c.bureau == bureau))
