"""Processor time that a simulated year costs the servers: the composition's own processes on a private RabbitMQ and PostgreSQL,
30 people, from an empty bureau to the published result. ``KAOHE_BEFORE`` names another checkout (with its .venv): both then run in turn, and
the ratio is printed, of all and of each part. Seconds of the processor, not of the clock; the simulating client is not counted."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from statistics import median

from benchmarks.peers.arguments import arguments

ROOT = Path(__file__).parent.parent
ROUNDS = 2
ONE_YEAR = """
import json, sys
from tests.support.deployment import deployed
from tests.support.folders import reachable_folder
from tests.support.running import spent
from tests.support.year import STAFF, Year

def all_spent(deployment):
    parts = {one.name.rpartition("-")[0]: 0.0 for one in deployment.running}
    for one in deployment.running:
        parts[one.name.rpartition("-")[0]] += spent(one._popen.pid)
    return {**parts, "postgresql": spent(deployment.postgres.pid()), "rabbitmq": spent(deployment.broker.pid)}

with reachable_folder() as folder, deployed(folder) as deployment:
    deployment.kaohe("demo", "--staff", STAFF, "--year", "2026", "--bare")
    before = all_spent(deployment)
    year = Year(deployment)
    deployment.kaohe(*year.arguments)
    after = all_spent(deployment)
    acknowledged = sum(year.acknowledged.values())
    costs = {name: after[name] - before[name] for name in after}
print("RESULT " + json.dumps({"costs": costs, "acknowledged": acknowledged}))
"""


def main() -> int:
    checkouts = [ROOT, *([Path(os.environ["KAOHE_BEFORE"])] if "KAOHE_BEFORE" in os.environ else [])]
    years: dict[Path, list[dict[str, float]]] = {one: [] for one in checkouts}
    for _ in range(ROUNDS):
        for checkout in checkouts:
            years[checkout].append(_year(checkout))
    ours = _medians(years[ROOT])
    before = _medians(years[checkouts[-1]])
    for name in sorted(ours, key=lambda part: -ours[part]):
        compared = f"  {ours[name] / before[name]:5.2f} of before" if len(checkouts) > 1 and before.get(name) else ""
        sys.stdout.write(f"  {name:16} {ours[name]:9.2f}{compared}\n")
    return 0


def _year(checkout: Path) -> dict[str, float]:
    """Seconds by part, all together, and milliseconds of all for each thing that was acknowledged."""
    python = checkout / ".venv" / "bin" / "python"
    done = subprocess.run(
        [str(python if python.exists() else sys.executable), "-W", "ignore", "-c", ONE_YEAR],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    line = next((one for one in done.stdout.splitlines() if one.startswith("RESULT ")), None)
    if line is None:
        raise RuntimeError(f"{checkout}:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    found = json.loads(line.removeprefix("RESULT "))
    costs = Counter(found["costs"])
    together = costs.total()
    return {**costs, "all, s": together, "each, ms": 1000 * together / found["acknowledged"]}


def _medians(years: list[dict[str, float]]) -> dict[str, float]:
    return {name: median(one.get(name, 0.0) for one in years) for name in years[0]}


if __name__ == "__main__":
    arguments(__doc__)
    sys.exit(main())
