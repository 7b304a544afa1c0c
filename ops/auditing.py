"""`kaohe audit verify`: walk each audit trail and prove that no line was changed, added or taken out (law 10)."""

import click
from sqlalchemy.engine import Engine

from ops.database import database
from shared.audit import verify
from shared.database import engine_for
from shared.migrations import SCHEMAS


@click.group("audit")
def command() -> None:
    """核验审计链 / prove the audit trails whole."""


@command.command("verify")
@click.argument("schemas", nargs=-1, type=click.Choice(SCHEMAS))
def verify_trails(schemas: tuple[str, ...]) -> None:
    """逐行核验；发现断点时以非零状态退出 / exits with 1 where a trail is broken, naming the line."""
    with database() as url:
        engine = engine_for(url, pool_size=1)
        broken = [schema for schema in schemas or SCHEMAS if not _verify(engine, schema)]
        engine.dispose()
    if broken:
        raise SystemExit(1)


def _verify(engine: Engine, schema: str) -> bool:
    verdict = verify(engine, schema)
    if verdict.whole:
        click.echo(f"{schema}: 完整 whole，{verdict.lines} lines, last hash {verdict.last_hash[:16] or '-'}")
    else:
        click.echo(f"{schema}: 断裂 BROKEN at line {verdict.broken_at}，{verdict.lines} lines read", err=True)
    return verdict.whole
