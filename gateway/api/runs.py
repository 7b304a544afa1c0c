"""Runs: what the contract mounts; freezing takes the owners' counts along."""

from typing import Any

from gateway.api.core import etag
from gateway.mounting import mounted, taken, view
from gateway.rpc import ask, call
from shared.contracts.scoring import jobs as of_jobs
from shared.contracts.scoring import runs as contract

COUNTING = 120.0  # seconds
runs = mounted(contract.runs)
run_jobs = mounted(of_jobs.jobs)


def counted(command: dict[str, Any]) -> dict[str, Any]:
    """Return the body with the owners' counts of their states, taken now:
    scoring freezes when it holds exactly these."""
    tallies: dict[str, Any] = {}
    for owner in ("targets", "declarations"):
        tallies |= call(owner, "tally_states", {"cycle": command["cycle"]}, read=True, timeout=COUNTING)
    return {**command, "expected": tallies}


@view(runs, contract.freeze_run)
def freeze_run(command: dict[str, Any]) -> Any:
    return etag(ask(contract.freeze_run, counted(taken(contract.freeze_run, command, {}))), 201)


@view(run_jobs, of_jobs.start_run)
def start_run(command: dict[str, Any]) -> Any:
    return ask(of_jobs.start_run, counted(taken(of_jobs.start_run, command, {})))
