"""What the launcher makes of the things pip, venv and the system print."""

import platform
import sys

import pytest

from tests.packaging_.checkout import Launcher


@pytest.mark.parametrize(
    ("printed", "advice"),
    [
        ("The virtual environment was not created because ensurepip is not available.", "apt install python3-venv"),
        ("/usr/bin/python3: No module named venv", "apt install python3-venv"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate", "PIP_CERT"),
        (
            "WARNING: Retrying (Retry(total=4)) after connection broken by 'NameResolutionError(\"Failed to resolve\")'\n"
            "ERROR: Could not find a version that satisfies the requirement hatchling (from versions: none)\n"
            "ERROR: No matching distribution found for hatchling",
            "is online",
        ),
        ("after connection broken by 'ProxyError('Unable to connect to proxy')'", "HTTPS_PROXY"),
        ("ReadTimeoutError: Read timed out.", "is online"),
        ("after connection broken by 'SSLError(SSLZeroReturnError(6, ...))'", "is online"),
        ("ERROR: No matching distribution found for torch>=2.11", "there is no torch for Python"),
        ("Error: [Errno 13] Permission denied: '/opt/aedesk/.venv'", "/the/checkout cannot be written"),
        ("[Errno 30] Read-only file system", "/the/checkout cannot be written"),
        ("PermissionError: [WinError 5] Access is denied: 'python.exe'", "If AEDesk is open, close it"),
        ("error: metadata-generation-failed", None),
        ("", None),
    ],
)
def test_advice(printed: str, advice: str | None, launcher: Launcher) -> None:
    said = launcher("advice").advice_for(printed, "/the/checkout")
    if advice is None:
        assert said is None
    else:
        assert advice in said


def test_a_mac_that_pytorch_has_left_behind(launcher: Launcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    said = launcher("advice").advice_for("ERROR: No matching distribution found for torch>=2.11", "/x")
    assert "not built for Macs with an Intel processor" in said


@pytest.mark.parametrize(
    ("printed", "full"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", True),
        ("OSError: [WinError 112] There is not enough space on the disk: 'C:\\x'", True),
        ("OSError: [Errno 122] Disk quota exceeded", True),
        ("OSError: [Errno 2] No such file or directory", False),
    ],
)
def test_full_disk(printed: str, full: bool, launcher: Launcher) -> None:
    assert launcher("advice").is_disk_full(printed) is full
