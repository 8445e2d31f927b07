"""The Linux desktop entry, icons and file type, in a data folder of the test's own."""

import configparser
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from aedesk import desktop, paths
from aedesk.errors import AedeskError

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a Linux desktop's files")

MIME_NAMESPACE = {"mime": "http://www.freedesktop.org/standards/shared-mime-info"}


@pytest.fixture
def data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "data home"
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    return home


def read_entry(home: Path) -> dict[str, str]:
    reader = configparser.RawConfigParser(delimiters="=", comment_prefixes="#")
    reader.optionxform = str
    reader.read(home / "applications" / "aedesk.desktop", encoding="utf-8")
    assert reader.sections() == ["Desktop Entry"]
    return dict(reader["Desktop Entry"])


def read_value(text: str) -> str:
    """Undo the escapes of a value, which come before anything else (Desktop Entry, "Possible value types")."""
    letters = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
    return re.sub(r"\\(.)", lambda found: letters[found[1]], text)


def read_command(text: str) -> list[str]:
    """The arguments of an Exec value (Desktop Entry, "The Exec key")."""
    arguments = []
    for quoted, plain in re.findall(r'"((?:[^"\\]|\\.)*)"|([^ "]+)', read_value(text), re.DOTALL):
        arguments.append(re.sub(r"\\(.)", r"\1", quoted) if quoted else plain)
    percent = {"%%": "%"}  # no other code may be part of an argument
    return [
        argument if argument == "%f" else re.sub("%.", lambda code: percent[code[0]], argument)
        for argument in arguments
    ]


def test_entry_opens_a_file_with_this_python(data_home: Path) -> None:
    desktop.install()
    entry = read_entry(data_home)
    assert read_command(entry["Exec"]) == [sys.executable, "-P", "-m", "aedesk", "%f"]
    assert read_value(entry["TryExec"]) == sys.executable
    assert entry["Terminal"] == "false"
    assert entry["MimeType"] == "application/x-aedesk;"


def test_install_says_what_it_wrote_and_can_be_repeated(data_home: Path) -> None:
    written = desktop.install()
    first = {path: path.read_bytes() for path in written}
    assert all(data_home in path.parents for path in written)
    assert desktop.install() == written
    assert {path: path.read_bytes() for path in written} == first


def test_icons_are_the_shipped_ones_under_the_names_looked_for(data_home: Path) -> None:
    desktop.install()
    theme = data_home / "icons" / "hicolor" / "scalable"
    app_icon = theme / "apps" / f"{read_entry(data_home)['Icon']}.svg"
    assert app_icon.read_bytes() == paths.resource("icons", "aedesk.svg").read_bytes()
    tree = ElementTree.parse(data_home / "mime" / "packages" / "aedesk.xml")
    (name,) = tree.findall(".//mime:icon", MIME_NAMESPACE)
    assert (theme / "mimetypes" / f"{name.get('name')}.svg").is_file()


def test_file_type_belongs_to_the_entry(data_home: Path) -> None:
    desktop.install()
    tree = ElementTree.parse(data_home / "mime" / "packages" / "aedesk.xml")
    (kind,) = tree.findall("mime:mime-type", MIME_NAMESPACE)
    assert kind.get("type") + ";" == read_entry(data_home)["MimeType"]
    assert [glob.get("pattern") for glob in kind.findall("mime:glob", MIME_NAMESPACE)] == ["*.aedesk"]


def test_remove_takes_away_what_install_wrote_and_nothing_else(
    data_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda program: None)  # the desktop's tools write caches
    others = [data_home / "applications" / "other.desktop", data_home / "icons/hicolor/scalable/apps/other.svg"]
    for other in others:
        other.parent.mkdir(parents=True)
        other.write_text("somebody else's")
    written = desktop.install()
    assert sorted(desktop.remove()) == sorted(written)
    assert sorted(path for path in data_home.rglob("*") if path.is_file()) == sorted(others)
    assert desktop.remove() == []


@pytest.mark.parametrize(
    "folder",
    ["plain", "a space", 'a "quote"', "it's", "back\\slash", "$HOME", "100 %f", "`true`", "a;b&c|d", "tab\there", "ü"],
)
def test_any_folder_name_survives_the_quoting(
    folder: str, data_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = f"/opt/{folder}/bin/python"
    monkeypatch.setattr(sys, "executable", python)
    desktop.install()
    entry = read_entry(data_home)
    assert read_command(entry["Exec"]) == [python, "-P", "-m", "aedesk", "%f"]
    assert read_value(entry["TryExec"]) == python


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="needs desktop-file-utils")
def test_entry_is_valid(data_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/opt/a \"b\" $c/python")
    desktop.install()
    entry = data_home / "applications" / "aedesk.desktop"
    checked = subprocess.run(["desktop-file-validate", entry], capture_output=True, text=True)
    assert (checked.returncode, checked.stdout) == (0, "")


@pytest.mark.skipif(shutil.which("update-mime-database") is None, reason="needs shared-mime-info")
def test_the_system_knows_the_file_type_until_it_is_removed(data_home: Path) -> None:
    desktop.install()
    globs = data_home / "mime" / "globs2"
    assert ":application/x-aedesk:*.aedesk" in globs.read_text()
    desktop.remove()
    assert "aedesk" not in globs.read_text()


@pytest.mark.parametrize("value", ["", "not/absolute"])
def test_without_a_usable_xdg_folder_the_home_folder_is_used(
    value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", value)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert desktop.install()[-1] == tmp_path / ".local" / "share" / "applications" / "aedesk.desktop"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    with pytest.raises(AedeskError, match="file/mime.*cannot be made.*XDG_DATA_HOME"):
        desktop.install()
    assert desktop.remove() == []


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_elsewhere_the_way_to_start_is_named(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    for action in (desktop.install, desktop.remove):
        with pytest.raises(AedeskError, match=r"AEDesk\.bat.*AEDesk\.command"):
            action()
