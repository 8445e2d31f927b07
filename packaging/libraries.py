"""The system libraries Qt needs on Linux, asked of the system's own loader."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from advice import Stop

# Debian names the package of a library after the library (see debian_package); not these.
_ODD_PACKAGES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libz.so.1": "zlib1g",
}


def qt_platforms(variables: Mapping[str, str]) -> list[str]:
    """The Qt platforms that may show a window, the likeliest first; none where there is no screen."""
    if chosen := variables.get("QT_QPA_PLATFORM"):
        return [name.partition(":")[0] for name in chosen.split(";")]
    screens = {"WAYLAND_DISPLAY": "wayland", "DISPLAY": "xcb"}
    return [platform for variable, platform in screens.items() if variables.get(variable)]


def check_libraries(environment: Path, platforms: list[str]) -> None:
    """Raise `Stop` if on none of these Qt platforms every library is found."""
    pyside = next(environment.glob("lib/python*/site-packages/PySide6"), None)
    if pyside is None or not platforms or not sys.platform.startswith("linux"):
        return
    missing = []
    for platform in platforms:
        plugins = pyside.glob(f"Qt/plugins/platforms/libq{platform}*.so")
        missing.append(missing_libraries([*plugins, *pyside.glob("QtWidgets*.so")]))
        if not missing[-1]:
            return
    packages = sorted({debian_package(library) for library in missing[0]})
    raise Stop(
        f"the window needs libraries that this system lacks: {', '.join(missing[0])}. "
        f"On Debian and Ubuntu: sudo apt install {' '.join(packages)} "
        "(elsewhere, install the packages that contain these files). Then start again."
    )


def missing_libraries(files: list[Path]) -> list[str]:
    """Which shared libraries, needed by these files or by what they need, are not on the system."""
    try:
        listing = subprocess.run(["ldd", *files], capture_output=True, text=True, errors="replace").stdout
    except OSError:
        return []  # no ldd here: Qt will say it itself
    return sorted(set(re.findall(r"^\s*(\S+) => not found", listing, re.MULTILINE)))


def debian_package(library: str) -> str:
    """`libxkbcommon-x11.so.0` is in `libxkbcommon-x11-0` (Debian Policy Manual, section 8.1)."""
    if library in _ODD_PACKAGES:
        return _ODD_PACKAGES[library]
    name, _, version = library.lower().partition(".so.")
    return name + "-" * name[-1].isdigit() + version
