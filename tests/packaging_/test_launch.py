"""The launcher as a person starts it: real environments, real pip, a stand-in for the project."""

import ast
import fcntl
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.packaging_.checkout import LAUNCHER, PYPROJECT, Checkout, Launcher

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in checkout is laid out as on Linux and macOS")


# -- What it runs --


@pytest.mark.parametrize("arguments", [[], ["train", "digits-dense", "--set", "a b=2"], ["my model.aedesk"]])
def test_arguments_and_exit_status_are_passed_through(
    arguments: list[str], installed: Checkout, tmp_path: Path
) -> None:
    result = installed.launch(*arguments, folder=tmp_path)
    said = json.loads(result.stdout)  # and nothing else is on stdout
    assert said["program"] == "aedesk"
    assert said["arguments"] == arguments
    assert said["prefix"] == str(installed.root / ".venv")
    assert said["folder"] == str(tmp_path)  # file names are the person's
    assert result.returncode == 7


def test_a_second_start_installs_nothing_and_writes_nothing(installed: Checkout) -> None:
    def files() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in installed.root.rglob("*") if path.suffix != ".pyc"}

    before, builds = files(), installed.builds
    assert installed.launch().stderr == ""
    assert files() == before
    assert installed.builds == builds == 1


def test_modules_in_the_current_folder_do_not_get_in_the_way(installed: Checkout, tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('the wrong json')")
    assert installed.launch(folder=tmp_path).returncode == 7


def test_settings_for_another_python_do_not_get_into_the_installation(moved: Checkout, tmp_path: Path) -> None:
    (tmp_path / "zipfile.py").write_text("raise SystemExit('the wrong zipfile')")
    moved.launch(PYTHONPATH=str(tmp_path))
    assert moved.builds == 2


def test_test_installs_the_extra_and_runs_pytest_in_the_checkout(moved: Checkout, tmp_path: Path) -> None:
    result = moved.launch("test", "-k", "some thing", folder=tmp_path)
    said = json.loads(result.stdout)
    assert (said["program"], said["arguments"]) == ("pytest", ["-n", "auto", "--dist", "loadfile", "-k", "some thing"])
    assert said["folder"] == str(moved.root)
    assert result.returncode == 7
    builds = moved.builds
    assert moved.launch("test").stderr == ""
    assert moved.launch().stderr == ""  # the window needs less than the tests
    assert moved.builds == builds


# -- When it installs again --


def test_a_changed_pyproject_is_installed(moved: Checkout) -> None:
    assert moved.launch().returncode == 7
    builds = moved.builds
    assert moved.launch().stderr == ""
    moved.pyproject.write_text(PYPROJECT + "\n# changed\n")
    assert moved.launch().returncode == 7
    assert moved.builds == builds + 1


def test_a_moved_checkout_is_installed_from_its_new_place(moved: Checkout, tmp_path: Path) -> None:
    result = moved.launch(folder=tmp_path)
    assert json.loads(result.stdout)["prefix"] == str(moved.root / ".venv")
    assert moved.builds == 2
    assert "making" not in result.stderr


def test_ctrl_c_during_the_installation_leaves_it_marked_as_unfinished(moved: Checkout) -> None:
    backend = "import pathlib, time\npathlib.Path('building').touch()\ntime.sleep(60)\n"
    (moved.root / "backend.py").write_text(backend)
    with moved.start() as process:
        wait_for((moved.root / "building").exists)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        said = process.stderr.read()
    assert process.returncode == 130
    assert said.endswith("AEDesk: interrupted. Start it again to go on: what was downloaded is kept.\n")
    assert moved.stamp["finished"] is False


def test_an_environment_whose_python_is_gone_is_made_again(moved: Checkout) -> None:
    for python in moved.root.glob(".venv/bin/python*"):  # as after an upgrade of the system
        python.unlink()
        python.symlink_to("/no/such/python3.99")
    leftover = next(moved.root.glob(".venv/lib/python*/site-packages")) / "leftover.py"
    leftover.touch()
    result = moved.launch()
    assert "making a Python environment" in result.stderr
    assert result.returncode == 7
    assert not leftover.exists()


@pytest.mark.parametrize(
    "damage", ["unfinished", "bin", "lib", "lib/python*/site-packages/pip", "lib/python*/site-packages/pip-*"]
)
def test_a_half_made_environment_is_made_again(
    damage: str, moved: Checkout, launcher: Launcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    monkeypatch.setattr(launcher("environment").Environment, "_make", lambda self: made.append(self.folder))
    monkeypatch.setattr(launcher("environment").Environment, "_install", lambda self, *choices: None)
    folder = moved.root / ".venv"
    (folder / "aedesk.json").unlink()
    launcher("environment").Environment(moved.root).prepare([])
    assert made == []  # with a whole pip in it, one can go on with what is there
    if damage == "unfinished":
        (folder / "aedesk.json").write_text('{"finished": false}')
    for damaged in folder.glob(damage):
        shutil.rmtree(damaged)
    launcher("environment").Environment(moved.root).prepare([])
    assert made == [folder]


def test_a_second_launch_waits_for_the_first_to_finish_installing(moved: Checkout) -> None:
    with open(moved.root / "packaging" / "environment.py", "rb") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        with moved.start() as second:
            assert "waiting for another AEDesk" in second.stderr.readline()
            assert moved.builds == 1
            fcntl.flock(first, fcntl.LOCK_UN)
            second.communicate()
    assert second.returncode == 7
    assert moved.builds == 2


# -- What it says when a step fails --


@pytest.mark.parametrize(
    ("version", "newer", "advice"),
    [
        ((3, 10, 4), "python3.12", "run: python3.12 "),
        ((3, 8), None, "Install a newer one from https://www.python.org|sudo apt install python3 python3-venv"),
        ((2, 7, 18), None, "too old: AEDesk needs 3.11"),
    ],
)
def test_an_old_python(
    version: tuple[int, ...],
    newer: str | None,
    advice: str,
    launcher: Launcher,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    launch = launcher("launch")
    monkeypatch.setattr(sys, "version_info", version)
    monkeypatch.setattr(launch, "starts", lambda name: name == newer)
    assert launch.main([]) == 1
    said = capsys.readouterr().err
    assert f"Python {version[0]}.{version[1]} is too old" in said
    assert any(part in said for part in advice.split("|"))


def test_the_first_file_read_is_one_that_old_pythons_can_parse() -> None:
    source = (LAUNCHER / "launch.py").read_text(encoding="utf-8")
    assert source.isascii()  # Python 2 asks for a declared encoding otherwise
    for node in ast.walk(ast.parse(source, feature_version=(3, 4))):
        assert not isinstance(node, ast.JoinedStr | ast.AnnAssign | ast.NamedExpr | ast.Nonlocal | ast.Starred), node
        if isinstance(node, ast.FunctionDef):
            arguments = node.args
            assert node.returns is None and not arguments.kwonlyargs and not arguments.posonlyargs, node.name
            assert all(argument.annotation is None for argument in arguments.args), node.name
        if isinstance(node, ast.Raise):
            assert node.cause is None


def test_no_venv_module(fresh: Checkout, launcher: Launcher, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = launcher("environment")
    monkeypatch.setattr(environment, "find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(launcher("advice").Stop, match="sudo apt install python3-venv"):
        environment.Environment(fresh.root).prepare([])


def test_a_nearly_full_disk(fresh: Checkout, launcher: Launcher, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = launcher("environment")
    monkeypatch.setattr(environment.shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(9e12, 9e12, 1.5e9))
    with pytest.raises(launcher("advice").Stop, match=r"has 1\.5 GB free, .* takes about \d+ GB\. Free some space"):
        environment.Environment(fresh.root).prepare([])
    assert not (fresh.root / ".venv").exists()


def test_a_folder_that_cannot_be_written(
    fresh: Checkout, launcher: Launcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = launcher("environment")

    def refuse(dir: Path) -> None:
        raise OSError(30, "Read-only file system", str(dir))

    monkeypatch.setattr(environment.tempfile, "TemporaryFile", refuse)
    with pytest.raises(launcher("advice").Stop, match="cannot be written.*copy the folder to a place of your own"):
        environment.Environment(fresh.root).prepare([])


def test_an_installed_checkout_starts_from_a_folder_that_cannot_be_written(
    installed: Checkout, launcher: Launcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = launcher("environment")
    monkeypatch.setattr(environment.tempfile, "TemporaryFile", None)
    environment.Environment(installed.root).prepare([])


def test_no_network(moved: Checkout) -> None:
    moved.pyproject.write_text(PYPROJECT.replace("dependencies = []", 'dependencies = ["no-such-thing"]'))
    refused = {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1"}
    result = moved.launch(**refused)
    assert result.returncode == 1
    assert "AEDesk: the packages could not be downloaded. Check that this computer is online" in result.stderr
    # Nothing was damaged: the next start installs into the same environment.
    moved.pyproject.write_text(PYPROJECT)
    result = moved.launch()
    assert "making" not in result.stderr
    assert result.returncode == 7


def test_a_package_that_is_not_built_for_this_python(moved: Checkout) -> None:
    moved.pyproject.write_text(PYPROJECT.replace("dependencies = []", 'dependencies = ["no-such-thing"]'))
    result = moved.launch()
    assert result.returncode == 1
    assert "AEDesk: there is no no-such-thing for Python" in result.stderr


def test_a_broken_project_leaves_the_word_to_pip(moved: Checkout) -> None:
    moved.pyproject.write_text("[project\n")
    result = moved.launch()
    assert result.returncode == 1
    assert "AEDesk: the installation failed; the lines above say why." in result.stderr


def test_a_disk_that_fills_up_during_the_installation(moved: Checkout) -> None:
    (moved.root / "backend.py").write_text("raise OSError(28, 'No space left on device')")
    result = moved.launch()
    assert result.returncode == 1
    assert result.stderr.rstrip().endswith("GB and start again.")
    assert f"the disk of {moved.root} is full" in result.stderr
    # Files may have been cut short, as in an interrupted installation.
    assert moved.stamp["finished"] is False


def test_a_disk_that_is_full_before_anything_is_installed(
    moved: Checkout, launcher: Launcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = launcher("environment")

    def refuse(self: object, *choices: object, **named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(environment.Environment, "_write_stamp", refuse)
    with pytest.raises(launcher("advice").Stop, match="is full"):
        environment.Environment(moved.root).prepare([])


def test_only_half_of_the_download(fresh: Checkout) -> None:
    fresh.pyproject.unlink()
    result = fresh.launch()
    assert result.returncode == 1
    assert "it has no pyproject.toml. Download the whole folder." in result.stderr


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
