"""The checkout's own Python environment, .venv: made, repaired, installed into, and run."""

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from advice import NO_VENV, Stop, advice_for, is_disk_full

WINDOWS = os.name == "nt"
# Free space a first installation takes at its peak; on Linux PyTorch brings NVIDIA's libraries.
ROOM_GB = 10 if sys.platform.startswith("linux") else 3

# Exits with 0 when the checkout given as argument is what `import aedesk` finds. It is not after
# the checkout was moved, or the Python below .venv was replaced by another version.
_FINDS_CHECKOUT = """
import importlib.util, os, sys
spec = importlib.util.find_spec("aedesk")
sys.exit(not spec or not os.path.samefile(os.path.dirname(spec.origin), sys.argv[1]))
"""
# Fails when pip is missing or was cut short while it was put in.
_HAS_PIP = "import importlib.metadata, pip._internal.cli.main; importlib.metadata.version('pip')"


class Environment:
    """`.venv` in the checkout `root`. Every failing step raises `Stop`."""

    def __init__(self, root: str | Path) -> None:
        self.root = Path(root)
        self.folder = self.root / ".venv"
        self.python = self.folder / ("Scripts/python.exe" if WINDOWS else "bin/python")
        self._stamp = self.folder / "aedesk.json"  # what was installed, and whether it was finished

    def prepare(self, extras: list[str]) -> None:
        """Bring .venv up to date with pyproject.toml; writes nothing when it already is."""
        pyproject = self.root / "pyproject.toml"
        if not pyproject.is_file():
            raise Stop(f"{self.root} is not the AEDesk project: it has no pyproject.toml. Download the whole folder.")
        fingerprint = hashlib.sha256(pyproject.read_bytes()).hexdigest()
        if self._is_up_to_date(fingerprint, extras):
            return
        self._check_writable()
        try:
            with _alone():
                if not self._is_up_to_date(fingerprint, extras):  # else another launch has just done it
                    self._set_up(fingerprint, extras)
        except OSError as error:
            raise self._stop(str(error), f"the environment could not be set up ({error})") from error

    def run(self, arguments: list[str]) -> int:
        """Become the Python of this environment: its exit status is ours."""
        command = [str(self.python), *arguments]
        if not WINDOWS:
            os.execv(command[0], command)
        # There, exec would hand the console back before the program has ended.
        process = subprocess.Popen(command)
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                pass  # the program was told too, and ends in its own way

    # -- looking --

    def _is_up_to_date(self, fingerprint: str, extras: list[str]) -> bool:
        stamp = self._read_stamp()
        return (
            stamp.get("finished") is True
            and stamp.get("pyproject") == fingerprint
            and set(extras) <= set(stamp.get("extras", []))
            and self._runs(_FINDS_CHECKOUT, str(self.root / "aedesk"))
        )

    def _runs(self, code: str, *arguments: str) -> bool:
        """Whether this environment has a Python that runs `code` to a good end."""
        try:
            return subprocess.run([self.python, "-I", "-c", code, *arguments], capture_output=True).returncode == 0
        except OSError:
            return False

    def _check_writable(self) -> None:
        try:
            with tempfile.TemporaryFile(dir=self.folder if self.folder.is_dir() else self.root):
                pass
        except OSError as error:
            raise Stop(advice_for(str(error), self.root) or f"{self.root} cannot be used: {error}.") from error

    def _read_stamp(self) -> dict[str, Any]:
        """`pyproject` (hash), `extras` (list) and `finished` (bool), or nothing at all."""
        try:
            stamp = json.loads(self._stamp.read_text())
        except (OSError, ValueError):
            return {}
        return stamp if isinstance(stamp, dict) else {}

    # -- making --

    def _set_up(self, fingerprint: str, extras: list[str]) -> None:
        # An installation that was killed leaves "unfinished" behind, and files cut short anywhere:
        # begin again. Pip's cache still has what was downloaded.
        killed = self._read_stamp().get("finished") is False
        if killed or not self._runs(_HAS_PIP):
            self._make()
        self._install(fingerprint, extras)

    def _make(self) -> None:
        if not (find_spec("venv") and find_spec("ensurepip")):
            raise Stop(NO_VENV)
        free_gb = shutil.disk_usage(self.root).free / 1e9
        if free_gb < ROOM_GB:
            raise Stop(
                f"the disk of {self.root} has {free_gb:.1f} GB free, and installing AEDesk with PyTorch "
                f"takes about {ROOM_GB} GB. Free some space, or move the folder to a larger disk, and start again."
            )
        _say(f"making a Python environment in {self.folder} …")
        # _base_executable: this may be running in the very environment that is to be cleared.
        python = getattr(sys, "_base_executable", None) or sys.executable
        code, output = self._call([python, "-I", "-m", "venv", "--clear", str(self.folder)], dict(os.environ))
        if code:
            raise self._stop(output, "the environment could not be made")

    def _install(self, fingerprint: str, extras: list[str]) -> None:
        _say("installing into .venv; the first time, this downloads some GB and takes minutes …")
        self._write_stamp(fingerprint, extras, finished=False)
        with self._scratch() as variables:
            project = f".[{','.join(extras)}]" if extras else "."
            pip = [str(self.python), "-m", "pip", "install", "--disable-pip-version-check"]
            code, output = self._call([*pip, "--editable", project], variables)
        if code == 0:
            self._write_stamp(fingerprint, extras, finished=True)
            return
        if not self._is_disk_full(output):
            # Pip ended by its own choice, and it downloads everything before it changes anything.
            self._stamp.unlink()
        raise self._stop(output, "the installation failed")

    def _stop(self, output: str, what: str) -> Stop:
        if self._is_disk_full(output):
            return Stop(f"the disk of {self.root} is full. Free about {ROOM_GB} GB and start again.")
        return Stop(
            advice_for(output, self.root)
            or f"{what}; the lines above say why. If they do not help, delete the folder {self.folder} and start again."
        )

    def _is_disk_full(self, output: str) -> bool:
        # venv keeps to itself why putting pip in failed, so look at the disk too.
        return is_disk_full(output) or shutil.disk_usage(self.root).free < 50e6

    def _write_stamp(self, fingerprint: str, extras: list[str], finished: bool) -> None:
        new = self._stamp.with_suffix(".new")
        new.write_text(json.dumps({"pyproject": fingerprint, "extras": extras, "finished": finished}))
        os.replace(new, self._stamp)

    @contextmanager
    def _scratch(self) -> Iterator[dict[str, str]]:
        """Environment variables for pip, with its temporary files on the checkout's own disk.

        /tmp is often a small disk in memory, too small for PyTorch. Not on Windows, where it
        would make paths longer than the 260 characters they may have.
        """
        variables = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
        if WINDOWS:
            yield variables
            return
        with tempfile.TemporaryDirectory(prefix="pip-", dir=self.folder, ignore_cleanup_errors=True) as folder:
            yield variables | {"TMPDIR": folder}

    def _call(self, command: list[str], variables: dict[str, str]) -> tuple[int, str]:
        """Run a command in the checkout and show all it prints on stderr.

        Returns its status and its own stderr. Its stdout stays a terminal if ours is one, so
        that pip draws its progress bars.
        """
        lines = []
        with subprocess.Popen(command, cwd=self.root, env=variables, stdout=2, stderr=subprocess.PIPE) as process:
            for line in process.stderr:
                lines.append(line.decode(errors="replace"))
                sys.stderr.write(lines[-1])
                sys.stderr.flush()
        return process.returncode, "".join(lines)


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other launch works on .venv, as after a second double-click in a long install.

    The lock is on this very file: clearing .venv cannot remove it, and the system lets go of it
    when the process ends, however it ends.
    """
    with open(__file__, "rb") as file:
        if not _try_to_lock(file):
            _say("waiting for another AEDesk that is setting up this folder …")
            while not _try_to_lock(file):
                time.sleep(0.5)
        yield


def _try_to_lock(file: IO[bytes]) -> bool:
    try:
        if WINDOWS:
            import msvcrt

            file.seek(1 << 30)  # past the end: others could not read a locked byte
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Some network folders know no locks; there is nothing to wait for then.
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True


def _say(text: str) -> None:
    print("AEDesk:", text, file=sys.stderr, flush=True)
