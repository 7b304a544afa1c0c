"""`kaohe score`: runs from the server's own console, straight from the database; no service needs to run."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress
from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.database import database
from services.scoring.storage.tables import run as run_table
from services.scoring.usecases import comparing, runs
from shared.actor import Actor, Grant, system
from shared.batches import answering
from shared.contracts.scoring.commands.comparisons import ComparisonQuery
from shared.database import Sessions, open_sessions
from shared.errors import Problem

Row = dict[str, Any]
console = Console(highlight=False)


@click.group("score")
def command() -> None:
    """核算的复算与比较 / recompute and compare runs."""


@command.command("runs")
@click.option("--cycle", default=None, help="only this cycle's")
def list_runs(cycle: str | None) -> None:
    """列出核算 / one line a run, of every bureau."""
    chosen = select(run_table).order_by(run_table.c.bureau, run_table.c.cycle, run_table.c.frozen_at)
    with _sessions() as sessions, sessions.begin(system("")) as session:
        for row in session.execute(chosen if cycle is None else chosen.where(run_table.c.cycle == cycle)).mappings():
            names = ("run", "bureau", "cycle", "status", "frozen_at", "input_hash", "result_hash")
            click.echo("\t".join(str(row[name]) for name in names))


@command.command("recompute")
@click.argument("run")
def recompute(run: str) -> None:
    """重新核算一次运行，一致则说明，不一致则打印第一处差异并以 1 退出 / prints identical, or the first difference (exit 1)."""
    with _sessions() as sessions:
        operator = _operator(sessions, run)
        with sessions.begin(operator) as session, Progress(console=console, transient=True) as shown:
            task = shown.add_task("复算 recomputing", total=None)
            verdict = runs.recompute_run(
                session,
                operator,
                {"run": run},
                progress=lambda done, total: shown.update(task, completed=done, total=total),
            )
    _tell(verdict)
    if not verdict["same"]:
        raise SystemExit(1)


@command.command("differences")
@click.argument("run")
@click.option("--against", default=None, help="an earlier run of the cycle; by default the one before")
def differences(run: str, against: str | None) -> None:
    """与前次核算的差异 / what a run changed for each subject."""
    with _sessions() as sessions:
        operator = _operator(sessions, run)
        with sessions.begin(operator) as session:
            for page in _pages(session, operator, run, against):
                for one in page["items"]:
                    click.echo(_line(one))
    click.echo(f"共 {page['changed']} 个对象有变化 / {page['changed']} subjects changed, against {page['against']}")


def _pages(session: Session, operator: Actor, run: str, against: str | None) -> Iterator[Row]:
    after: str | None = None
    while True:
        query: ComparisonQuery = {"run": run, "against": against, "after": after, "limit": 500}
        page = comparing.compare_runs(session, operator, query)
        yield page
        after = page["next"]
        if after is None:
            return


def _tell(verdict: Row) -> None:
    frozen, difference = verdict["frozen"], verdict["difference"]
    if difference is None:
        click.echo(f"一致 identical: input {frozen['input_hash']}, result {frozen['result_hash']}")
        return
    click.echo(f"不一致 DIFFERENT, first at {difference['at']}", err=True)
    click.echo(f"  冻结时 frozen:     {difference['frozen']}", err=True)
    click.echo(f"  复算 recomputed: {difference['recomputed']}", err=True)


def _line(one: Row) -> str:
    changes = [f"{name} {change['before']} → {change['after']}" for name, change in one["changes"].items()]
    items = [f"{item['indicator']} {item['before']} → {item['after']}" for item in one["items"]]
    return f"{one['subject']} {one['name'] or ''}: {'; '.join(changes + items)}"


def _operator(sessions: Sessions, run: str) -> Actor:
    """The operator as the auditor of the bureau whose run it is."""
    with sessions.begin(system("")) as session:
        bureau = session.execute(select(run_table.c.bureau).where(run_table.c.run == run)).scalar()
    if bureau is None:
        raise click.ClickException(f"没有这次核算 / there is no run {run}")
    return replace(system(bureau), name="kaohe score", grants=(Grant("auditor", "bureau"),))


@contextmanager
def _sessions() -> Iterator[Sessions]:
    with database() as url:
        sessions = open_sessions(url, "scoring")
        try:
            with answering():
                yield sessions
        except Problem as problem:
            raise click.ClickException(f"{problem.zh} / {problem.en}") from problem
        finally:
            sessions.engine.dispose()
