"""`kaohe audit`: prove the trails whole, anchor them outside the database, compare them with the rows (law 10)."""

import time
from pathlib import Path

import click

from ops.auditing import states
from ops.auditing.anchoring import Anchorer, NotWhole, anchor_now, anchorer_of, kept_folder
from ops.auditing.anchors import Anchor, BrokenAnchors
from ops.auditing.files import AnchorFolder
from ops.health import SERVING
from ops.probes import database_answers
from ops.serving import TICK, note_signals, serve_health, wait_until
from shared import logs
from shared.audit import AuditVerdict
from shared.migrations import SCHEMAS
from shared.settings import settings

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
@click.option("--states/--no-states", "compare", default=True, help="compare the rows with what the trail says of them")
def verify_trails(schemas: tuple[str, ...], copy: Path | None, public_key: str, *, compare: bool) -> None:
    """逐行核验并与锚点、数据比对；发现问题时以非零状态退出 / exits with 1 where a trail is broken, naming the line."""
    chosen = schemas or SCHEMAS
    with anchorer_of(AnchorFolder(copy) if copy else kept_folder()) as anchorer:
        wrong = not _anchors_hold(anchorer, public_key, chosen)
        if compare:
            wrong |= not _states_hold(anchorer, chosen)
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


def _anchors_hold(anchorer: Anchorer, public_key: str, schemas: tuple[str, ...]) -> bool:
    anchors, fit = _read(anchorer.folder, public_key)
    for schema, verdict in anchorer.verdicts(anchors, schemas).items():
        click.echo(f"{schema}: {_told(verdict)}", err=not verdict.whole)
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


def _states_hold(anchorer: Anchorer, schemas: tuple[str, ...]) -> bool:
    wrong = 0
    for schema in schemas:
        for difference in states.differences(anchorer.engine, schema):
            wrong += 1
            click.echo(f"{schema}: {difference}", err=True)
    return not wrong
