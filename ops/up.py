"""`kaohe up`: everything in one process for a newcomer, with the demo bureau loaded at the first start."""

import os
import sys
import time
from datetime import timedelta
from functools import partial

import click
import eventlet
from eventlet.green import subprocess
from rich.console import Console

from ops.demo import file
from ops.demo.command import provide_officers
from ops.demo.load import load
from ops.demo.shown import show_accounts
from ops.embedded import CannotStart, EmbeddedSystem
from ops.serving import TICK, note_signals
from shared.clock import midnight_of, now, today
from shared.settings import Settings

console = Console(highlight=False)


@click.command("up")
@click.option("--staff", default=300, show_default=True, help="staff of the demo bureau, loaded at the first start")
@click.option("--demo/--no-demo", default=True, help="load the demo bureau at the first start")
@click.option("--year", type=int, help="of the demo bureau; default: this one")
@click.option(
    "--lived/--bare", default=True, help="the demo bureau's year goes on until yesterday, or waits as on New Year's Day"
)
def command(*, staff: int, demo: bool, year: int | None, lived: bool) -> None:
    """启动整套系统，Ctrl-C 停止 / start everything in one process, Ctrl-C stops it."""
    signalled = note_signals()
    settings = Settings.read(os.environ)
    system = EmbeddedSystem(settings, (lambda: file.read(settings.var_folder)) if demo else None)
    try:
        _serve(system, signalled, Demo(system.url, staff, year, lived=lived) if demo else None)
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


def _serve(system: EmbeddedSystem, signalled: list[int], demo: "Demo | None") -> None:
    started = time.monotonic()
    system.start(lambda text: console.print(f"  {text} …"))
    console.print(f"就绪 ready: [bold]{system.url}[/]  ({time.monotonic() - started:.1f} s)")
    loading = eventlet.spawn(demo.load) if demo else None
    while not (signalled or system.crashed):
        eventlet.sleep(TICK)
    if demo and loading is not None:
        loading.kill()
        demo.stop()
    if system.crashed:
        raise CannotStart(f"一个服务异常终止，详见日志 / a service died, see the log: {system.crashed[0]!r}")


class Demo:
    """The demo bureau: loaded at the first start, brought up to yesterday at each and after each midnight."""

    def __init__(self, url: str, staff: int, year: int | None, *, lived: bool) -> None:
        self._url, self._staff, self._year, self._lived = url, staff, year, lived
        self._living: subprocess.Popen[bytes] | None = None

    def load(self) -> None:
        """Go on where an interrupted load stopped; done already, it is over at once."""
        folder = Settings.read(os.environ).var_folder
        try:
            provide_officers()
            year = self._year or today().year
            entries = load(self._url, self._staff, year, folder, lambda text: console.print(f"  {text}"))
        except Exception as error:
            console.print(f"[red]示范分局未装入 the demo bureau was not loaded: {error}[/]")
            console.print("稍后可运行 kaohe demo 继续 / run kaohe demo to go on")
            return
        show_accounts(console, entries)
        console.print(f"打开 open: [bold]{self._url}/[/]    按 Ctrl-C 停止 / Ctrl-C stops")
        while self._lived:
            self._live()
            eventlet.sleep((midnight_of(today() + timedelta(days=1)) - now()).total_seconds() + 60)

    def _live(self) -> None:
        """A process of its own does what the bureau's people would, beside whoever looks at it."""
        year = [f"--year={self._year}"] if self._year else []
        command = [
            sys.executable,
            "-m",
            "ops.cli",
            "demo",
            "--tied",
            f"--url={self._url}",
            f"--staff={self._staff}",
            *year,
        ]
        self._living = subprocess.Popen(
            command, stdin=subprocess.PIPE, preexec_fn=partial(os.nice, 10), start_new_session=True
        )
        if status := self._living.wait():
            console.print(
                f"[red]示范分局没有补到昨天 the demo bureau's year was not brought up to yesterday: {status}[/]"
            )

    def stop(self) -> None:
        """End what is still being added; the next start goes on with it."""
        if self._living and self._living.poll() is None:
            self._living.terminate()
            self._living.wait()
