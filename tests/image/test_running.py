"""The processes of docker-compose.yml from the image, on a real broker and a real database."""

import re
import subprocess
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path

import pytest
from PIL import Image as Picture

from ops.private.ports import free_ports
from tests.support.deployment import Deployment
from tests.support.folders import reachable_folder
from tests.support.image import Image
from tests.support.pdf_text import pages
from tests.support.running import Running
from tests.support.visiting import Visitor
from tests.support.year import STAFF, accounts

pytestmark = pytest.mark.timeout(900)
PERIOD = {"cycle": "2026", "period": "2026-M01"}


@pytest.fixture(scope="module")
def deployment(image: Image) -> Iterator[Deployment]:
    with reachable_folder() as folder:
        one = Deployment(folder, place=image)
        try:
            one.start()
            one.kaohe("demo", "--staff", STAFF, "--year", "2026", "--bare")
            yield one
        finally:
            one.stop()


@pytest.fixture(scope="module")
def person(deployment: Deployment) -> Visitor:
    return Visitor(deployment.url, "127.0.0.1").log_in(accounts(deployment, "staff")[0])


def checked(image: Image, one: Running, port: str) -> int:
    """The exit code of the process's own health check, asking ``port``."""
    _, program, option, text = one.definition["healthcheck"]["test"]
    there = re.sub(r"127\.0\.0\.1:\d+", f"127.0.0.1:{port}", text)
    call = image.process((program, option, there), {}, one.definition, one.log.parent)
    return subprocess.run(call.argv, env=call.environment, cwd=call.cwd, capture_output=True, check=False).returncode


def test_the_health_check_of_each_process_tells_whether_it_answers(image: Image, deployment: Deployment) -> None:
    (nobody,) = free_ports(1)
    for one in deployment.running:
        assert checked(image, one, one.url.rpartition(":")[2]) == 0, one.name
    assert checked(image, deployment.named("gateway-1"), str(nobody)) != 0


def test_each_process_runs_in_the_image_without_rights(image: Image, deployment: Deployment) -> None:
    for one in deployment.running:
        process = Path("/proc", str(one.pid))
        told = dict(re.findall(r"^(\w+):\t(.*)$", (process / "status").read_text(), re.MULTILINE))
        assert set(told["Uid"].split()) == {"10001"}, one.name
        assert (int(told["CapEff"], 16), int(told["CapBnd"], 16), told["NoNewPrivs"]) == (0, 0, "1")
        assert (process / "root").readlink() == image.root
        assert (process / "cwd").readlink() == image.root / "opt" / "kaohe"
        (mode,) = re.findall(r"^\d+ \d+ \S+ / / (ro|rw)\b", (process / "mountinfo").read_text(), re.MULTILINE)
        assert mode == "ro"


def test_the_console_is_served_whole(deployment: Deployment) -> None:
    stranger = Visitor(deployment.url, "127.0.0.1")
    page = stranger.ask("GET", "/")
    assert "<title>" in page.text
    assets = re.findall(r'(?:src|href)="(/assets/[^"]+)"', page.text)
    assert any(one.endswith(".js") for one in assets)
    assert {stranger.ask("GET", one).status_code for one in assets} == {200}
    assert stranger.ask("GET", "/licences.txt").status_code == 200


def test_what_is_declared_is_held(person: Visitor) -> None:
    due = person.ask(
        "GET", "/api/v1/declarations/mine", params={"cycle": "2026", "state": "due", "limit": "100"}
    ).json()
    item = next(one for one in due["items"] if one["source"] == "declared" and not one["late"])
    counts = {quantity["key"]: "0" for quantity in item["quantities"]}
    entry = {"indicator": item["indicator"], "period": item["period"], "counts": counts, "evidence": ["台账"]}
    assert person.ask("POST", "/api/v1/declarations", json={"cycle": "2026", "entries": [entry]}).status_code == 201
    mine = person.ask("GET", "/api/v1/declarations/mine", params={"cycle": "2026", "limit": "500"}).json()["items"]
    (held,) = (one for one in mine if (one["indicator"], one["period"]) == (item["indicator"], item["period"]))
    assert held["status"] == "declared"


def test_a_paper_is_printed_in_chinese_and_seen_again_as_a_picture(person: Visitor, deployment: Deployment) -> None:
    """Its own fonts, the drawing of a PDF in a process of its own, and the volume of evidence."""
    paper = person.ask("GET", "/api/v1/forms/review/paper", params=PERIOD)
    assert paper.status_code == 200, paper.text
    assert "工作绩效核评表" in "".join(pages(paper.content)).replace("\n", "")
    sent = person.ask(
        "POST", "/api/v1/evidence", params={"cycle": "2026"}, files={"file": ("核评表.pdf", paper.content)}
    )
    assert sent.status_code == 201, sent.text
    picture = person.ask("GET", f"/api/v1/evidence/{sent.json()['evidence']}/preview", params={"page": "1"})
    assert picture.status_code == 200, picture.text
    with Picture.open(BytesIO(picture.content)) as drawn:
        darkness = drawn.convert("L").histogram()
    assert 0.005 < sum(darkness[:128]) / sum(darkness) < 0.5
    assert any(one.is_file() for one in (deployment.folder / "volumes" / "evidence").rglob("*"))


CHART = """
import warnings
from gateway.paper.charts import charts
from shared.vocabulary.organisation import LAYERS
warnings.simplefilter("error")  # a letter that the font has not is warned of
bars = [{"from": str(at), "to": str(at + 10), "persons": at} for at in range(0, 100, 10)]
layers = {one: {"subjects": 0, "categories": {}} for one in LAYERS}
((caption, png),) = charts({"distribution": bars, "lines": [], "units": [], "layers": layers})
print(caption, len(png))
"""


def test_charts_are_drawn_with_chinese_letters(image: Image) -> None:
    """matplotlib keeps what it knows of fonts in a folder, and there is only /tmp."""
    caption, size = image.run("python", "-c", CHART).split()
    assert caption == "个人综合得分分布"
    assert int(size) > 20_000


def test_what_the_processes_say_is_json_line_by_line(deployment: Deployment) -> None:
    texts = [one.log.read_text(encoding="utf-8") for one in deployment.running]
    lines = [line for line in chain(*map(str.splitlines, texts)) if line.strip()]
    assert len(lines) > len(texts)
    assert [
        one for one in lines if not one.startswith("{") and not re.search("[Ee]ventlet|framework|recommend", one)
    ] == []
