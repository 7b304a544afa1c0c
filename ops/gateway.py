"""`kaohe gateway`: the gateway under gunicorn. This process becomes gunicorn, so that signals reach it."""

import os
import sys
from pathlib import Path

import click

import gateway
from shared.settings import settings

CONFIGURATION = Path(gateway.__file__).with_name("gunicorn.conf.py")


@click.command("gateway")
@click.option("--processes", default=1, show_default=True, help="worker processes")
@click.option("--threads", default=16, show_default=True, help="threads of each")
@click.option("--clocks", is_flag=True, help="serve the clocks' push protocol (/iclock) and nothing else")
def command(*, processes: int, threads: int, clocks: bool) -> None:
    """运行网关进程 / run the gateway under gunicorn until SIGTERM."""
    for name in ("database_url", "broker_url", "secret"):
        settings.need(name)
    os.execv(sys.executable, [sys.executable, *arguments(processes, threads, clocks=clocks)])  # noqa: S606  # our own interpreter, no shell


def arguments(processes: int, threads: int, *, clocks: bool = False) -> list[str]:
    options = [f"--config={CONFIGURATION}", f"--workers={processes}", f"--threads={threads}"]
    return ["-m", "gunicorn", *options, f"gateway.app:{'create_clocks_app' if clocks else 'create_app'}()"]
