"""The tests of the images that `make image` built. They are no part of `make test` (pyproject.toml, norecursedirs): to build takes minutes."""

from collections.abc import Iterator

import pytest

from ops.private.image import IMAGES
from tests.support.image import Image, opened

OURS, PROXY = IMAGES


@pytest.fixture(scope="session")
def image() -> Iterator[Image]:
    with opened(OURS) as one:
        yield one


@pytest.fixture(scope="session")
def proxy() -> Iterator[Image]:
    with opened(PROXY) as one:
        yield one
