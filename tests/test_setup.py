"""``bin/setup`` on machines that lack something: one clear line each. No package index is asked."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

TOOLS = "sh sed grep cat cmp mkdir rm dirname printf sleep tail head cut kill".split()


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A checkout beside a folder of programs that holds no Python."""
    checkout = tmp_path / "checkout"
    (checkout / "bin").mkdir(parents=True)
    shutil.copy(settings.BASE_DIR / "bin" / "setup", checkout / "bin")
    for name in ("requirements.txt", "constraints.txt", "requirements-encoder.txt", "requirements-dev.txt"):
        shutil.copy(settings.BASE_DIR / name, checkout)
    (tmp_path / "programs").mkdir()
    for tool in TOOLS:
        if found := shutil.which(tool):
            (tmp_path / "programs" / tool).symlink_to(found)
    return tmp_path


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def set_up(machine: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    done = subprocess.run(
        ["/bin/sh", "bin/setup", *arguments],
        cwd=machine / "checkout",
        env={"PATH": str(machine / "programs"), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stderr


def test_no_python_says_how_to_get_one(machine):
    status, said = set_up(machine)
    assert status == 1
    assert said.startswith("Python 3.11 or newer is needed and this machine has no Python: install it")
    assert said.count("\n") == 1


def test_too_old_a_python_is_named(machine):
    program(machine / "programs" / "python3", '[ "$1" = --version ] && echo Python 3.9.2 && exit 0; exit 1')
    status, said = set_up(machine)
    assert status == 1
    assert "this machine has Python 3.9.2: install it" in said


def test_a_named_python_that_is_too_old_or_missing_is_refused(machine):
    old = program(machine / "old", "exit 1")
    assert set_up(machine, PYTHON=str(old)) == (1, f"PYTHON={old} is too old: Python 3.11 or newer is needed.\n")
    assert set_up(machine, PYTHON="nowhere") == (1, "PYTHON=nowhere cannot be run: is the name right?\n")


def test_a_debian_python_without_venv_names_the_package(machine):
    script = 'case "$2" in *venv,*) exit 1;; *print*) echo python3.11-venv;; esac; exit 0'
    program(machine / "programs" / "python3", script)
    assert set_up(machine) == (1, "Python's venv module is missing: sudo apt install python3.11-venv\n")


@pytest.mark.parametrize(
    ("pip_says", "words"),
    [
        (
            "WARNING: Retrying (Retry(total=1)) after connection broken by 'NewConnectionError: [Errno 111] refused'\n"
            "ERROR: No matching distribution found for Django==5.2.19",
            "The package index cannot be reached: check the network",
        ),
        (
            "error: command 'gcc' failed: No such file or directory\nERROR: Failed building wheel for regex",
            "install a compiler and run this again (Debian, Ubuntu: sudo apt install build-essential python3-dev;",
        ),
        (
            "ERROR: No matching distribution found for torch==2.13.0",
            "torch==2.13.0 is not built for Python 3.15.0 on this machine: try another, as in make run PYTHON=",
        ),
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "The disk is full"),
        ("Killed", "The requirements could not be installed; the reason is at the end of var/setup.log"),
    ],
)
def test_a_failed_installation_says_in_one_line_what_to_do(machine, pip_says, words):
    (machine / "pip_says").write_text(pip_says, encoding="utf-8")
    script = f'case "$1" in --version) echo Python 3.15.0;; -m) cat {machine}/pip_says; exit 1;; esac'
    program(machine / "checkout" / ".venv" / "bin" / "python", script)
    status, said = set_up(machine)
    first, last = said.splitlines()
    assert status == 1
    assert first.startswith("Installing the pinned requirements")
    assert words in last
    assert "var/setup.log" in last
    assert pip_says in (machine / "checkout" / "var" / "setup.log").read_text(encoding="utf-8")


def test_requirements_are_installed_once_and_again_when_they_change(machine):
    calls = machine / "calls"
    program(machine / "checkout" / ".venv" / "bin" / "python", f'[ "$1" != -m ] || echo "$@" >> {calls}')
    assert set_up(machine, "--dev")[0] == 0
    assert set_up(machine, "--dev") == (0, "")
    assert set_up(machine) == (0, "")  # the tests' requirements include the program's
    assert calls.read_text(encoding="utf-8").count("--requirement requirements-dev.txt") == 1
    with (machine / "checkout" / "requirements.txt").open("a", encoding="utf-8") as file:
        file.write("six==1.17.0\n")
    assert set_up(machine)[0] == 0
    assert calls.read_text(encoding="utf-8").splitlines()[-1].endswith("--requirement requirements.txt")


def test_torch_can_come_from_an_index_of_its_own(machine):
    calls = machine / "calls"
    program(machine / "checkout" / ".venv" / "bin" / "python", f'[ "$1" != -m ] || echo "$@" >> {calls}')
    assert set_up(machine, TORCH_INDEX="https://index.example/cpu")[0] == 0
    first, second, third = calls.read_text(encoding="utf-8").splitlines()
    assert "--index-url https://index.example/cpu --no-deps torch==" in first
    assert second.endswith("--no-deps --requirement requirements-encoder.txt"), (
        "its packages ask for what is not needed"
    )
    assert third.endswith("--requirement requirements.txt")
