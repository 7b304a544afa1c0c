"""The proxy's image: the configuration that is in it, with the nginx that is in it."""

import subprocess
from dataclasses import replace
from pathlib import Path

from tests.contract.test_compose import SECRETS
from tests.support.composition import resolve
from tests.support.folders import reachable_folder
from tests.support.image import Image


def certify(folder: Path, owner: tuple[int, int]) -> None:
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-subj",
        "/CN=kaohe",
    ]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run([*command, *files], check=True, capture_output=True)
    for one in folder.iterdir():
        one.chmod(0o600)
        subprocess.run(["chown", f"{owner[0]}:{owner[1]}", str(one)], check=True)


def test_its_nginx_takes_the_configuration_as_the_composition_starts_it(proxy: Image) -> None:
    definition = resolve(SECRETS)["services"]["proxy"]
    with reachable_folder() as folder:
        tls, hosts = folder / "volumes" / "tls", folder / "hosts"
        tls.mkdir(parents=True)
        certify(tls, proxy.user[:2])
        hosts.write_text("127.0.0.1 localhost gateway clocks live\n", encoding="utf-8")
        image = replace(proxy, hosts=hosts)
        call = image.process((*proxy.config["Cmd"], "-t"), {}, definition, folder)
        done = subprocess.run(
            call.argv, env=call.environment, cwd=call.cwd, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert "test is successful" in done.stderr
        (tls / "certificate.pem").unlink()
        again = subprocess.run(
            call.argv, env=call.environment, cwd=call.cwd, capture_output=True, text=True, check=False
        )
        assert again.returncode != 0, "it reads the certificate that is mounted"


def test_it_runs_as_a_user_of_its_own_and_its_health_check_is_there(proxy: Image) -> None:
    assert proxy.run("id", "--user").strip() == "10001"
    kind, program, *_ = resolve(SECRETS)["services"]["proxy"]["healthcheck"]["test"]
    assert kind == "CMD"
    assert "version" in proxy.run(program, "--version")
