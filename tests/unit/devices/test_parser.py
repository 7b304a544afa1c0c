# local times, as clocks mean them
"""Lines as real clocks send them (firmware differs): the first four columns count, the raw line is kept, nothing raises."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.devices import parser
from gateway.devices.parser import (
    NO_STATUS,
    count_lines,
    encoded_time,
    parse_attlog,
    parse_rtlog,
    parse_transactions,
)
from gateway.devices.scrubbing import MASK, scrub

TIME = datetime(2026, 3, 4, 8, 55, 1)


@pytest.mark.parametrize(
    "line",
    [
        "7\t2026-03-04 08:55:01\t255\t1\t0",
        "7\t2026-03-04 08:55:01\t255\t1\t\t0\t0",
        "7\t2026-03-04 08:55:01\t255\t1\t0\t0\t0\t",
        "7\t2026-03-04 08:55:01\t255\t1\t0\t0\t0\t255\t36.5",
        "7\t2026-03-04 08:55:01\t255\t1\t0\t0\t0\t0\t0\t43",
        "7\t2026-03-04 08:55:01\t255\t1\t0\t0\t0\t0\t0\t43\t",
        "7\t2026-03-04 08:55:01\t255\t1\t\t110101199003070000\t身份证",
        "     7\t2026-03-04 08:55:01\t255\t1\t0",
        "7\t2026-03-04 08:55:01\t255\t1",
    ],
)
def test_rows_of_any_width_are_the_same_punch_and_keep_their_raw_line(line: str) -> None:
    push = parse_attlog(line.encode())
    kept = line.replace("110101199003070000", MASK)
    assert [(one.pin, one.time, one.status, one.verify, one.raw) for one in push.punches] == [("7", TIME, 255, 1, kept)]
    assert push.rejected == ()


@pytest.mark.parametrize("pin", ["5_4968", "007", "A12b", "12345678901234567890"])
def test_a_pin_is_text(pin: str) -> None:
    assert parse_attlog(f"{pin}\t2026-03-04 08:55:01\t0\t1\t0".encode()).punches[0].pin == pin


@pytest.mark.parametrize("body", ["{0}\n{1}", "{0}\n{1}\n", "{0}\r\n{1}\r\n", "\n{0}\n\n{1}\n \n"])
def test_lines_end_with_lf_or_crlf_with_or_without_a_final_one(body: str) -> None:
    one, two = "1\t2026-03-04 08:55:01\t0\t1\t0", "2\t2026-03-04 08:55:02\t1\t15\t0"
    push = parse_attlog(body.format(one, two).encode())
    assert [punch.raw for punch in push.punches] == [one, two]
    assert push.lines == 2


def test_the_status_is_kept_and_absent_means_none() -> None:
    body = b"1\t2026-03-04 08:55:01\t5\t3\n1\t2026-03-04 08:55:01\t\t\n1\t2026-03-04 08:55:01"
    assert [(one.status, one.verify) for one in parse_attlog(body).punches] == [(5, 3), (NO_STATUS, 0), (NO_STATUS, 0)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("garbage", "columns"),
        ("\t2026-03-04 08:55:01\t0\t1", "pin"),
        ("x" * 65 + "\t2026-03-04 08:55:01\t0\t1", "pin"),
        ("7\t2026-02-30 08:55:01\t0\t1", "time"),
        ("7\t2026-03-04 24:00:00\t0\t1", "time"),
        ("7\t0000-00-00 00:00:00\t0\t1", "time"),
        ("7\t0001-01-01 00:00:00\t0\t1", "time"),
        ("7\t2026-03-04T08:55:01Z\t0\t1", "time"),
        ("7\t2026-03-04 08:55:01\t-1\t1", "status"),
        ("7\t2026-03-04 08:55:01\t0\t99999999999", "status"),
    ],
)
def test_one_bad_line_is_rejected_and_counted_and_the_others_stand(line: str, reason: str) -> None:
    good = "1\t2026-03-04 08:55:01\t0\t1\t0"
    push = parse_attlog(f"{good}\n{line}\n{good}".encode())
    assert (len(push.punches), push.lines) == (2, 3)
    assert [(one.raw, one.reason) for one in push.rejected] == [(line, reason)]


def test_a_battery_that_ran_out_still_gives_a_time_for_a_person_to_judge() -> None:
    times = [
        one.time.year for one in parse_attlog(b"7\t2000-01-01 00:00:09\t0\t1\n7\t1971-01-01 00:00:09\t0\t1").punches
    ]
    assert times == [2000, 1971]


def test_chinese_columns_are_read_in_gbk_and_in_utf8() -> None:
    line = "7\t2026-03-04 08:55:01\t0\t1\t张三"
    assert parse_attlog(line.encode("gbk")).punches[0].raw == line
    assert parse_attlog(line.encode("utf-8")).punches[0].raw == line


def test_a_nul_byte_reaches_no_database() -> None:
    push = parse_attlog(b"7\t2026-03-04 08:55:01\t0\t1\t\x00\n\x00\x00\tx")
    assert all("\0" not in one.raw for one in (*push.punches, *push.rejected))


def test_a_body_past_eight_kilobytes_is_read_whole() -> None:
    lines = [f"{n}\t2026-03-04 08:55:01\t255\t1\t0\t0\t0" for n in range(50_000)]
    body = "\n".join(lines).encode()
    assert 1_500_000 < len(body) < 2_097_152
    assert parse_attlog(body).lines == 50_000


def test_rtlog_is_key_and_value_and_only_people_verified_are_punches() -> None:
    body = (
        b"time=2026-03-04 08:55:01\tpin=7\tcardno=0\teventaddr=1\tevent=3\tinoutstatus=1\tverifytype=15\tindex=21\r\n"
        b"time=2026-03-04 08:56:01\tpin=0\tcardno=0\teventaddr=1\tevent=206\tinoutstatus=2\tverifytype=200\tindex=22\r\n"
        b"time=2026-03-04 08:57:01\tpin=9\tcardno=0\teventaddr=1\tevent=27\tinoutstatus=1\tverifytype=1\tindex=23\r\n"
        b"nonsense"
    )
    push = parse_rtlog(body)
    assert [(one.pin, one.time, one.status, one.verify) for one in push.punches] == [("7", TIME, 1, 15)]
    assert [one.reason for one in push.rejected] == ["no_punch"] * 3


@given(st.binary(max_size=400))
def test_any_bytes_are_counted_line_by_line_and_nothing_raises(body: bytes) -> None:
    for parse in (parse_attlog, parse_rtlog, parse_transactions):
        assert parse(body).lines == count_lines(body)


@given(
    st.text("0123456789ABCxyz_-", min_size=1, max_size=24),
    st.datetimes(datetime(1970, 1, 1), datetime(2099, 12, 31)),
    st.sampled_from([0, 1, 2, 3, 4, 5, 255]),
    st.sampled_from([1, 3, 4, 15]),
    st.sampled_from(["", "\t0", "\t\t0\t0", "\t0\t0\t0\t0\t0\t"]),
)
def test_what_a_device_writes_is_what_is_read(pin: str, time: datetime, status: int, verify: int, rest: str) -> None:
    time = time.replace(microsecond=0)
    line = f"{pin}\t{time:%Y-%m-%d %H:%M:%S}\t{status}\t{verify}{rest}"
    (one,) = parse_attlog(line.encode()).punches
    assert (one.pin, one.time, one.status, one.verify) == (pin, time, status, verify)


def test_a_time_without_seconds_counts() -> None:
    (one,) = parse_attlog(b"7\t2026-09-30 17:40\t255\t1").punches
    assert (one.time, one.raw) == (datetime(2026, 9, 30, 17, 40), "7\t2026-09-30 17:40\t255\t1")


@pytest.mark.parametrize(
    "line",
    [
        "USER PIN=7\tName=\u5f20\tPri=0\tPasswd=s3cret\tCard=\tGrp=1",
        "7\t2026-03-04 08:55:01\t255\t1\t0\tPassword=s3cret",
        "FP PIN=7\tFID=1\tSize=4\tValid=1\tTMP=s3cret==",
        '{"pin": "7", "password": "s3cret", "x": 1}',
        "7\t2026-03-04 08:55:01\t255\t1\t0\t" + "s3cret" * 20,
        "7\tnonsense\t11010119900307123X",
        "Passwd=s3cret\t2026-03-04 08:55:01\t255\t1",
        "7\tnonsense\tCOMKey=s3cret",
        "7\tnonsense\t~WirelessKey=s3cret",
        "7\tnonsense\tProxyServerPassword=s3cret",
        "7\t2026-03-04 08:55:01\t255\t1\t0\tE12345678",
    ],
)
def test_secrets_are_masked_whatever_table_they_came_under(line: str) -> None:
    for parse in (parse_attlog, parse_rtlog, parse_transactions):
        push = parse(line.encode())
        told = "".join(one.raw for one in (*push.punches, *push.rejected))
        assert MASK in told
        assert not any(secret in told for secret in ("s3cret", "11010119900307123X", "E12345678"))


@given(st.text(max_size=200))
def test_scrubbing_takes_anything_and_is_done_once(line: str) -> None:
    once = scrub(line)
    assert scrub(once) == once


@pytest.mark.parametrize(
    "line",
    [
        "transaction cardno=0\tpin=7\tverified=15\tdoorid=1\teventtype=0\tinoutstate=1\ttime_second={0}\tindex=9",
        "cardno=0,pin=7,verified=15,eventtype=0,inoutstate=1,time_second={0}",
        "pin=7\tverified=15\teventtype=0\tinoutstate=1\ttime=2026-03-04 08:55:01",
    ],
)
def test_an_access_controls_transactions_are_punches(line: str) -> None:
    push = parse_transactions(line.format(encoded_time(TIME)).encode())
    assert [(one.pin, one.time, one.status, one.verify) for one in push.punches] == [("7", TIME, 1, 15)]


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)))
def test_the_makers_counting_of_seconds_is_read_as_it_is_written(time: datetime) -> None:
    time = time.replace(microsecond=0)
    line = f"pin=7\teventtype=0\ttime_second={encoded_time(time)}"
    assert [one.time for one in parse_transactions(line.encode()).punches] == [time]


LINES = st.tuples(
    st.sampled_from(["7", "007", "5_4968", "x", "", "Passwd=1", "a\u3000b", "7" * 65]),
    st.sampled_from(
        [
            "2026-03-04 08:55:00",
            "2026-03-04 08:55",
            "2026-02-30 08:55:00",
            "1969-12-31 23:59:59",
            "2100-01-01 00:00:00",
            "",
        ]
    ),
    st.sampled_from(["0", "255", "", "x", "99999999999", " 1"]),
    st.sampled_from(["1", "15", "", "-1"]),
    st.lists(st.sampled_from(["0", "", "12", "36.5", "123456789012345", "Passwd=9"]), max_size=4),
)


@given(st.lists(LINES.map(lambda one: "\t".join([*one[:4], *one[4]])), max_size=5))
def test_a_line_as_nearly_all_are_is_read_as_any_other(lines: list[str]) -> None:
    told = [line for line in lines if line.strip()]
    slowly = tuple(parser._parsed(line, parser._attlog_columns) for line in told)
    assert parse_attlog("\n".join(lines).encode()).in_order == slowly
