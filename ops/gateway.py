"""`kaohe gateway`: the gateway under gunicorn. This process becomes gunicorn, so that signals reach it."""

import os
import sys

import click

from shared.settings import SettingError, settings


@click.command("gateway")
@click.option("--processes", default=1, show_default=True, help="worker processes")
@click.option("--threads", default=16, show_default=True, help="threads of each")
def command(processes: int, threads: int) -> None:
    """运行网关进程 / run the gateway under gunicorn until SIGTERM."""
    try:
        for name in ("database_url", "broker_url", "secret"):
            settings.need(name)
    except SettingError as error:
        raise click.ClickException(str(error)) from error
    os.execv(sys.executable, [sys.executable, *arguments(processes, threads)])  # noqa: S606  # our own interpreter, no shell


def arguments(processes: int, threads: int) -> list[str]:
    """gthread, never an eventlet worker: patched threads and gunicorn's pool stop each other for ever."""
    return [
        "-m",
        "gunicorn",
        "gateway.app:create_app()",
        f"--bind={settings.host}:{settings.port}",
        "--worker-class=gthread",
        f"--workers={processes}",
        f"--threads={threads}",
        "--timeout=120",
        "--graceful-timeout=30",
        "--keep-alive=75",
        "--max-requests=0",
        "--limit-request-line=8190",
    ]
