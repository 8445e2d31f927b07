"""The command as it is typed: what each word leads to, and how mistakes are answered."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from small import recipe

from aedesk import __version__, cli, desktop
from aedesk.files import model_file
from aedesk.files.recipe_file import shipped, write_recipe

CHECKOUT = Path(__file__).resolve().parents[1]
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.fixture
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in SCREENS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the command is started in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[list[Path]]:
    """What the window was asked to open, each time it was asked for; no window comes."""
    calls: list[list[Path]] = []
    window = ModuleType("aedesk.ui.app")

    def run_window(files: list[Path]) -> int:
        calls.append(files)
        return 7

    window.run_window = run_window  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "aedesk.ui.app", window)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return calls


def status_of_exit(*words: str) -> int:
    with pytest.raises(SystemExit) as caught:
        cli.main(words)
    assert isinstance(caught.value.code, int)
    return caught.value.code


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of_exit("--version") == 0
    assert capsys.readouterr().out == f"aedesk {__version__}\n"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of_exit("--help") == 0
    text = capsys.readouterr().out
    for command in ("recipes", "train", "info", "encode", "reconstruct", "denoise", "desktop"):
        assert f"\n    {command}" in text


@pytest.mark.parametrize("command", ["recipes", "train", "info", "encode", "reconstruct", "denoise", "desktop"])
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of_exit(command, "--help") == 0
    assert f"usage: aedesk {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["fly"], "invalid choice: 'fly'"),
        (["train"], "the following arguments are required: recipe"),
        (["train", "digits8-quick", "--device", "tpu"], "invalid choice: 'tpu'"),
        (["train", "digits8-quick", "--fast"], "unrecognized arguments: --fast"),
        (["encode", "m.aedesk", "x.csv"], "required: -o/--out"),
        (["denoise", "m.aedesk"], "required: -o/--out"),
        (["desktop"], "--install --remove is required"),
        (["desktop", "--install", "--remove"], "not allowed with argument"),
        (["--json"], "required: COMMAND"),
    ],
)
def test_a_mistyped_command_is_answered_in_one_line(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status_of_exit(*words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("aedesk: error: ") and said in captured.err
    assert captured.err.count("\n") == 1 and captured.err.endswith("See aedesk --help.\n")


def test_the_recipes_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["recipes"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == shipped()
    assert all(line.endswith(".") for line in lines)


def test_the_recipes_are_listed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["recipes", "--json"]) == 0
    documents = json.loads(capsys.readouterr().out)
    assert [document["name"] for document in documents] == shipped()
    assert documents[0]["training"]["epochs"] > 0


@pytest.mark.parametrize("installing", [True, False])
def test_the_desktop_entry_is_made_and_taken_away(
    installing: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("install", "remove"):
        monkeypatch.setattr(desktop, name, lambda name=name: [Path(name), Path("more")])
    word = "install" if installing else "remove"
    assert cli.main(["desktop", f"--{word}"]) == 0
    assert capsys.readouterr().out == f"{word}\nmore\n"


def test_no_words_open_the_window(opened: list[list[Path]]) -> None:
    assert cli.main([]) == 7
    assert opened == [[]]


@pytest.mark.parametrize("name", ["m.aedesk", "R.TOML", "s.csv", "d.png", "folder/m.aedesk", "gone.jpeg"])
def test_files_are_opened_in_the_window(name: str, opened: list[list[Path]], folder: Path) -> None:
    assert cli.main([name]) == 7
    assert cli.main([name, "two.csv"]) == 7
    assert opened == [[Path(name)], [Path(name), Path("two.csv")]]


def test_a_file_of_another_kind_is_opened_where_there_is_one(opened: list[list[Path]], folder: Path) -> None:
    (folder / "data.dat").touch()
    assert cli.main(["data.dat"]) == 7
    assert status_of_exit("other.dat") == 2


def test_a_command_is_a_command_even_beside_a_file_of_its_name(
    opened: list[list[Path]], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "recipes").touch()
    assert cli.main(["recipes"]) == 0
    assert not opened


@pytest.mark.parametrize("name", SCREENS)
def test_any_sign_of_a_screen_counts(name: str, no_screen: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not cli._has_screen()
    monkeypatch.setenv(name, "x")
    assert cli._has_screen()
    monkeypatch.setenv(name, "")
    assert not cli._has_screen()


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_always_have_a_screen(
    platform: str, no_screen: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert cli._has_screen()


def test_files_need_a_screen(no_screen: None, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["m.aedesk"]) == 2
    assert capsys.readouterr().err.startswith("aedesk: error: There is no screen to open files on.")


def test_without_a_screen_the_default_recipe_runs_in_the_terminal(
    no_screen: None, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_recipe(recipe("image"), folder / "small.toml")
    monkeypatch.setattr("aedesk.commands.demonstration.DEFAULT_RECIPE", "small.toml")
    for name in ("aedesk-small-image", "aedesk-small-image-2"):
        assert cli.main([]) == 0
        text = capsys.readouterr().out
        assert text.startswith("There is no screen, so AEDesk trains its default recipe here")
        assert "mean squared error" in text and f"are in {folder / name}" in text
        made = sorted(path.name for path in (folder / name).iterdir())
        assert made == ["loss.png", "map.png", "reconstructions.png", "small-image.aedesk"]
        assert model_file.load(folder / name / "small-image.aedesk").history.epochs == 2


def run_aedesk(*words: str, cwd: Path, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    variables = {name: value for name, value in os.environ.items() if name not in SCREENS}
    return subprocess.run(
        [sys.executable, "-m", "aedesk", *words],
        cwd=cwd, env=variables | {"PYTHONPATH": str(CHECKOUT)} | environment, capture_output=True, timeout=120,
    )  # fmt: skip


def test_the_module_is_the_command(tmp_path: Path) -> None:
    done = run_aedesk("recipes", "--json", cwd=tmp_path)
    assert done.returncode == 0 and done.stderr == b""
    assert [document["name"] for document in json.loads(done.stdout)] == shipped()


def test_an_error_of_the_real_command_is_one_line(tmp_path: Path) -> None:
    done = run_aedesk("train", "nothing", cwd=tmp_path)
    assert done.returncode == 2 and done.stdout == b""
    assert done.stderr.startswith(b"aedesk: error: There is no recipe called") and done.stderr.count(b"\n") == 1


def test_a_code_page_without_all_letters_is_no_reason_to_fail(tmp_path: Path) -> None:
    done = run_aedesk("recipes", cwd=tmp_path, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr.decode()
    assert b"8\\xd78 pixels" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break differently on Windows")
def test_a_reader_who_goes_away_is_no_reason_to_complain(tmp_path: Path) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT), "PYTHONUNBUFFERED": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "aedesk", "recipes"],
        cwd=tmp_path, env=environment, stdout=write_end, stderr=subprocess.PIPE, timeout=120,
    )  # fmt: skip
    os.close(write_end)
    assert (done.returncode, done.stderr) == (1, b"")
