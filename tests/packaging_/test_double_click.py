"""The files a person double-clicks on Windows and macOS."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging_.checkout import LAUNCHER

BAT = LAUNCHER / "windows" / "AEDesk.bat"
COMMAND = LAUNCHER / "macos" / "AEDesk.command"


def test_the_windows_file_has_windows_line_ends() -> None:
    lines = BAT.read_bytes().splitlines(keepends=True)
    assert all(line.endswith(b"\r\n") for line in lines)  # else cmd.exe loses its labels


def test_the_windows_file_finds_the_launcher_and_its_own_labels() -> None:
    script = BAT.read_text(encoding="ascii")
    found = re.search(r'LAUNCH=%~dp0(.+?)"', script)
    assert (BAT.parent / found[1].replace("\\", "/")).resolve() == LAUNCHER / "launch.py"
    labels = set(re.findall(r"^:(\w+)", script, re.MULTILINE))
    assert set(re.findall(r"\bgoto (\w+)", script)) == labels


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such mark")
def test_the_mac_file_can_be_double_clicked() -> None:
    assert os.access(COMMAND, os.X_OK)


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_the_mac_file_starts_the_launcher_and_stays_open_on_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "packaging" / "macos"
    folder.mkdir(parents=True)
    shutil.copy(COMMAND, folder)
    (tmp_path / "packaging" / "launch.py").write_text(
        "import sys; print('launched', sys.argv[1:]); sys.exit('bad' in sys.argv)"
    )

    def double_click(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [folder / "AEDesk.command", *arguments],
            env={"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"},
            input="\n",
            capture_output=True,
            text=True,
            timeout=60,
        )

    good = double_click("a b.aedesk")
    assert (good.returncode, good.stdout) == (0, "launched ['a b.aedesk']\n")
    bad = double_click("bad")
    assert bad.returncode == 1
    assert "AEDesk has ended with an error" in bad.stdout
