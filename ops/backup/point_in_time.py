"""`kaohe backup follow` and `restore-until`: every change is kept as it is made, and an empty installation is brought to any moment."""

import tempfile
import time
from datetime import datetime
from pathlib import Path

import click

from gateway.files.store import open_store
from ops.backup import wal
from ops.backup.command import command, identity_of, told, unpacked
from ops.backup.installation import CLUSTER, PASSWORD, NotEmpty, check_no_files, put_files
from ops.database import EMBEDDED_FOLDER, database
from ops.health import SERVING
from ops.serving import TICK, note_signals, serve_health
from shared import logs
from shared.clock import SHANGHAI
from shared.embedded.recovering import prepare, recover
from shared.logs import log
from shared.settings import settings

_FOLDER = click.Path(path_type=Path, file_okay=False)
_THERE = click.Path(path_type=Path, dir_okay=False, exists=True)
_AGAIN = 10.0  # seconds after which a server that was away is followed again
SPOOL = "wal-spool"


@command.command("follow")
@click.argument("folder", type=_FOLDER)
@click.option("--to", "recipients", required=True, multiple=True, help="public key (age1…) that may open it")
@click.option("--spool", type=_FOLDER, help="folder of what is not finished yet; by default wal-spool in KAOHE_VAR")
def follow(folder: Path, recipients: tuple[str, ...], spool: Path | None) -> None:
    """持续保存数据库日志（加密），直到 SIGTERM / keep the database's log, encrypted, in FOLDER until SIGTERM."""
    logs.configure("follow", settings.log_level)
    serve_health()
    signalled = note_signals()
    SERVING.append("follow")
    while not signalled:
        try:
            with database() as url:
                place = spool or settings.var_folder / SPOOL
                log.info("following", folder=str(folder))
                wal.follow(url, place, folder, recipients, lambda: bool(signalled), lambda: time.sleep(TICK))
        except Exception as error:
            log.warning("the database cannot be followed; tried again", reason=f"{type(error).__name__}: {error}")
            until = time.monotonic() + _AGAIN
            while not signalled and time.monotonic() < until:
                time.sleep(TICK)


@command.command("restore-until")
@click.argument("file", type=_THERE)
@click.option("--key", required=True, type=_THERE, help="file with the key that opens it")
@click.option("--wal", "kept", required=True, type=_FOLDER, help="folder that kaohe backup follow filled")
@click.option(
    "--until",
    default="",
    help="moment, e.g. 2026-11-30T17:05+08:00 (without a zone: Asia/Shanghai); by default all there is",
)
@click.option(
    "--into",
    type=_FOLDER,
    help="only make this folder: a cluster for another PostgreSQL, which recovers when it starts on it",
)
@click.option("--seen-as", default="", help="with --into: the folder as that server will see it")
def restore_until(file: Path, key: Path, kept: Path, until: str, into: Path | None, seen_as: str) -> None:
    """恢复到某一时刻：整库备份加日志，恢复到一处空的安装 / restore a backup of the cluster and the log after it, up to a moment."""
    moment = _moment(until)
    store = open_store()
    with told(), unpacked(file, key) as (folder, manifest), tempfile.TemporaryDirectory(dir=folder) as opened:
        if not (folder / CLUSTER).exists():
            raise click.ClickException("不是整个集群的备份 not a backup of the cluster: kaohe backup write --cluster")
        count = wal.unseal(kept, identity_of(key), Path(opened))
        if into is None:
            _check_empty_here()
            check_no_files(settings, store, folder)
            put_files(settings, store, folder)
            password = (folder / PASSWORD).read_text()
            recover(settings.var_folder / EMBEDDED_FOLDER, folder / CLUSTER, Path(opened), moment, password)
        else:
            prepare(into, folder / CLUSTER, Path(opened), moment, seen_as=seen_as)
    click.echo(f"已恢复 restored: {manifest['taken_at']} → {moment or '…'}, {count} 段日志 segments of the log")
    click.echo("请运行 now run: kaohe migrate, kaohe audit verify, kaohe evidence check --content")


def _moment(text: str) -> str:
    if not text:
        return ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text} 不是时刻 is no moment", param_hint="--until") from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)).isoformat()


def _check_empty_here() -> None:
    """Raise ``NotEmpty`` where an embedded cluster is there; another server's is made by ``--into``."""
    if settings.database_url:
        raise click.UsageError("--into FOLDER: this installation has a PostgreSQL of its own (docs/operations.md)")
    folder = settings.var_folder / EMBEDDED_FOLDER
    if (folder / "password").exists():
        raise NotEmpty(str(folder))
