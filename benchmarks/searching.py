"""Search in Chinese over 100,000 cases and 20,000 traders, as a centre and a head ask it, and that the index is used. Peer: reading all texts.

``python -m benchmarks searching``; exits with 1 where a limit is passed or a plan reads the whole table.
"""

import statistics
import sys
import time

from sqlalchemy import text

from benchmarks.complaints import WHO
from benchmarks.peers.measuring import times_of
from services.complaints.usecases.linking import link_some
from shared.actor import system
from shared.database import open_sessions
from shared.settings import Settings, settings
from tests.support.many_cases import BUREAU, Network
from tests.support.measuring import postgres

CASES, MODELS, ASKED = 100_000, 5, 10
LIMIT = 0.3  # seconds, of the 95th percentile
QUESTIONS = (
    "退款",
    "预付卡",
    "云岭白酒 假冒",
    "电动自行车电池起火",
    "酸奶",
    "商行",
    "示范商行123号",
    "没有这样的词",
    "退",
)
_FILL = """
    UPDATE complaints.cases SET
        trader = :start || (hashtext(code) & 16383) || '号' || (ARRAY['超市', '商行', '健身馆', '餐饮店'])[1 + (hashtext(code || 'a') & 3)],
        goods = (ARRAY['酸奶', '白酒', '电动自行车', '健身卡', '手机', '火锅底料', '童装', '装修服务'])[1 + (hashtext(code || 'b') & 7)],
        summary = (
            SELECT string_agg((ARRAY['要求退款', '预付卡不退', '商品疑似假冒', '食品过期', '价格欺诈', '电池起火', '售后推诿', '尺寸不符',
                '虚假宣传', '拒开发票', '保修不履行', '快递破损', '合同违约', '押金不退', '计量不足', '餐具不洁'])[1 + (hashtext(code || n) & 15)], '，')
            FROM generate_series(1, 4) n
        ) || '，订单' || (hashtext(code || 'c') & 65535)
"""
_RARE = "UPDATE complaints.cases SET summary = :told WHERE hashtext(code) % 20000 = 0"
_PLAN = """
    EXPLAIN SELECT code FROM complaints.cases
    WHERE complaints.case_bigrams(kind, number, trader, goods, summary) @> ARRAY['预付', '付卡']
"""
_PEER = """
    SELECT code FROM complaints.cases WHERE concat_ws(' ', number, trader, goods, summary) ILIKE :q ORDER BY received_at DESC LIMIT 20
"""


def main() -> int:
    settings.use(Settings.read({"KAOHE_SECRET": "a secret of the benchmark, long enough"}))
    with postgres("complaints") as url:
        sessions = open_sessions(url, "complaints")
        network = Network(sessions)
        network.settle_in(MODELS, CASES)
        _settle(network)
        kept = [_asked(network, who, q) for who in ("centre", "head") for q in QUESTIONS]
        kept += [_hinted(network), _planned(network)]
        sessions.engine.dispose()
    return 0 if all(kept) else 1


def _settle(network: Network) -> None:
    with network.sessions.engine.begin() as connection:
        connection.execute(text(_FILL), {"start": "示范"})
        connection.execute(text(_RARE), {"told": "买到云岭白酒，疑似假冒；另有电动自行车电池起火"})
    started = time.perf_counter()
    linked = 0
    while True:
        with network.sessions.begin(system(BUREAU)) as session:
            found = link_some(session, BUREAU)
        linked += found
        if not found:
            break
    sys.stdout.write(f"{linked} cases linked with their traders in {time.perf_counter() - started:.1f} s\n")
    with network.sessions.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _asked(network: Network, who: str, q: str) -> bool:
    found = len(network("search_all", WHO[who], q=q)["items"])
    times = times_of(lambda: network("search_all", WHO[who], q=q), ASKED)
    peer = times_of(lambda: _read_all(network, q), 3) if who == "centre" else []
    told = f"   peer {statistics.median(peer) * 1000:>6.1f} ms" if peer else ""
    return _held(f"{who:<8}{q} ({found} found)", times, told)


def _hinted(network: Network) -> bool:
    typed = {"summary": "健身房预付卡不退，买的白酒疑似假冒", "trader": "示范123号商行"}
    return _held("what is typed", times_of(lambda: network("hint", WHO["centre"], **typed), ASKED))


def _planned(network: Network) -> bool:
    with network.sessions.engine.connect() as connection:
        plan = "\n".join(connection.execute(text(_PLAN)).scalars())
    used = "Bitmap Index Scan" in plan and "Seq Scan" not in plan
    sys.stdout.write(f"{plan}\nthe index is {'used' if used else 'NOT used'}\n")
    return used


def _read_all(network: Network, q: str) -> None:
    with network.sessions.engine.connect() as connection:
        connection.execute(text(_PEER), {"q": f"%{q}%"}).all()


def _held(what: str, times: list[float], told: str = "") -> bool:
    late = times[min(len(times) - 1, len(times) * 95 // 100)]
    mark = "" if late <= LIMIT else "   PASSED OVER"
    sys.stdout.write(
        f"{what:<50} p50 {statistics.median(times) * 1000:>6.1f} ms   p95 {late * 1000:>6.1f} ms{told}{mark}\n"
    )
    return late <= LIMIT


if __name__ == "__main__":
    sys.exit(main())
