import re
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest

from gateway.auth import passwords
from gateway.auth.passwords import hash_password, matches, new_password, password_faults
from gateway.auth.secrets import csrf_for, digest, new_secret
from gateway.auth.usecases import account_name


def test_a_password_matches_its_own_hash_only():
    stored = hash_password("correct horse battery")
    assert matches(stored, "correct horse battery")
    assert not matches(stored, "correct horse batterz")


def test_nobody_has_a_password():
    assert not matches(None, "")
    assert not matches(None, "correct horse battery")


def test_hashes_are_argon2id_of_the_decided_strength():
    assert re.match(r"\$argon2id\$v=19\$m=19456,t=2,p=1\$", hash_password("x"))


def test_two_hashes_of_one_password_differ():
    assert hash_password("same") != hash_password("same")


def test_made_passwords_pass_their_own_rules_and_differ():
    made = {new_password() for _ in range(200)}
    assert len(made) == 200
    assert all(password_faults(one, "someone") == [] for one in made)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password.length"),
        ("x" * 201, "password.length"),
        ("aaaaaaaaaaaa", "password.simple"),
        ("1212121212", "password.simple"),
        ("zhangsan-2026", "password.simple"),
    ],
)
def test_what_everybody_would_try_first_is_refused(password, code):
    assert [fault["code"] for fault in password_faults(password, "ZhangSan")] == [code]


def test_a_csrf_token_belongs_to_one_session_and_does_not_give_it_away():
    first, second = new_secret(), new_secret()
    assert csrf_for(first) == csrf_for(first) != csrf_for(second)
    assert first not in csrf_for(first)
    assert csrf_for(first) != digest(first).hex()


@pytest.mark.parametrize(
    ("raw", "name"), [("ZhangSan", "zhangsan"), (" p0001 ", "p0001"), ("Ｐ０００１", "p0001"), ("张三", "张三")]
)
def test_one_account_has_one_name_however_it_is_typed(raw, name):
    assert account_name(raw) == name


def test_a_crowd_of_log_ins_is_hashed_a_few_at_a_time(monkeypatch):
    running, most, lock = [0], [0], Lock()

    class Counting:
        def verify(self, *_):
            with lock:
                running[0] += 1
                most[0] = max(most[0], running[0])
            time.sleep(0.01)
            with lock:
                running[0] -= 1

    monkeypatch.setattr(passwords, "_HASHER", Counting())
    with ThreadPoolExecutor(24) as crowd:
        assert all(crowd.map(lambda _: matches("stored", "a password"), range(24)))
    assert most[0] == passwords.AT_ONCE
