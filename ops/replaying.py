"""`kaohe replay <service>`: let the owners of what a service copies tell it everything again (law 5).

Scoring holds nothing that cannot be rebuilt but its runs and its audit trail. Its schema is set aside, made anew, filled
from the others' states; then closed cycles are frozen again and the hashes compared with the runs before. Only when they agree
is the old schema dropped; until then nothing is lost. Other services keep their schema and only hear everything again.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click
from rich.console import Console
from sqlalchemy.engine import Engine

from ops import rebuilding
from ops.bus import Bus, operator
from ops.serving import start
from shared.database import engine_for
from shared.events import REGISTRY
from shared.migrations import SERVICES
from shared.settings import Settings, settings

REBUILT = "scoring"
console = Console(highlight=False)


@dataclass(frozen=True)
class Comparison:
    """A cycle's newest run before and the one frozen after; the hash before is None where the schema was lost."""

    bureau: str
    cycle: str
    run: str
    before: str | None
    after: str

    @property
    def verdict(self) -> str:
        if self.before is None:
            return "new"
        return "same" if self.before == self.after else "DIFFERENT"


@click.command("replay")
@click.argument("service", type=click.Choice(SERVICES))
def command(service: str) -> None:
    """重建一个服务的数据 / rebuild a service's copies; for scoring, drop and rebuild its schema and compare run hashes."""
    with _system(service) as engine:
        bus = Bus()
        before = rebuilding.set_aside(engine) if service == REBUILT else []
        with _serving(service):
            for owner in owners(service):
                console.print(f"{owner}: {bus.replay_state(owner)} states told again")
            rebuilding.wait_until_drained(engine, service, owners(service), expected=bool(before))
            compared = _compare(engine, bus, before) if service == REBUILT else []
        _conclude(engine, compared)


def owners(service: str) -> list[str]:
    """Tell who publishes what ``service`` takes."""
    return sorted({kind.owner for kind in REGISTRY.values() if service in kind.consumers})


def _compare(engine: Engine, bus: Bus, before: list[rebuilding.RunRow]) -> list[Comparison]:
    known = {(run.bureau, run.cycle): run.input_hash + run.result_hash for run in before}
    compared = []
    for bureau, cycle in rebuilding.closed_cycles(engine):
        run = bus.ask(REBUILT, "freeze_run", {"cycle": cycle}, operator(bureau))
        after = run["input_hash"] + run["result_hash"]
        compared.append(Comparison(bureau, cycle, run["run"], known.get((bureau, cycle)), after))
    return compared


def _conclude(engine: Engine, compared: list[Comparison]) -> None:
    for one in compared:
        click.echo(f"{one.bureau} {one.cycle} run {one.run} input hash {one.after[:64]}: {one.verdict}")
    if any(one.verdict == "DIFFERENT" for one in compared):
        raise click.ClickException(
            f"重建结果不一致，旧数据保留在 {rebuilding.OLD} / hashes differ; the old schema is kept"
        )
    rebuilding.drop_old(engine)
    console.print("完成 done")


@contextmanager
def _system(service: str) -> Iterator[Engine]:
    """The database; without a broker of its own setting, the embedded system is started for as long as this takes."""
    chosen = Settings.read(os.environ)
    if chosen.database_url and chosen.broker_url:
        rebuilding.refuse_if_served(service)
        yield engine_for(chosen.database_url, pool_size=4, longest=0)
        return
    from ops.embedded import CannotStart, EmbeddedSystem

    others = tuple(name for name in SERVICES if name != service)
    system = EmbeddedSystem(chosen)
    try:
        system.start_inside(console.print, others)
        yield engine_for(settings.need("database_url"), pool_size=4, longest=0)
    except CannotStart as error:
        raise click.ClickException(str(error)) from error
    finally:
        system.stop()


@contextmanager
def _serving(service: str) -> Iterator[None]:
    """The service itself runs in this process meanwhile."""
    runner = start((service,))
    try:
        yield
    finally:
        runner.stop()
