"""`kaohe migrate`: bring every schema to its newest revision. Run once, as a job, before the processes start."""

import time

import click
from sqlalchemy.exc import OperationalError

from ops.database_roles import provide
from shared.migrations import SCHEMAS, migrate
from shared.settings import settings


@click.command("migrate")
@click.option("--wait", default=60, show_default=True, help="seconds to wait for the database")
def command(wait: int) -> None:
    """建立或升级数据库结构 / bring the database's schemas up to date."""
    url = settings.need("database_url")
    _wait_for(url, wait)
    for schema in SCHEMAS:
        migrate(url, schema)
        click.echo(f"{schema}: ok")
    if chosen := settings.database_role_passwords:
        for name, _ in provide(url, chosen=chosen):
            click.echo(f"{name}: 数据库角色 role")


def _wait_for(url: str, seconds: float) -> None:
    from sqlalchemy import create_engine, text

    deadline = time.monotonic() + seconds
    while True:
        try:
            with create_engine(url, connect_args={"connect_timeout": 5}).connect() as connection:
                connection.execute(text("SELECT 1"))
            return
        except OperationalError as error:
            if time.monotonic() > deadline:
                raise click.ClickException(f"the database does not answer: {error.orig}") from error
            time.sleep(1)
