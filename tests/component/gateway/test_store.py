"""One suite for both stores: a folder, and S3 as moto plays it."""

import io
import os
import random
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer
from s3fs import S3FileSystem

from gateway.files.store import Store
from shared.errors import Unavailable

CONTENT = random.Random(7).randbytes(6 * 1024 * 1024 + 3)  # more than one part of a multipart upload
KEYS = {"key": "k", "secret": "s", "region_name": "us-east-1"}


@pytest.fixture(scope="module")
def s3() -> Iterator[dict[str, str]]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    options = {**KEYS, "endpoint_url": f"http://{host}:{port}"}
    client = boto3.client(
        "s3",
        endpoint_url=options["endpoint_url"],
        aws_access_key_id="k",
        aws_secret_access_key="s",
        region_name="us-east-1",
    )
    client.create_bucket(Bucket="evidence")
    client.close()
    yield options
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "folder":
        return Store(str(tmp_path), {})
    return Store("s3://evidence/kaohe", request.getfixturevalue("s3"))


def test_what_is_put_is_there_whole_and_goes_when_it_is_removed(store: Store) -> None:
    store.put("B00/one", io.BytesIO(CONTENT))
    assert store.size("B00/one") == len(CONTENT)
    assert b"".join(store.parts("B00/one")) == CONTENT
    assert store.keys("B00") == ["B00/one"]
    store.remove("B00/one")
    store.remove("B00/one")
    assert store.size("B00/one") is None
    assert store.keys("B00") == []


def test_content_is_read_from_its_beginning(store: Store) -> None:
    content = io.BytesIO(b"abc")
    content.read()
    store.put("B00/two", content)
    assert b"".join(store.parts("B00/two")) == b"abc"


def test_half_a_file_is_never_found_under_its_name(tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, _: int | None = -1) -> bytes:
            if self.tell() > 100_000:
                raise OSError("the disk is gone")
            return super().read(65_536)

    store = Store(str(tmp_path), {})
    with pytest.raises(Unavailable):
        store.put("B00/one", Broken(CONTENT))
    assert store.keys("B00") == []


def test_what_a_killed_process_left_half_written_is_swept_away_a_day_later(tmp_path: Path) -> None:
    store = Store(str(tmp_path), {})
    assert store.staging is not None
    old, new = store.staging / "kaohe-old", store.staging / "kaohe-new"
    for left in (old, new):
        left.write_bytes(b"half")
    os.utime(old, (0, 0))
    store.sweep()
    assert [left.name for left in store.staging.iterdir()] == ["kaohe-new"]


def test_a_store_that_is_away_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(S3FileSystem, "retries", 1)
    once = {"retries": {"total_max_attempts": 1}}
    away = Store("s3://evidence/kaohe", {**KEYS, "endpoint_url": "http://127.0.0.1:1", "config_kwargs": once})
    with pytest.raises(Unavailable):
        away.put("B00/one", io.BytesIO(b"x"))
