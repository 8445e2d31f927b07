"""The check for Qt's system libraries, with a loader that misses what the test says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging_.checkout import Launcher

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux leaves these to the system")


# Part of a file name -> the libraries that `ldd` reports as missing for such a file.
Missing = dict[str, list[str]]


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """An environment with the files of PySide6 that the check looks at."""
    pyside = tmp_path / ".venv" / "lib" / "python3.11" / "site-packages" / "PySide6"
    plugins = pyside / "Qt" / "plugins" / "platforms"
    plugins.mkdir(parents=True)
    for file in (pyside / "QtWidgets.abi3.so", plugins / "libqxcb.so", plugins / "libqwayland.so"):
        file.touch()
    (plugins / "libqoffscreen.so").touch()
    return tmp_path / ".venv"


@pytest.fixture
def missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Missing:
    """What is in this table is missing from here on."""
    table: Missing = {}

    def run(command: list[str | Path], **options: object) -> subprocess.CompletedProcess[str]:
        assert command[0] == "ldd"
        lines = ["\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f0000000000)"]
        for file in command[1:]:
            lines.append(f"{file}:")
            lines += [f"\t{name} => not found" for part, names in table.items() if part in str(file) for name in names]
        return subprocess.CompletedProcess(command, 0, "\n".join(lines), "")

    monkeypatch.setattr(subprocess, "run", run)
    return table


def test_nothing_missing(environment: Path, missing: Missing, launcher: Launcher) -> None:
    launcher("libraries").check_libraries(environment, ["xcb"])


def test_missing_libraries_are_named_with_their_packages(
    environment: Path, missing: Missing, launcher: Launcher
) -> None:
    missing |= {"QtWidgets": ["libEGL.so.1"], "libqxcb": ["libxcb-cursor.so.0", "libEGL.so.1"]}
    with pytest.raises(launcher("advice").Stop) as stop:
        launcher("libraries").check_libraries(environment, ["xcb"])
    assert "lacks: libEGL.so.1, libxcb-cursor.so.0." in str(stop.value)
    assert "sudo apt install libegl1 libxcb-cursor0 " in str(stop.value)


def test_one_usable_kind_of_screen_is_enough(environment: Path, missing: Missing, launcher: Launcher) -> None:
    missing["libqwayland"] = ["libwayland-cursor.so.0"]
    check = launcher("libraries").check_libraries
    check(environment, ["wayland", "xcb"])
    missing["libqxcb"] = ["libxcb-cursor.so.0"]
    with pytest.raises(launcher("advice").Stop, match="libwayland-cursor0"):
        check(environment, ["wayland", "xcb"])
    check(environment, ["offscreen"])


def test_without_a_screen_or_without_qt_nothing_is_asked(
    environment: Path, missing: Missing, launcher: Launcher, tmp_path: Path
) -> None:
    missing[""] = ["libEGL.so.1"]
    launcher("libraries").check_libraries(environment, [])
    launcher("libraries").check_libraries(tmp_path / "empty", ["xcb"])


def test_the_launcher_stops_before_the_window(
    environment: Path,
    missing: Missing,
    launcher: Launcher,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    launch = launcher("launch")
    monkeypatch.setattr(launch, "HERE", str(environment.parent / "packaging"))
    monkeypatch.setattr(launcher("environment").Environment, "prepare", lambda self, extras: None)
    monkeypatch.setattr(launcher("environment").Environment, "run", lambda self, arguments: 7)
    monkeypatch.setattr(os, "environ", os.environ | {"DISPLAY": ":0", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""})
    missing["libqxcb"] = ["libxcb-cursor.so.0"]
    assert launch.main([]) == 1
    assert "libxcb-cursor0" in capsys.readouterr().err
    assert launch.main(["my.aedesk"]) == 1
    assert launch.main(["train", "digits-dense"]) == 7  # needs no Qt
    monkeypatch.setattr(os, "chdir", lambda folder: None)
    assert launch.main(["test"]) == 7  # offscreen
    missing["QtWidgets"] = ["libEGL.so.1"]
    assert launch.main(["test"]) == 1


def test_the_real_loader_misses_nothing_in_this_python(launcher: Launcher) -> None:
    assert launcher("libraries").missing_libraries([Path(sys.executable)]) == []


@pytest.mark.parametrize(
    ("variables", "platforms"),
    [
        ({}, []),
        ({"DISPLAY": ":0"}, ["xcb"]),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, ["wayland", "xcb"]),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen:size=1280x720"}, ["offscreen"]),
        ({"QT_QPA_PLATFORM": "wayland;xcb"}, ["wayland", "xcb"]),
    ],
)
def test_platforms(variables: dict[str, str], platforms: list[str], launcher: Launcher) -> None:
    assert launcher("libraries").qt_platforms(variables) == platforms


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libEGL.so.1", "libegl1"),
        ("libGL.so.1", "libgl1"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libX11.so.6", "libx11-6"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libxkbcommon.so.0", "libxkbcommon0"),
        ("libxcb-icccm.so.4", "libxcb-icccm4"),
        ("libwayland-client.so.0", "libwayland-client0"),
        ("libstdc++.so.6", "libstdc++6"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libz.so.1", "zlib1g"),
    ],
)
def test_debian_package(library: str, package: str, launcher: Launcher) -> None:
    assert launcher("libraries").debian_package(library) == package
