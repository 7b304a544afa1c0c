"""Cases that are like others, written by SQL: the rows that the commands make, at another station, about another trader and goods.

Nothing of them is linked with a trader yet, as cases of old are not (usecases/linking.py). Who complained is sealed as of the model, under
a key of its own: nobody looks as if they had complained hundreds of times. Of a figure there is what its facts say, not what was sent.
"""

from typing import Any

from sqlalchemy import Connection, Engine, text

STATIONS = 300
PEOPLE = 4 * STATIONS  # so that whoever is so many further on is so many stations further on
_AWAY = 5  # stations from one case to the next like it
_KINDS = ("超市", "商行", "健身馆", "餐饮店")
_GOODS = ("酸奶", "白酒", "电动自行车", "健身卡", "手机", "火锅底料", "童装", "装修服务")
_TROUBLES = (
    *("要求退款", "预付卡不退", "商品疑似假冒", "食品过期", "价格欺诈", "电池起火", "售后推诿", "尺寸不符"),
    *("虚假宣传", "拒开发票", "保修不履行", "快递破损", "合同违约", "押金不退", "计量不足", "餐具不洁"),
)
_LIKE = f"""
CREATE TEMPORARY TABLE like_cases ON COMMIT DROP AS
SELECT model.code AS model, model.cycle, model.kind, left(model.code, 28) || lpad(to_hex(n), 8, '0') AS code,
    model.unit AS unit, model.handler AS handler, model.intake_unit AS home, model.received_at,
    moved.unit AS new_unit, moved.handler AS new_handler,
    CASE WHEN model.intake_unit = model.unit THEN moved.unit ELSE model.intake_unit END AS new_home,
    '示范' || (dice.trader & 16383) || '号' || (CAST(:kinds AS text[]))[1 + (dice.trader >> 14 & 3)] AS trader,
    (CAST(:goods AS text[]))[1 + (dice.goods & 7)] AS goods,
    (SELECT string_agg((CAST(:troubles AS text[]))[1 + (hashtext(model.code || n || part) & 15)], '，') FROM generate_series(1, 4) part)
        || '，订单' || (dice.told & 65535) AS summary
FROM complaints.cases model, generate_series(1, :copies) n,
    LATERAL (SELECT hashtext(model.code || n) AS trader, hashtext(model.code || n || 'g') AS goods, hashtext(model.code || n || 't') AS told) dice,
    LATERAL (SELECT CAST(substr(model.handler, 2) AS integer) + n * {_AWAY} AS number) further,
    LATERAL (SELECT 'S' || lpad((further.number % {STATIONS})::text, 3, '0') AS unit,
        'P' || lpad((further.number % {PEOPLE})::text, 4, '0') AS handler) moved
"""
# As storage/numbers.py gives them: a serial for each year, name and kind, from where its counter stands.
_NUMBERS = """
CREATE TEMPORARY TABLE like_numbers ON COMMIT DROP AS
SELECT one.code, one.cycle, one.new_home AS name, one.kind, coalesce(counter.last, 0)
    + row_number() OVER (PARTITION BY one.cycle, one.new_home, one.kind ORDER BY one.received_at, one.code) AS serial
FROM like_cases one LEFT JOIN complaints.case_counters counter
    ON (counter.cycle, counter.name, counter.kind) = (one.cycle, one.new_home, one.kind)
"""
_COUNTERS = """
INSERT INTO complaints.case_counters AS held (bureau, cycle, name, kind, last)
SELECT :bureau, cycle, name, kind, max(serial) FROM like_numbers GROUP BY cycle, name, kind
ON CONFLICT (bureau, cycle, name, kind) DO UPDATE SET last = excluded.last
"""
_NUMBER = "made.cycle || '-' || made.new_home || '-' || CASE made.kind WHEN 'report' THEN '举' ELSE '投' END || '-' || lpad(serial::text, 6, '0')"
_SAID = f"jsonb_build_object('number', {_NUMBER}, 'trader', made.trader, 'goods', made.goods, 'summary', made.summary)"


def _moved(column: str) -> str:
    """Return an expression: the JSON of ``column`` with the other station and person in it."""
    unit = f"""replace({column}::text, '"' || made.unit || '"', '"' || made.new_unit || '"')"""
    return f"""replace({unit}, '"' || made.handler || '"', '"' || made.new_handler || '"')::jsonb"""


_AT_HOME = {"unit": "CASE WHEN held.unit = made.unit THEN made.new_unit ELSE held.unit END"}
_OWN: dict[str, dict[str, str]] = {
    "cases": {
        **{name: f"made.{name}" for name in ("trader", "goods", "summary")},
        "number": _NUMBER,
        "unit": "made.new_unit",
        "handler": "made.new_handler",
        "intake_unit": "made.new_home",
        "deadlines": _moved("held.deadlines"),
        "person_keys": "ARRAY[md5(made.code)]",
        "address_key": "NULL",
    },
    "case_events": {
        "given": f"""{_moved("held.given")} || CASE WHEN held.name = 'register' THEN {_SAID} ELSE '{{}}' END""",
    },
    "case_facts": {
        **_AT_HOME,
        "person": "CASE WHEN held.person = made.handler THEN made.new_handler ELSE held.person END",
    },
    "case_notifications": {
        **_AT_HOME,
        "handler": "made.new_handler",
        "notification": "md5(held.notification || made.code)",
    },
}


def station(number: int) -> str:
    return f"S{number % STATIONS:03d}"


def person(number: int) -> str:
    return f"P{number % PEOPLE:04d}"


def told_of(number: int) -> dict[str, Any]:
    """Return what is said of a case that is lived through."""
    return {
        "trader": f"示范{number}号{_KINDS[number % 4]}",
        "goods": _GOODS[number % 8],
        "summary": f"{_TROUBLES[number % 16]}，订单{number}",
    }


def write_like(engine: Engine, copies: int) -> None:
    """Write ``copies`` like each case that is there."""
    told = {"kinds": list(_KINDS), "goods": list(_GOODS), "troubles": list(_TROUBLES), "copies": copies}
    with engine.begin() as connection:
        connection.execute(text(_LIKE), told)
        connection.execute(text(_NUMBERS))
        connection.execute(text("ANALYZE like_cases, like_numbers"))
        bureau = connection.execute(text("SELECT DISTINCT bureau FROM complaints.cases")).scalar_one()
        for table, own in _OWN.items():
            _write(connection, table, own)
        connection.execute(text(_COUNTERS), {"bureau": bureau})


def _write(connection: Connection, table: str, own: dict[str, str]) -> None:
    asked = "SELECT column_name FROM information_schema.columns WHERE table_schema = 'complaints' AND table_name = :t"
    names = list(connection.execute(text(asked), {"t": table}).scalars())
    chosen = ", ".join({"code": "made.code", **own}.get(name, f'held."{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    joined = f"complaints.{table} held JOIN like_cases made ON made.model = held.code JOIN like_numbers numbered ON numbered.code = made.code"
    connection.execute(text(f"INSERT INTO complaints.{table} ({columns}) SELECT {chosen} FROM {joined}"))
