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
def command(processes: int, threads: int) -> None:
    """运行网关进程 / run the gateway under gunicorn until SIGTERM."""
    for name in ("database_url", "broker_url", "secret"):
        settings.need(name)
    os.execv(sys.executable, [sys.executable, *arguments(processes, threads)])  # noqa: S606  # our own interpreter, no shell


def arguments(processes: int, threads: int) -> list[str]:
    options = [f"--config={CONFIGURATION}", f"--workers={processes}", f"--threads={threads}"]
    return ["-m", "gunicorn", *options, "gateway.app:create_app()"]
