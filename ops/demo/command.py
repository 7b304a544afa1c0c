"""`kaohe demo`: the demo bureau into a running system."""

import os

import click
from rich.console import Console

from ops.accounts import ensure_officer
from ops.database import database
from ops.demo import file
from ops.demo.load import OFFICERS, keep_officer, load
from ops.demo.shown import show_accounts
from shared.settings import Settings


@click.command("demo")
@click.option("--url", default=None, help="address of the running system; default: http://KAOHE_HOST:KAOHE_PORT")
@click.option("--staff", default=300, show_default=True, help="how many people")
def command(url: str | None, staff: int) -> None:
    """把示范分局装入运行中的系统，可重复执行 / load the demo bureau; may be repeated."""
    settings = Settings.read(os.environ)
    console = Console(highlight=False)
    provide_officers()
    address = url or f"http://{settings.host}:{settings.port}"
    entries = load(address, staff, settings.var_folder, lambda text: console.print(f"  {text}"))
    show_accounts(console, entries)


def provide_officers() -> None:
    """Provide an administrator and a security officer, made on the machine itself: one who opens
    accounts, another who confirms their roles.

    Their passwords are kept beside the demo accounts; one that exists with another password is left alone.
    """
    var = Settings.read(os.environ).var_folder
    for role in OFFICERS:
        known = file.find(file.read(var), role=role)
        password = known["password"] if known else file.new_password()
        if known is None:
            keep_officer(var, role, role, password)
        with database() as url:
            created = ensure_officer(url, role, role, password)
        if not created and known is None:
            raise click.ClickException(
                f"已有名为 {role} 的账号，其密码不在 var 中 / {role} exists, its password is not kept here"
            )
