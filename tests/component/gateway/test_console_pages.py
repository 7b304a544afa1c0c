import gzip

import pytest

from gateway.web import pages


@pytest.fixture
def built(tmp_path, monkeypatch):
    """A built console, small."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>绩效考核</title>", encoding="utf-8")
    (tmp_path / "assets" / "index-abc.js").write_text("let a = 1")
    (tmp_path / "assets" / "index-abc.js.gz").write_bytes(gzip.compress(b"let a = 1"))
    (tmp_path / ".built").write_text("x")
    monkeypatch.setattr(pages, "CONSOLE", tmp_path)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.mark.parametrize("path", ["/", "/declare", "/score/P0020/02-01-01", "/handbook/快速开始"])
def test_every_address_of_the_console_is_its_one_page_under_the_strict_policy(built, client, path):
    answer = client.get(path)
    assert answer.status_code == 200 and "绩效考核" in answer.get_data(as_text=True)
    assert "script-src 'self'; style-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-cache"


def test_assets_are_for_ever_and_go_out_packed(built, client):
    packed = client.get("/assets/index-abc.js", headers={"Accept-Encoding": "gzip"})
    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(packed.data) == b"let a = 1"
    assert "immutable" in packed.headers["Cache-Control"]
    plain = client.get("/assets/index-abc.js")
    assert "Content-Encoding" not in plain.headers and plain.data == b"let a = 1"


def test_pictures_of_the_handbook_are_told_as_what_they_are(built, client):
    (pages.CONSOLE / "assets" / "home-abc.webp").write_bytes(b"RIFF")
    assert client.get("/assets/home-abc.webp").content_type == "image/webp"


@pytest.mark.parametrize("path", ["/assets/none.js", "/assets/../.built", "/assets/%2e%2e/.built", "/none.js"])
def test_what_is_not_there_is_not_found(built, client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(("path", "status"), [("/api/v1/nothing", 404), ("/api", 404), ("/iclock/nothing", 400)])
def test_the_api_and_the_clocks_keep_their_own_addresses(built, client, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    assert "html" not in answer.content_type


def test_what_is_not_built_says_how_to_build_it(tmp_path, monkeypatch, client):
    monkeypatch.setattr(pages, "CONSOLE", tmp_path)
    answer = client.get("/declare")
    assert answer.status_code == 200 and "make console" in answer.get_data(as_text=True)
