"""`kaohe simulate-year`: a whole cycle against the running system, deterministic by its seed."""

import os
from pathlib import Path

import click
from rich.console import Console

from ops.client import Api, ApiError, Unreachable, log_in
from ops.demo import file
from ops.demo.load import ADMIN, BUREAU, OFFICE, Plan, make_bureau, officers_in
from ops.demo.staff import SMALLEST, staff
from ops.simulation import report, results
from ops.simulation.context import Simulation
from ops.simulation.crowd import Crowd
from ops.simulation.journal import Journal
from ops.simulation.waiting import NotArrived
from ops.simulation.world import read_world
from ops.simulation.year import simulate
from shared.clock import today
from shared.settings import Settings

console = Console(highlight=False)


@click.command("simulate-year")
@click.option("--url", default=None, help="address of the running system; default: http://KAOHE_HOST:KAOHE_PORT")
@click.option("--staff", "people", type=click.IntRange(SMALLEST), help="make a fresh bureau with so many people")
@click.option("--year", type=int, help="which year; default: this one")
@click.option("--seed", default=2026, show_default=True, help="what people do is drawn from it")
@click.option("--journal", type=click.Path(path_type=Path), help="file for what was acknowledged, and the times")
@click.option(
    "--results", "results_file", type=click.Path(path_type=Path), help="file for everything a recomputation needs"
)
@click.option("--since", type=click.IntRange(1, 12), default=1, help="the month in which people begin to declare")
@click.option("--workers", default=6, show_default=True, help="requests under way at once")
def command(
    url: str | None,
    people: int | None,
    year: int | None,
    seed: int,
    journal: Path | None,
    results_file: Path | None,
    since: int,
    workers: int,
) -> None:
    """模拟一个考核年度 / drive a whole cycle through the API: claim, declare, verify, assess … publish."""
    settings = Settings.read(os.environ)
    address = url or f"http://{settings.host}:{settings.port}"
    try:
        cycle = str(year or today().year)
        entries = _bureau(address, settings.var_folder, people, cycle)
        sim = simulation(address, entries, cycle, seed, Journal(journal), workers)
        sim.since = since
        run = simulate(sim, console)
        report.show(sim, run, console)
        if results_file:
            results.write(sim, run, results_file)
    except (ApiError, NotArrived, LookupError) as error:
        raise click.ClickException(str(error)) from error
    except Unreachable as error:
        raise click.ClickException(f"{address} 没有响应，系统是否已启动？/ does not answer: {error}") from error


def _bureau(url: str, var: Path, people: int | None, cycle: str) -> list[file.Entry]:
    """Accounts of the bureau to simulate: the demo bureau's, or those of a fresh one with ``people``."""
    known = file.read(var)
    if people is not None:
        return _fresh_bureau(url, var, known, people, int(cycle))
    entries = [entry for entry in known if entry["bureau"] == BUREAU]
    if not entries:
        raise LookupError("示范分局尚未装入，请先运行 kaohe up 或 kaohe demo / load the demo bureau first")
    status = _status(url, entries, cycle)
    if status in ("", "draft"):
        raise LookupError("示范分局还在装入，请稍候再试 / the demo bureau is still being loaded: try again in a moment")
    if status != "open":
        text = f"示范分局的 {cycle} 年度已结束（{status}），可用 --staff 30 另建一个小分局再模拟"
        raise LookupError(f"{text} / cycle {cycle} is {status}: use --staff N for a fresh bureau")
    if _office_of(url, entries).get("claims", cycle=cycle, limit=1)["items"]:
        text = "示范分局的年度已经开始，可用 --staff 30 另建一个小分局再模拟"
        raise LookupError(f"{text} / the demo bureau's year has begun already: use --staff N for a fresh bureau")
    return entries


def _status(url: str, entries: list[file.Entry], cycle: str) -> str:
    """Of the demo bureau's cycle; empty where it, or its office's account, is not there yet."""
    try:
        return str(_office_of(url, entries).get(f"cycles/{cycle}")["status"])
    except ApiError as error:
        if error.status in (401, 404):
            return ""
        raise


def _fresh_bureau(url: str, var: Path, known: list[file.Entry], people: int, year: int) -> list[file.Entry]:
    officers = officers_in(known)
    root = log_in(url, officers[ADMIN]["account"], officers[ADMIN]["password"])
    taken = {one["bureau"] for one in root.pages("bureaus")} | {entry["bureau"] for entry in known}
    code = next(code for number in range(1, 10_000) if (code := f"T{number:02d}") not in taken)
    plan = Plan(code, f"模拟分局 {code}", staff(people), year, prefix=f"{code.lower()}-")
    return make_bureau(url, officers, plan, var, lambda text: console.print(f"  {text}"))


def simulation(
    url: str, entries: list[file.Entry], cycle: str, seed: int, journal: Journal, workers: int
) -> Simulation:
    """Return what drives the bureau of ``entries`` through its ``cycle``."""
    crowd = Crowd(url, entries, workers)
    office = file.find(entries, role=OFFICE)
    assert office is not None
    world = read_world(crowd.of(office["person"]), office["bureau"], cycle)
    return Simulation(url, world, crowd, seed, journal, office["person"])


def _office_of(url: str, entries: list[file.Entry]) -> Api:
    office = file.find(entries, role=OFFICE)
    assert office is not None
    return log_in(url, office["account"], office["password"])
