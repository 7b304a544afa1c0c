"""What gateway and services promised each other: complete, tied to a use case, named by a permission, and never taken back."""

import json
import subprocess
import sys
from importlib import import_module
from inspect import get_annotations
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest

from shared.contracts.operations import Operation
from shared.serving import Operations
from tests.contract import typed_commands
from tests.contract.golden import OPERATIONS, current_methods, current_operations
from tests.support.composition import ROOT
from tests.support.contracts import operations

EVERYONE = {"anyone", "operator"}
GOLDEN: dict[str, Any] = json.loads(OPERATIONS.read_text(encoding="utf-8"))


def named(operation: Operation) -> str:
    return f"{operation.service}.{operation.rpc}"


def permissions(service: str) -> set[str]:
    """The predicates of a service: everything that its permission files define."""
    package = import_module(f"services.{service}.domain")
    files = [one.name for one in iter_modules(package.__path__) if "permissions" in one.name]
    return {name for one in files for name in vars(import_module(f"{package.__name__}.{one}"))}


@pytest.mark.parametrize("operation", operations(), ids=named)
def test_what_stands_in_the_path_is_a_member_of_the_request(operation: Operation) -> None:
    members = set(operation.request().fields)
    assert operation.inside <= members


@pytest.mark.parametrize("operation", operations(), ids=named)
def test_an_operation_names_a_permission_that_the_service_has(operation: Operation) -> None:
    assert operation.may in EVERYONE | permissions(operation.service)


def test_every_operation_is_tied_to_a_use_case() -> None:
    methods = current_methods()
    assert [named(one) for one in operations() if one.rpc not in methods[one.service]] == []


def test_no_two_operations_have_the_same_address() -> None:
    addresses = [(one.method, one.path) for one in operations() if one.path]
    assert len(addresses) == len(set(addresses))


def test_the_types_of_commands_are_those_of_the_contracts() -> None:
    """`python -m tests.contract.golden` writes them."""
    wanted = typed_commands.written()
    there = {one for path in wanted for one in path.parent.glob("*.py")}
    assert {path: path.read_text(encoding="utf-8") for path in there} == wanted


@pytest.mark.parametrize("service", ["complaints", "targets", "declarations"])
def test_a_use_case_names_the_command_of_its_own_operation(service: str) -> None:
    """Any operation may be tied to any use case: mypy cannot see that one names another's command."""
    tied: Operations = import_module(f"services.{service}.service").OPERATIONS
    commands = {one.rpc: [*get_annotations(use_case).values()][2].__name__ for one, use_case in tied.items()}
    commands.pop("list_trail")  # of all services the same, whatever it is asked
    assert commands == {one.rpc: one.request.__name__ for one in tied if one.rpc in commands}


def test_contracts_only_grow() -> None:
    now = current_operations()
    for name, promised in GOLDEN.items():
        kept = now[name]
        assert (kept["method"], kept["path"]) == (promised["method"], promised["path"]), name
        assert set(promised["request"]) <= set(kept["request"]), name
        needed = {one for one, how in kept["request"].items() if how == "required"}
        assert needed <= {one for one, how in promised["request"].items() if how == "required"}, name
        assert set(promised["answer"]) <= set(kept["answer"]), name


def test_what_is_promised_is_on_record() -> None:
    assert current_operations() == GOLDEN


@pytest.mark.parametrize(("member", "seen"), [("objection_days", ""), ("objektion_days", "has no key")])
def test_a_wrong_member_of_a_command_is_seen_by_mypy(member: str, seen: str, tmp_path: Path) -> None:
    program = (
        "from shared.contracts.scoring.commands.results import Publishing\n\n\n"
        f'def publish(command: Publishing) -> object:\n    return command["{member}"]\n'
    )
    (tmp_path / "use_case.py").write_text(program, encoding="utf-8")
    options = ["--strict", "--cache-dir", str(tmp_path / "cache"), str(tmp_path / "use_case.py")]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode == 0) is (not seen), done.stdout
    assert seen in done.stdout
