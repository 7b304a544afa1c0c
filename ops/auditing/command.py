"""`kaohe audit`: prove the trails whole, anchor them outside the database, compare them with the rows (law 10)."""

import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

import click
import pyrage
from sqlalchemy.exc import DBAPIError

from ops.auditing import states
from ops.auditing.anchoring import Anchorer, NotWhole, anchor_now, anchorer_of, kept_folder
from ops.auditing.anchors import Anchor, BrokenAnchors, Trail, archived
from ops.auditing.archives import CannotArchive, Kept, missing, opened, write_year
from ops.auditing.files import AnchorFolder
from ops.auditing.taking_out import take_out
from ops.backup.archives import BrokenArchive
from ops.backup.command import identity_of
from ops.health import SERVING
from ops.probes import database_answers
from ops.serving import TICK, note_signals, serve_health, wait_until
from shared import logs
from shared.audit import AuditVerdict
from shared.migrations import SCHEMAS
from shared.settings import settings

_THERE = click.Path(path_type=Path, dir_okay=False, exists=True)
FAULTS = {
    "line": "与上一行不符 does not follow from the line before",
    "key": "密钥未给出 was written with a key that is not given",
    "rewritten": "与锚点不符 is not what was anchored",
    "cut": "锚定过的行不在了 was anchored and is missing",
}


@click.group("audit")
def command() -> None:
    """核验、锚定审计链 / prove the audit trails, anchor them outside the database."""


@command.command("verify")
@click.argument("schemas", nargs=-1, type=click.Choice(SCHEMAS))
@click.option(
    "--anchors", "copy", type=click.Path(path_type=Path, exists=True), help="folder with a copy of the anchors"
)
@click.option("--public-key", default="", help="the first public key, as it was told; by default the folder's")
@click.option(
    "--archive", "files", multiple=True, type=_THERE, help="file with years that were taken out; several are possible"
)
@click.option("--key", type=_THERE, help="file with the key that opens the archives")
@click.option("--states/--no-states", "compare", default=True, help="compare the rows with what the trail says of them")
def verify_trails(
    schemas: tuple[str, ...],
    copy: Path | None,
    public_key: str,
    files: tuple[Path, ...],
    key: Path | None,
    *,
    compare: bool,
) -> None:
    """逐行核验并与锚点、数据比对；发现问题时以非零状态退出 / exits with 1 where a trail is broken, naming the line."""
    chosen = schemas or SCHEMAS
    if files and key is None:
        raise click.UsageError("--archive 需要 --key / needs the key that opens it")
    with anchorer_of(AnchorFolder(copy) if copy else kept_folder()) as anchorer, ExitStack() as stack:
        anchors, fit = _read(anchorer.folder, public_key)
        wrong = not fit or not _anchors_hold(anchorer, anchors, chosen)
        kept = [one for file in files if key and (one := _opened(stack, file, key, anchors))]
        wrong |= len(kept) < len(files) or not _archives_hold(kept, anchors, chosen)
        if compare:
            wrong |= not _states_hold(anchorer, chosen, anchors, kept)
    if wrong:
        raise SystemExit(1)


@command.command("anchor")
def anchor_once() -> None:
    """锚定一次 / note once how far the trails have come; exits with 1 where one is not what it was."""
    with anchorer_of(kept_folder()) as anchorer:
        anchor = anchorer.anchor()
    if anchor is None:
        click.echo("无新内容 nothing new")
        return
    click.echo(anchor.text)
    if anchor.broken:
        raise SystemExit(1)


@command.command("watch")
@click.option("--every", default=600, show_default=True, type=click.IntRange(1), help="seconds")
def watch(every: int) -> None:
    """定时锚定，直到 SIGTERM / anchor again and again; once more at the end."""
    logs.configure("anchors", settings.log_level)
    serve_health()
    signalled = note_signals()
    wait_until(database_answers, "database")
    SERVING.append("anchors")
    while not signalled:
        anchor_now()
        until = time.monotonic() + every
        while not signalled and time.monotonic() < until:
            time.sleep(TICK)
    anchor_now()


@command.command("accept")
@click.argument("schemas", nargs=-1, required=True, type=click.Choice(SCHEMAS))
@click.option("--reason", required=True, help="why what was noted before does not count any more; on record for ever")
def accept(schemas: tuple[str, ...], reason: str) -> None:
    """恢复备份之后以现状为准，记录在案 / take trails as they are, after a restore to an earlier moment."""
    with anchorer_of(kept_folder()) as anchorer:
        try:
            click.echo(anchorer.accept(schemas, reason).text)
        except NotWhole as error:
            raise click.ClickException(f"审计链自身断裂 the chain itself is broken: {error}") from error


@command.command("change-key")
def change_key() -> None:
    """更换签名密钥 / sign with a new key from now on; the old one names it."""
    with anchorer_of(kept_folder()) as anchorer:
        click.echo(anchorer.change_key().text)


@command.command("key")
def show_key() -> None:
    """显示最初的公钥 / print the first public key, for whoever is to check."""
    folder = kept_folder()
    with folder.writing():
        click.echo(folder.first_key)


@command.command("archive")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("schemas", nargs=-1, type=click.Choice(SCHEMAS))
@click.option("--year", required=True, type=int, help="a year that is over; what is older goes with it")
@click.option(
    "--to", "recipients", required=True, multiple=True, help="public key (age1…) that may open it; several are possible"
)
def archive_year(file: Path, schemas: tuple[str, ...], year: int, recipients: tuple[str, ...]) -> None:
    """已结束的年度移入加密文件，系统照常运行 / move a closed year's lines into one encrypted file while the system goes on."""
    with anchorer_of(kept_folder()) as anchorer:
        try:
            archive = write_year(anchorer, year, schemas or SCHEMAS, file, recipients)
        except (CannotArchive, BrokenAnchors, pyrage.RecipientError, OSError) as error:
            raise click.ClickException(f"未归档 nothing was archived: {error}") from error
        for schema in SCHEMAS:
            ends = {Trail.named(name): until.lines for name, (_, until) in archive.trails.items()}
            if own := {trail.bureau: lines for trail, lines in ends.items() if trail.schema == schema}:
                _take_out(anchorer, schema, own)
        for name, (since, until) in archive.trails.items():
            click.echo(f"{name}: {since.lines + 1}-{until.lines}")
    click.echo(f"已归档 archived: {file}, {file.stat().st_size} bytes, sha256 {archive.sha256}")


def _take_out(anchorer: Anchorer, schema: str, ends: dict[str, int]) -> None:
    try:
        take_out(anchorer.engine, schema, ends)
    except DBAPIError as error:
        zh, en = (
            "归档文件已写好，数据库中的行仍在，请稍后换一个文件名重做",
            "lines are still in the database: do it again with another file",
        )
        raise click.ClickException(f"{schema}: {zh} {en}: {error.orig}") from error


def _anchors_hold(anchorer: Anchorer, anchors: Sequence[Anchor], schemas: Sequence[str]) -> bool:
    fit = True
    for name, verdict in anchorer.verdicts(anchors, schemas).items():
        gone = archived(anchors, name)
        click.echo(
            f"{name}: {_told(verdict)}" + (f", {gone[-1].lines} archived" if gone else ""), err=not verdict.whole
        )
        fit &= verdict.whole
    return fit


def _opened(stack: ExitStack, file: Path, key: Path, anchors: Sequence[Anchor]) -> Kept | None:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=file.absolute().parent)))
    try:
        return opened(file, identity_of(key), folder, anchors)
    except (BrokenArchive, CannotArchive) as error:
        click.echo(f"{file.name}: 断裂 BROKEN: {error}", err=True)
        return None


def _archives_hold(kept: Sequence[Kept], anchors: Sequence[Anchor], schemas: Sequence[str]) -> bool:
    fit = True
    for one in kept:
        for name, verdict in one.verdicts(anchors, schemas):
            click.echo(f"{one.archive.file}, {name}: {_told(verdict)}", err=not verdict.whole)
            fit &= verdict.whole
    return fit


def _read(folder: AnchorFolder, public_key: str) -> tuple[list[Anchor], bool]:
    """Return the anchors, and whether they prove themselves."""
    if not folder.kept and not public_key:
        click.echo("锚点 anchors: 尚无 none yet；截去末尾的行无从发现 lines cut off at the end go unseen")
        return [], True
    try:
        anchors = folder.anchors(public_key)
    except (BrokenAnchors, OSError) as error:
        click.echo(f"锚点 anchors: 断裂 BROKEN at line {error}", err=True)
        return [], False
    last = f"，最近 last {anchors[-1].at}" if anchors else ""
    click.echo(f"锚点 anchors: 完整 whole，{len(anchors)}{last}")
    for one in anchors:
        if one.reason:
            click.echo(f"  {one.at}: {', '.join(one.trails)} 以当时现状为准 taken as they were: {one.reason}")
    return anchors, True


def _told(verdict: AuditVerdict) -> str:
    if verdict.whole:
        return f"完整 whole，{verdict.lines} lines, last hash {verdict.last_hash[:16] or '-'}"
    return f"断裂 BROKEN at line {verdict.broken_at}: {FAULTS[verdict.fault or 'line']}"


def _states_hold(anchorer: Anchorer, schemas: Sequence[str], anchors: Sequence[Anchor], kept: Sequence[Kept]) -> bool:
    wrong = 0
    for schema in schemas:
        lines = chain.from_iterable(
            one.lines(name) for one in kept for name in one.archive.trails if Trail.named(name).schema == schema
        )
        partly = missing(anchors, schema, kept)
        if partly:
            click.echo(
                f"{schema}: 有归档未给出，只比对其余部分 rows are compared with what is left of the trail; give --archive for all"
            )
        for difference in states.differences(anchorer.engine, schema, lines, partly=partly):
            wrong += 1
            click.echo(f"{schema}: {difference}", err=True)
    return not wrong
