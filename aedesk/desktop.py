"""AEDesk in the menus of a Linux desktop: an entry, its icons, and the `.aedesk` file type.

Everything goes into the user's own folders, as the freedesktop.org specifications name them
(Base Directory, Desktop Entry, Icon Theme, Shared MIME-info Database). No default
application is set: AEDesk is the only one for its type, and so the default by itself.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from aedesk import paths
from aedesk.errors import AedeskError
from aedesk.files.atomic import write_whole

MIME_TYPE = "application/x-aedesk"

_ENTRY = Path("applications", "aedesk.desktop")
_MIME_PACKAGE = Path("mime", "packages", "aedesk.xml")
_ICON_THEME = Path("icons", "hicolor")
_APP_ICON = _ICON_THEME / "scalable" / "apps" / "aedesk.svg"
_FILE_ICON = _ICON_THEME / "scalable" / "mimetypes" / "application-x-aedesk.svg"


def install() -> list[Path]:
    """Write the desktop entry, the icons and the file type; returns the files.

    Safe to repeat, and needed again after AEDesk was moved: the entry names the Python that
    runs this. AedeskError elsewhere than on Linux, or where a file cannot be written.
    """
    home = _data_home()
    contents = {
        home / _MIME_PACKAGE: _mime_package().encode(),
        home / _APP_ICON: paths.resource("icons", "aedesk.svg").read_bytes(),
        home / _FILE_ICON: paths.resource("icons", "aedesk-file.svg").read_bytes(),
        home / _ENTRY: os.fsencode(_entry(sys.executable)),
    }
    for path, content in contents.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise AedeskError(
                f"The folder {path.parent} cannot be made: {error.strerror}. "
                "Set XDG_DATA_HOME to a folder of your own."
            ) from error
        write_whole(path, content)
    _announce(home)
    return list(contents)


def remove() -> list[Path]:
    """Take away what `install` wrote, and nothing else; returns the files that were there."""
    home = _data_home()
    removed = []
    for path in (home / part for part in (_ENTRY, _FILE_ICON, _APP_ICON, _MIME_PACKAGE)):
        try:
            path.unlink()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise AedeskError(f"{path} cannot be removed: {error.strerror}. Remove it by hand.") from error
        removed.append(path)
    if removed:
        _announce(home)
    return removed


def _data_home() -> Path:
    if not sys.platform.startswith("linux"):
        raise AedeskError(
            "The desktop entry is for Linux only. On Windows, double-click packaging\\windows\\AEDesk.bat; "
            "on a Mac, packaging/macos/AEDesk.command."
        )
    chosen = os.environ.get("XDG_DATA_HOME", "")
    # The Base Directory specification: a path that is not absolute is to be ignored.
    return Path(chosen) if os.path.isabs(chosen) else Path.home() / ".local" / "share"


def _entry(python: str) -> str:
    """The desktop entry that opens the window with this interpreter, given by its absolute path."""
    lines = {
        "Type": "Application",
        "Version": "1.1",
        "Name": "AEDesk",
        "GenericName": "Autoencoder Workbench",
        "Comment": "Build an autoencoder, watch it learn, and use it",
        "Icon": "aedesk",
        # Hides the entry when this Python is gone.
        "TryExec": _as_value(python),
        # -P: a file in the home folder must not stand in for a module of the same name.
        "Exec": _as_value(f"{_as_argument(python)} -P -m aedesk %f"),
        "Terminal": "false",
        "StartupNotify": "true",
        "Categories": "Science;ArtificialIntelligence;",
        "Keywords": "autoencoder;neural network;machine learning;denoising;anomaly;",
        "MimeType": f"{MIME_TYPE};",
    }
    return "[Desktop Entry]\n" + "".join(f"{key}={value}\n" for key, value in lines.items())


def _as_argument(text: str) -> str:
    """One argument of an `Exec` line, quoted as section "The Exec key" asks."""
    escaped = re.sub(r'(["`$\\])', r"\\\1", text.replace("%", "%%"))
    return f'"{escaped}"' if re.search(r"""[\s"'\\><~|&;$*?#()`]""", text) else escaped


def _as_value(text: str) -> str:
    """A value of type string, which is read before any quoting in it: `\\` is written twice."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def _mime_package() -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{MIME_TYPE}">
    <comment>AEDesk model</comment>
    <icon name="{MIME_TYPE.replace("/", "-")}"/>
    <glob pattern="*.aedesk"/>
  </mime-type>
</mime-info>
"""


def _announce(home: Path) -> None:
    """Let the desktop read these folders again; what is not installed here is left out.

    A tool that fails leaves the files right and the menus late, until the next login.
    """
    for tool, folder in (("update-mime-database", "mime"), ("update-desktop-database", "applications")):
        if (home / folder).is_dir() and (program := shutil.which(tool)):
            subprocess.run([program, str(home / folder)], capture_output=True)
    if (home / _ICON_THEME).is_dir():
        os.utime(home / _ICON_THEME)  # how the Icon Theme specification announces a change
