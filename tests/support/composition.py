"""docker-compose.yml, read by docker-compose itself: which processes there are, how they are started and configured."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
OURS = "kaohe:"  # images built from this repository


@dataclass(frozen=True)
class Process:
    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    replicas: int
    definition: Mapping[str, Any]


def resolve(variables: Mapping[str, str]) -> dict[str, Any]:
    """The composition with ``variables`` filled in, as docker-compose understands it; fails where it is not valid."""
    completed = subprocess.run(
        ["docker-compose", "--project-directory", str(ROOT), "--file", str(ROOT / "docker-compose.yml"), "config"],
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert completed.returncode == 0, completed.stderr
    composition: dict[str, Any] = yaml.safe_load(completed.stdout)
    return composition


def processes(composition: Mapping[str, Any]) -> dict[str, Process]:
    """The processes of ours that `up` starts, by name."""
    started = {name: one for name, one in composition["services"].items() if not one.get("profiles")}
    ours = {name: one for name, one in started.items() if one["image"].startswith(OURS)}
    return {name: _process(name, one) for name, one in ours.items()}


def _process(name: str, one: Mapping[str, Any]) -> Process:
    environment = {key: str(value) for key, value in one.get("environment", {}).items()}
    replicas = one.get("deploy", {}).get("replicas", 1)
    return Process(name, tuple(one["command"]), environment, replicas, one)
