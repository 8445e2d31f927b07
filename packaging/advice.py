"""What to do when a step of the launcher fails, told from what the step printed."""

import platform
import re
import sys


class Stop(Exception):
    """A step that failed. The text says what is wrong and what to do."""


NO_VENV = (
    f"this Python {sys.version_info[0]}.{sys.version_info[1]} cannot make environments, because its modules venv "
    "and ensurepip are missing. On Debian and Ubuntu: sudo apt install python3-venv "
    f"(python{sys.version_info[0]}.{sys.version_info[1]}-venv if python3 is another version); "
    "elsewhere, install Python from https://www.python.org/downloads/. Then start again."
)

_CERTIFICATE = r"CERTIFICATE_VERIFY_FAILED"
_NETWORK = (
    r"name resolution|NameResolution|NewConnectionError|getaddrinfo|nodename nor servname|unreachable"
    r"|connect(ion)? ?timeout|read ?timeout|timed out|ProxyError|SSLError"
    r"|connection (refused|reset|broken|aborted)"
)
_NOT_ALLOWED = r"Permission denied|Read-only file system|Errno (1|13|30)\b|WinError 5\b|Access is denied"
_NO_BUILD = r"No matching distribution found for ([A-Za-z0-9_.-]+)"


def is_disk_full(output: str) -> bool:
    """Whether a step said that it could not write for want of space."""
    return _found(r"No space left|Errno 28\b|WinError 112\b|Disk quota exceeded|not enough space", output)


def advice_for(output: str, root: object) -> str | None:
    """One sentence or two for the person, or None when the failure is not a known one.

    The order matters: pip, cut off from the network, ends with "No matching distribution found".
    """
    if _found(r"ensurepip is not available|No module named '?(venv|ensurepip)\b", output):
        return NO_VENV
    if _found(_CERTIFICATE, output):
        return (
            "the download was refused, because the server's certificate could not be checked. See that the "
            "computer's clock is right; behind a company's proxy, set PIP_CERT to its certificate file."
        )
    if _found(_NETWORK, output):
        return (
            "the packages could not be downloaded. Check that this computer is online (behind a proxy, set "
            "HTTPS_PROXY) and start again: what was downloaded is kept."
        )
    if no_build := re.search(_NO_BUILD, output):
        return _no_build_advice(no_build[1])
    if _found(_NOT_ALLOWED, output):
        return (
            f"the folder {root} cannot be written. If AEDesk is open, close it; otherwise copy the folder "
            "to a place of your own, such as your home folder, and start from there."
        )
    return None


def _no_build_advice(package: str) -> str:
    if sys.platform == "darwin" and platform.machine() == "x86_64":
        return f"{package} is not built for Macs with an Intel processor, so AEDesk cannot run on this one."
    return (
        f"there is no {package} for Python {platform.python_version()} "
        f"on {platform.system()} {platform.machine()}. "
        "Install a 64-bit Python 3.12 or 3.13 and run packaging/launch.py with it."
    )


def _found(pattern: str, output: str) -> bool:
    return re.search(pattern, output, re.IGNORECASE) is not None
