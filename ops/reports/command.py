"""`kaohe report`: published runs as parquet files, and reports over many years and bureaus of them."""

from collections.abc import Callable
from pathlib import Path

import click
import duckdb

from ops.database import database
from ops.reports.asking import GROUPS, ITEM_GROUPS, Store, Table
from ops.reports.storing import newest_published, store
from shared.actor import system
from shared.database import open_sessions

FOLDER = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
MEMORY = click.option("--memory", default="512MB", show_default=True, help="what duckdb may use; the rest goes to disk")


@click.group("report")
def command() -> None:
    """跨年度、跨分局的报表 / reports over many years and bureaus."""


@command.command("export")
@FOLDER
@click.option("--bureau", default=None, help="only this bureau's")
@click.option("--cycle", default=None, help="only this cycle's")
@MEMORY
def export(folder: Path, bureau: str | None, cycle: str | None, memory: str) -> None:
    """导出已公布的核算 / write the newest published run of each bureau and cycle as parquet files."""
    with database() as url:
        sessions = open_sessions(url, "scoring")
        with sessions.begin(system("")) as session:
            runs = newest_published(session)
            for run in runs:
                if bureau in (None, run["bureau"]) and cycle in (None, run["cycle"]):
                    scores, points = store(session, folder, run, memory)
                    click.echo(f"{run['bureau']}\t{run['cycle']}\t{run['run']}\t{scores}\t{points}")
        sessions.engine.dispose()


@command.command("means")
@FOLDER
@click.option("--by", default="bureau,cycle,layer", show_default=True, help=f"some of {','.join(GROUPS)}")
@MEMORY
def means(folder: Path, by: str, memory: str) -> None:
    """平均得分 / means of the final scores."""
    _tell(lambda: Store(folder, memory).means(by.split(",")))


@command.command("items")
@FOLDER
@click.option("--by", default=",".join(ITEM_GROUPS), show_default=True)
@MEMORY
def items(folder: Path, by: str, memory: str) -> None:
    """各指标得分 / what each item gave."""
    _tell(lambda: Store(folder, memory).items(by.split(",")))


@command.command("movers")
@FOLDER
@click.option("--limit", default=20, show_default=True)
@MEMORY
def movers(folder: Path, limit: int, memory: str) -> None:
    """升降最大的对象 / whose score changed most from year to year."""
    _tell(lambda: Store(folder, memory).movers(limit))


def _tell(ask: Callable[[], Table]) -> None:
    try:
        table = ask()
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    except duckdb.IOException as error:
        raise click.ClickException(f"没有可用的文件 / no files to read: {error}") from error
    click.echo("\t".join(table.columns))
    for row in table.rows:
        click.echo("\t".join("" if one is None else str(one) for one in row))
