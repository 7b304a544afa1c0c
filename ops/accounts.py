"""`kaohe accounts`: accounts from the server's own console, for the first administrator and for emergencies."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session

from gateway.auth import identities, passwords_changed, second_factor, usecases
from ops.database import database
from shared.actor import Grant, system
from shared.database import open_sessions
from shared.errors import Problem
from shared.settings import settings

OPERATOR = replace(system(""), account="kaohe", name="kaohe accounts", grants=(Grant("admin", "installation"),))


@click.group("accounts")
def command() -> None:
    """账号管理 / list, create, reset accounts."""


@command.command("bootstrap")
@click.argument("name", default="admin")
@click.option("--security", default="security", help="name of the security officer; empty: none is made")
@click.password_option(help="the administrator's; empty: one is made and printed", default="", prompt=False)
def bootstrap(name: str, security: str, password: str) -> None:
    """建立系统管理员与安全管理员 / create who opens accounts, and who confirms their roles."""
    officers = [(name, "admin", password or None), *([(security, "security", None)] if security else [])]
    with _session() as session:
        made = [usecases.create_officer(session, *one) for one in officers]
    for account, secret in made:
        click.echo(f"{account.account}\t{secret}")


@command.command("list")
@click.option("--bureau", default="", help="only this bureau's")
def list_accounts(bureau: str) -> None:
    """列出账号 / one line an account."""
    table = Table("account", "name", "bureau", "person", "roles", "active")
    with _session() as session:
        after: str | None = None
        while True:
            query = {"after": after, "limit": 500, **({"bureau": bureau} if bureau else {})}
            page = usecases.list_accounts(session, OPERATOR, query)
            for one in page["items"]:
                table.add_row(
                    one["account"],
                    one["name"],
                    one["bureau"],
                    one["person"],
                    _roles(one["grants"]),
                    _yes(one["active"]),
                )
            after = page["next"]
            if after is None:
                break
    Console().print(table)


@command.command("create")
@click.argument("account")
@click.argument("name")
@click.option("--bureau", default="", help="empty only for administrators")
@click.option("--person", default=None, help="code of the person whose account it is")
@click.option(
    "--grant", "grants", multiple=True, required=True, help="role:scope or role:scope:target, may be repeated"
)
def create(account: str, name: str, bureau: str, person: str | None, grants: tuple[str, ...]) -> None:
    """建立账号，打印一次密码 / create an account; its password is printed once.

    Its roles hold at once, as whoever has the machine has the database; the trail says that it was made here. Whether the person and
    the units exist is not asked.
    """
    wanted = {
        "account": account,
        "name": name,
        "bureau": bureau,
        "person": person,
        "grants": [_grant(one) for one in grants],
    }
    with _session() as session:
        ((created, password),) = usecases.create_on_machine(session, OPERATOR, [wanted])
    click.echo(f"{created.account}\t{password}")


@command.command("reset-password")
@click.argument("account")
def reset_password(account: str) -> None:
    """重置密码，打印一次 / make a new password, printed once, to be changed at the next log-in; the roles stay."""
    with _session() as session:
        password = passwords_changed.reset_on_machine(session, account)
    click.echo(f"{account}\t{password}")


@command.command("drop-factor")
@click.argument("account")
def drop_factor(account: str) -> None:
    """停用二次验证 / take away the second factor of somebody who lost theirs."""
    with _session() as session:
        second_factor.drop_on_machine(session, account)
    click.echo(account)


@command.command("link")
@click.argument("account")
@click.argument("subject")
def link(account: str, subject: str) -> None:
    """绑定统一身份认证 / let the account be entered by SUBJECT of KAOHE_OIDC_ISSUER, and no more by a password; the roles stay."""
    with _session() as session:
        identities.link_on_machine(session, OPERATOR, account, settings.need("oidc_issuer"), subject)
    click.echo(f"{account}\t{subject}")


def ensure_officer(url: str, name: str, role: str, password: str) -> bool:
    """Create an account of the installation with ``role`` where there is none of that name; whether it was created."""
    sessions = open_sessions(url, "gateway")
    try:
        with sessions.begin(OPERATOR) as session:
            usecases.create_officer(session, name, role, password)
    except Problem as problem:
        if problem.code == "account.taken":
            return False
        raise
    finally:
        sessions.engine.dispose()
    return True


@contextmanager
def _session() -> Iterator[Session]:
    with database() as url:
        sessions = open_sessions(url, "gateway")
        try:
            with sessions.begin(OPERATOR) as session:
                yield session
        except Problem as problem:
            raise click.ClickException(f"{problem.zh} / {problem.en} {problem.errors or ''}") from problem
        finally:
            sessions.engine.dispose()


def _grant(text: str) -> dict[str, str]:
    names = ("role", "scope", "target")
    return dict(zip(names, text.split(":", 2), strict=False))


def _roles(grants: list[dict[str, str]]) -> str:
    return ", ".join(":".join(filter(None, (one["role"], one.get("target")))) for one in grants)


def _yes(active: bool) -> str:  # noqa: FBT001  # a column's value
    return "是" if active else "否"
