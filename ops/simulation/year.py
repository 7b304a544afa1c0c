"""The year in its order. Each stage is timed; stages that come back every month are timed together."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from ops.simulation import (
    checking,
    claiming,
    closing,
    complaining,
    contributing,
    evaluating,
    ordering,
    punching,
    waiting,
)
from ops.simulation.context import Advance, Simulation
from ops.simulation.declaring import Month, due_in

STAGES = {
    "claim": "认领 claim",
    "punch": "打卡 punches",
    "attendance": "考勤月结 attendance months",
    "complaints": "投诉举报 complaints",
    "declare": "申报 declare",
    "verify": "核实 verify",
    "assess": "核评 assess",
    "orders": "任务单 task orders",
    "contributions": "贡献 contributions",
    "evaluations": "主观评估 evaluations",
    "vetoes": "否决项 vetoes",
    "checks": "抽查 spot check",
    "appeals": "申诉 appeals",
    "close": "结账 close",
    "score": "核算公布 score and publish",
}


class Clockwork:
    """Progress on screen and seconds in the journal, stage by stage."""

    def __init__(self, sim: Simulation, console: Console) -> None:
        self._sim = sim
        columns = (
            TextColumn("{task.description:<28}"),
            BarColumn(),
            TextColumn("{task.completed:>7.0f}"),
            TimeElapsedColumn(),
        )
        self._progress = Progress(*columns, console=console)
        self._tasks: dict[str, TaskID] = {}
        self._seconds: dict[str, float] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()
        self._sim.journal.write()

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        if name not in self._tasks:
            self._tasks[name] = self._progress.add_task(STAGES[name], total=total)
        task, started = self._tasks[name], time.monotonic()
        self._progress.start_task(task)
        yield lambda count: self._progress.advance(task, count)
        self._seconds[name] = self._seconds.get(name, 0) + time.monotonic() - started
        self._sim.journal.stage(name, self._seconds[name])

    def done(self, name: str) -> None:
        task = self._tasks[name]
        self._progress.update(task, total=max(1, self._progress.tasks[task].completed))
        self._progress.stop_task(task)


def simulate(sim: Simulation, console: Console) -> str:
    """Drive the whole cycle; return the published run's id."""
    with Clockwork(sim, console) as clock:
        _prepare(sim, clock)
        _months(sim, clock)
        _rest(sim, clock)
        _run(clock, "close", lambda advance: closing.close(sim, advance))
        with clock.stage("score") as advance:
            run = closing.score(sim, advance)
        clock.done("score")
    return run


def _prepare(sim: Simulation, clock: Clockwork) -> None:
    _run(clock, "claim", lambda advance: claiming.claim(sim, advance))
    punching.prepare(sim)
    _run(clock, "punch", lambda advance: punching.punch(sim, advance))
    _run(clock, "attendance", lambda advance: punching.close_months(sim, advance))
    _run(clock, "complaints", lambda advance: complaining.handle(sim, advance))
    waiting.claims_known(sim)


def _months(sim: Simulation, clock: Clockwork) -> None:
    total = sum(1 for month in range(sim.since, 13) for _ in due_in(sim, month))
    for number in range(sim.since, 13):
        month = Month(sim, number)
        for name, step in (("declare", month.declare), ("verify", month.verify), ("assess", month.assess)):
            with clock.stage(name, total) as advance:
                step(advance)
    for name in ("declare", "verify", "assess"):
        clock.done(name)


def _rest(sim: Simulation, clock: Clockwork) -> None:
    with clock.stage("orders") as advance:
        orders = ordering.issue(sim, advance)
        ordering.judge(sim, ordering.answer(sim, orders, advance), advance)
    clock.done("orders")
    with clock.stage("contributions") as advance:
        contributing.settle(sim, contributing.declare(sim, advance), advance)
    clock.done("contributions")
    _run(clock, "evaluations", lambda advance: evaluating.hold(sim, advance))
    _run(clock, "vetoes", lambda advance: contributing.veto(sim, advance))
    _run(clock, "checks", lambda advance: checking.check(sim, advance))
    _run(clock, "appeals", lambda advance: checking.appeal(sim, advance))


def _run(clock: Clockwork, name: str, work: Callable[[Advance], None]) -> None:
    with clock.stage(name) as advance:
        work(advance)
    clock.done(name)
