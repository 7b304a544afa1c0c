"""`kaohe backup`: the whole installation in one encrypted file; `restore` puts it into an empty one."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import pyrage

from gateway.files.store import open_store
from ops.auditing.files import write_whole
from ops.backup.archives import BrokenArchive, read_archive, write_archive
from ops.backup.dumps import DumpFailed
from ops.backup.installation import (
    CLUSTER,
    SECRETS,
    NotComplete,
    NotEmpty,
    OtherKeys,
    about,
    check_complete,
    check_empty,
    members,
    put_back,
)
from ops.backup.noting import note_backup
from ops.database import database
from shared.settings import settings

_FILE = click.Path(path_type=Path, dir_okay=False)
_THERE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group("backup")
def command() -> None:
    """备份与恢复：数据库、佐证、锚点、密钥 / back up and restore database, evidence, anchors and keys."""


@command.command("key")
@click.argument("file", type=_FILE)
def new_key(file: Path) -> None:
    """生成恢复用的私钥，显示公钥 / draw the key that opens backups; keep FILE away from this machine."""
    if file.exists():
        raise click.ClickException(f"{file} 已存在 exists already")
    identity = pyrage.x25519.Identity.generate()
    write_whole(file, f"{identity}\n".encode(), mode=0o600)
    click.echo(str(identity.to_public()))


@command.command("write")
@click.argument("file", type=_FILE)
@click.option(
    "--to", "recipients", required=True, multiple=True, help="public key (age1…) that may open it; several are possible"
)
@click.option("--cluster", is_flag=True, help="the whole cluster instead of a dump: to restore to a moment after it")
def write(file: Path, recipients: tuple[str, ...], *, cluster: bool) -> None:
    """写出一份加密备份，系统照常运行 / write one encrypted backup while the system goes on."""
    store = open_store()
    with told(), database() as url:
        check_complete(settings, store)
        count = write_archive(
            file.absolute(),
            members(settings, url, store, workplace(file), cluster=cluster),
            recipients,
            about(store),
        )
    note_backup(settings.anchors_folder, file.absolute())
    click.echo(f"已备份 {count} 项 parts, {file.stat().st_size} bytes: {file}")
    if store.folder is None:
        click.echo("佐证在对象存储中，请另行备份 / evidence lies in a bucket: back that up by its own means")


@command.command("restore")
@click.argument("file", type=_THERE)
@click.option("--key", required=True, type=_THERE, help="file with the key that opens it")
def restore_all(file: Path, key: Path) -> None:
    """恢复到一处空的安装，先停止系统 / restore into an empty installation that is not running."""
    store = open_store()
    with told(), unpacked(file, key) as (folder, manifest), database() as url:
        if (folder / CLUSTER).exists():
            raise click.ClickException("这是整个数据库集群的备份 a backup of the cluster: kaohe backup restore-until")
        check_empty(settings, url, store, folder)
        put_back(settings, url, store, folder)
    click.echo(f"已恢复 restored: {manifest['taken_at']}, {len(manifest['members'])} 项 parts, {manifest['version']}")
    click.echo("请运行 now run: kaohe migrate, kaohe audit verify, kaohe evidence check --content")


@command.command("secrets")
@click.argument("file", type=_THERE)
@click.option("--key", required=True, type=_THERE, help="file with the key that opens it")
def show_secrets(file: Path, key: Path) -> None:
    """显示备份中的密钥，写入 .env 之用 / print the keys that the new installation's .env needs."""
    with told(), unpacked(file, key) as (folder, _):
        for name, value in json.loads((folder / SECRETS).read_bytes()).items():
            click.echo(f"{name}={value}")


@contextmanager
def unpacked(file: Path, key: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Give the folder of the parts and the manifest; ``BrokenArchive`` where a byte is not as it was written."""
    with tempfile.TemporaryDirectory(dir=workplace(file)) as folder:
        yield Path(folder), read_archive(file, identity_of(key), Path(folder))


def identity_of(key: Path) -> str:
    """Return the secret line of a key's file."""
    return next((line for line in key.read_text().split() if line.startswith("AGE-SECRET-KEY-")), "")


def workplace(file: Path) -> Path:
    """Return where what is not encrypted lies meanwhile: on the disk of the evidence, which is as secret."""
    return open_store().staging or file.absolute().parent


@contextmanager
def told() -> Iterator[None]:
    """Tell in one line what an operator can put right."""
    try:
        yield
    except NotEmpty as error:
        raise click.ClickException(f"不是空的，不恢复 not empty, nothing was restored: {error}") from error
    except OtherKeys as error:
        told = f"{error} 与备份中的不同 differ from the backup's; kaohe backup secrets shows them"
        raise click.ClickException(told) from error
    except BrokenArchive as error:
        raise click.ClickException(f"备份打不开或已损坏 the backup cannot be opened or is damaged: {error}") from error
    except NotComplete as error:
        raise click.ClickException(
            f"缺少应备份的内容，未备份 not reachable here, nothing was written: {error}"
        ) from error
    except (DumpFailed, OSError, pyrage.RecipientError) as error:
        raise click.ClickException(str(error)) from error
