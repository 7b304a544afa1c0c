"""`kaohe demo`: the demo bureau into a running system."""

import os
import threading
from pathlib import Path

import click
from rich.console import Console

from ops.accounts import ensure_officer
from ops.database import database
from ops.demo import file
from ops.demo.living import go_on
from ops.demo.load import BUREAU, OFFICERS, keep_officer, load
from ops.demo.shown import show_accounts
from ops.simulation.command import simulation
from ops.simulation.journal import Journal
from shared.clock import today
from shared.settings import Settings

SEED = 2026


@click.command("demo")
@click.option("--url", default=None, help="address of the running system; default: http://KAOHE_HOST:KAOHE_PORT")
@click.option("--staff", default=300, show_default=True, help="how many people")
@click.option("--year", type=int, help="which year; default: this one")
@click.option("--tied", is_flag=True, hidden=True, help="shows no accounts, and ends with whoever holds its input")
@click.option("--lived/--bare", default=True, help="with its year up to yesterday, or as on New Year's Day")
def command(url: str | None, staff: int, year: int | None, *, lived: bool, tied: bool) -> None:
    """把示范分局装入运行中的系统，补到昨天，可重复执行 / load the demo bureau with its year until yesterday; may be repeated."""
    settings = Settings.read(os.environ)
    console = Console(highlight=False)
    if tied:
        threading.Thread(target=_end_with_input, daemon=True).start()
    provide_officers()
    address = url or f"http://{settings.host}:{settings.port}"
    at = year or today().year
    entries = load(address, staff, at, settings.var_folder, lambda text: console.print(f"  {text}"))
    if not tied:
        show_accounts(console, entries)
    if lived:
        _live(address, at, settings.var_folder, console)


def _end_with_input() -> None:
    os.read(0, 1)  # not through a buffer: nothing could be read there while Python ends
    os._exit(1)


def _live(url: str, year: int, var: Path, console: Console) -> None:
    """Bring the year of the demo bureau up to yesterday, as its people would: a request at a time, so that whoever looks is not held up."""
    entries = [entry for entry in file.read(var) if entry["bureau"] == BUREAU]
    sim = simulation(url, entries, str(year), SEED, Journal(None), workers=1)
    shown = {entry["role"]: entry["person"] for entry in reversed(entries)}  # those whose roles are taken by one click
    if go_on(sim, var, lambda text: console.print(f"  示范 demo: {text}"), frozenset(shown.values())):
        console.print(f"示范分局补到了昨天 the demo bureau's year is there up to yesterday ({today().isoformat()})")
    else:
        console.print("另一个进程正在补示范分局 another process is adding to the demo bureau")


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
