"""Search in Chinese over 100,000 cases and 51,000 traders of a whole network, as a centre and a head ask it over HTTP, and that the index is
used. Peer: reading all texts.

``python -m benchmarks searching``; exits with 1 where a limit is passed or a plan reads the whole table.
"""

import statistics
import sys

from sqlalchemy import text

from benchmarks.peers.arguments import arguments
from tests.support.many_cases import CENTRE, Network
from tests.support.network_over_http import NetworkOverHttp, network_over_http
from tests.support.plans import readings
from tests.support.timing import Times, held

CASES, MODELS, ASKED = 100_000, 20, 20
LIMIT = 0.3  # seconds, of the 95th percentile
QUESTIONS = (
    "退款",
    "预付卡",
    "云岭白酒 假冒",
    "电动自行车电池起火",
    "酸奶",
    "商行",
    "示范123号商行",
    "没有这样的词",
    "退",
)
TYPED = (
    {"summary": "健身房预付卡不退，买的白酒疑似假冒", "trader": "示范123号商行"},
    {"summary": "超市的酸奶过期", "trader": "示范"},
    {"goods": "手机", "trader": "云汀百货有限公司"},
)
# What few cases tell of, in their histories as well.
_RARE = (
    """
    UPDATE complaints.case_events SET given = given || jsonb_build_object('summary', CAST(:told AS text))
    WHERE name = 'register' AND hashtext(code) % 20000 = 0
    """,
    "UPDATE complaints.cases SET summary = :told WHERE hashtext(code) % 20000 = 0",
)
_PEER = """
    SELECT code FROM complaints.cases WHERE concat_ws(' ', number, trader, goods, summary) ILIKE :q ORDER BY received_at DESC LIMIT 20
"""


def main() -> int:
    with network_over_http() as world:
        network = world.network
        _settle(network)
        kept = [_asked(world, who, q) for who in ("centre", "head") for q in QUESTIONS]
        kept += [_hinted(world, typed) for typed in TYPED]
        kept.append(_planned(network))
    return 0 if all(kept) else 1


def _settle(network: Network) -> None:
    network.settle_in(MODELS, CASES)
    with network.sessions.engine.begin() as connection:
        for statement in _RARE:
            connection.execute(text(statement), {"told": "买到云岭白酒，疑似假冒；另有电动自行车电池起火"})
    linked, seconds = network.link()
    traders = network.scalar("SELECT count(*) FROM complaints.traders")
    sys.stdout.write(f"{linked} cases linked with {traders} traders in {seconds:.1f} s\n")
    network.vacuum()


def _asked(world: NetworkOverHttp, who: str, q: str) -> bool:
    found = len(world.ask(who, "case-search", q=q)["items"])
    times = Times(lambda: world.ask(who, "case-search", q=q), ASKED)
    peer = Times(lambda: _read_all(world.network, q), 3).each if who == "centre" else []
    told = f"   peer {statistics.median(peer) * 1000:>6.1f} ms" if peer else ""
    return held(f"{who:<8}{q} ({found} found)", times, LIMIT, 95, told)


def _hinted(world: NetworkOverHttp, typed: dict[str, str]) -> bool:
    times = Times(lambda: world.send("centre", "cases/hints", typed), ASKED)
    return held(f"what is typed: {' '.join(typed.values())}", times, LIMIT, 95)


def _planned(network: Network) -> bool:
    """Tell whether the planner finds cases by their pairs, as the service asks for them."""
    with readings(network.sessions.engine, chosen=True) as found:
        network("search_all", CENTRE, q="预付卡")
    used = sorted(one for each in found for one in each.indexes if "bigrams" in one)
    most = max(sum(one.rows.values()) for one in found)
    sys.stdout.write(f"indexes used: {', '.join(used)}; rows read by one statement at most: {most}\n")
    return any("case_bigrams" in one for one in used) and most < CASES


def _read_all(network: Network, q: str) -> None:
    with network.sessions.engine.connect() as connection:
        connection.execute(text(_PEER), {"q": f"%{q}%"}).all()


if __name__ == "__main__":
    arguments(__doc__)
    sys.exit(main())
