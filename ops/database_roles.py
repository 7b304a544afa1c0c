"""`kaohe database-roles`: a role of its own for each process that runs, apart from the owner, by whom schemas are migrated."""

import secrets
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import click
from sqlalchemy import Connection, make_url, text

from shared.database import engine_for
from shared.database_roles import ANCHORS, give_rights, role_of
from shared.migrations import SCHEMAS
from shared.settings import settings


@click.command("database-roles")
@click.option("--renew", is_flag=True, help="draw new passwords for roles that there are, too")
def command(*, renew: bool) -> None:
    """为每个进程建立数据库角色，打印其地址（口令只显示一次）/ create the roles and print their URLs; a password is shown once."""
    for name, url in provide(settings.need("database_url"), renew=renew):
        click.echo(f"{name}: {url or '已有 is there; --renew draws a new password'}")


def provide(
    owner_url: str, *, renew: bool = False, chosen: Mapping[str, str] = MappingProxyType({})
) -> Iterator[tuple[str, str | None]]:
    """Create what roles are missing, give all of them their rights, and yield of each its name and, where it has a new password, its URL.

    ``chosen``: passwords that roles are to have, by process; others are drawn.
    """
    engine = engine_for(owner_url, pool_size=1, longest=0)
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('kaohe migrate'))"))
            passwords = {
                name: _password_of(connection, role_of(name), renew=renew, chosen=chosen.get(name))
                for name in (*SCHEMAS, ANCHORS)
            }
            for schema in SCHEMAS:
                give_rights(connection, schema)
    finally:
        engine.dispose()
    for name, password in passwords.items():
        own = make_url(owner_url).set(username=role_of(name), password=password)
        yield name, own.render_as_string(hide_password=False) if password else None


def _password_of(connection: Connection, role: str, *, renew: bool, chosen: str | None) -> str | None:
    known = connection.execute(text("SELECT FROM pg_roles WHERE rolname = :role"), {"role": role}).first() is not None
    if known and not (renew or chosen):
        return None
    password = chosen or secrets.token_urlsafe(24)
    what = "ALTER" if known else "CREATE"
    rights = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT"
    connection.execute(text(f"{what} ROLE {role} {rights} PASSWORD '{password}'"))
    return password
