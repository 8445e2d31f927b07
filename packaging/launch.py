#!/usr/bin/env python3
"""Start AEDesk from a checkout with nothing but Python: make .venv, install into it, run it.

    python3 packaging/launch.py                  open the window
    python3 packaging/launch.py test [ARG ...]   run the tests; the arguments go to pytest
    python3 packaging/launch.py ARG ...          run the command `aedesk ARG ...`

Standard library only, and every Python since 2.7 can parse this file (no f-strings, types in
comments): an old one has to get far enough to say that it is too old. The modules beside it are
imported only after that, and are written like the rest of the project.
"""

import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
OLDEST_PYTHON = (3, 11)
IN_PARALLEL = ["-n", "auto", "--dist", "loadfile"]  # a file's tests share what they make


def main(arguments):
    # type: (list[str]) -> int
    too_old = python_complaint(sys.version_info)
    if too_old:
        return say(too_old)

    sys.path.insert(0, HERE)
    from advice import Stop
    from environment import Environment
    from libraries import check_libraries, qt_platforms

    environment = Environment(os.path.dirname(HERE))
    testing = arguments[:1] == ["test"]
    try:
        environment.prepare(["test"] if testing else [])
        if testing:
            check_libraries(environment.folder, ["offscreen"])
            os.chdir(str(environment.root))
            return environment.run(["-m", "pytest"] + IN_PARALLEL + arguments[1:])
        if not arguments or arguments[0].endswith(".aedesk"):  # it will open the window
            check_libraries(environment.folder, qt_platforms(os.environ))
        # -P: a file in the current folder must not stand in for a module of the same name.
        return environment.run(["-P", "-m", "aedesk"] + arguments)
    except Stop as stop:
        return say(stop)
    except KeyboardInterrupt:
        say("interrupted. Start it again to go on: what was downloaded is kept.")
        return 130


def python_complaint(version):
    # type: (tuple[int, ...]) -> str | None
    """What to say when this Python is too old."""
    if tuple(version[:2]) >= OLDEST_PYTHON:
        return None
    newer = [name for name in ("python3.13", "python3.12", "python3.11", "python3.14") if starts(name)]
    if newer:
        advice = "This computer has a newer one; run: {0} {1}".format(newer[0], os.path.join(HERE, "launch.py"))
    elif sys.platform.startswith("linux"):
        advice = "Debian 12 and Ubuntu 24.04 have a newer one: sudo apt install python3 python3-venv"
    else:
        advice = "Install a newer one from https://www.python.org/downloads/ and start again."
    return "Python {0}.{1} is too old: AEDesk needs {2}.{3} or newer. {4}".format(
        version[0], version[1], OLDEST_PYTHON[0], OLDEST_PYTHON[1], advice
    )


def starts(python):
    # type: (str) -> bool
    try:
        with open(os.devnull, "w") as nowhere:
            return subprocess.call([python, "-c", ""], stdout=nowhere, stderr=nowhere) == 0
    except OSError:
        return False


def say(text):
    # type: (object) -> int
    """Tell the person, on stderr: stdout belongs to the `aedesk` command. Returns exit status 1."""
    sys.stderr.write("AEDesk: {0}\n".format(text))
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
