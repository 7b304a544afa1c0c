"""`kaohe up`: everything in one process for a newcomer, with the demo bureau loaded at the first start."""

import os
import time

import click
import eventlet
from rich.console import Console

from ops.demo import file
from ops.demo.command import provide_officers
from ops.demo.load import load
from ops.demo.shown import show_accounts
from ops.embedded import CannotStart, EmbeddedSystem
from ops.serving import TICK, note_signals
from shared.settings import Settings

console = Console(highlight=False)


@click.command("up")
@click.option("--staff", default=300, show_default=True, help="staff of the demo bureau, loaded at the first start")
@click.option("--demo/--no-demo", default=True, help="load the demo bureau at the first start")
def command(*, staff: int, demo: bool) -> None:
    """启动整套系统，Ctrl-C 停止 / start everything in one process, Ctrl-C stops it."""
    signalled = note_signals()
    settings = Settings.read(os.environ)
    system = EmbeddedSystem(settings, (lambda: file.read(settings.var_folder)) if demo else None)
    try:
        _serve(system, signalled, staff if demo else 0)
    except CannotStart as error:
        raise click.ClickException(str(error)) from error
    finally:
        _stop(system)


def _stop(system: EmbeddedSystem) -> None:
    if system.started:
        console.print("正在停止 stopping …")
        system.stop()
        console.print("已停止 stopped")
    else:
        system.stop()


def _serve(system: EmbeddedSystem, signalled: list[int], staff: int) -> None:
    started = time.monotonic()
    system.start(lambda text: console.print(f"  {text} …"))
    console.print(f"就绪 ready: [bold]{system.url}[/]  ({time.monotonic() - started:.1f} s)")
    loading = eventlet.spawn(_load_demo, system.url, staff) if staff else None
    while not (signalled or system.crashed):
        eventlet.sleep(TICK)
    if loading is not None:
        loading.kill()
    if system.crashed:
        raise CannotStart(f"一个服务异常终止，详见日志 / a service died, see the log: {system.crashed[0]!r}")


def _load_demo(url: str, staff: int) -> None:
    """Goes on where an interrupted load stopped; done already, it is over at once."""
    folder = Settings.read(os.environ).var_folder
    try:
        provide_officers()
        entries = load(url, staff, folder, lambda text: console.print(f"  {text}"))
    except Exception as error:
        console.print(f"[red]示范分局未装入 the demo bureau was not loaded: {error}[/]")
        console.print("稍后可运行 kaohe demo 继续 / run kaohe demo to go on")
        return
    show_accounts(console, entries)
    console.print(f"打开 open: [bold]{url}/[/]    按 Ctrl-C 停止 / Ctrl-C stops")
