"""Whether every file that may hold a signal opens, or is refused in a sentence, on files that nobody here wrote.

``python -m tests.benchmarks.opening FOLDER [--every]`` reads each file below the folder by its ending, as the desk
does, and takes the signal that is offered first. It prints what is no sentence (a crash), what took longer than
half a minute (a hang), the sentences that do not name the file, and how many there were of each; with ``--every``
also what was understood of each file.
"""

import argparse
from collections import Counter
from pathlib import Path
from time import perf_counter

from aedesk.data.csv_explanation import explanation_of
from aedesk.data.csv_table import CsvTable
from aedesk.data.recording_file import SUFFIXES, RecordingFile, read_recording
from aedesk.errors import AedeskError
from tests.benchmarks.sniffing import at_most

_PATIENCE = 30  # seconds for a file
_OTHERS = (".asc", ".ascii", ".awd", ".mtn", ".slist", ".tspair", ".log", ".cnv")
"""Endings of text tables in the sources that ``sniffing`` names, beside the desk's own."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", action="store_true", help="print what was understood of every file")
    options = parser.parse_args()
    paths = [path for path in sorted(options.folder.rglob("*")) if path.is_file()]
    counts, longest = Counter[str](), (0.0, Path())
    for path in (path for path in paths if path.suffix.lower() in SUFFIXES + _OTHERS):
        start = perf_counter()
        outcome, words = _outcome(path)
        longest = max(longest, (perf_counter() - start, path))
        counts[outcome] += 1
        if options.every or outcome not in ("opened", "refused"):
            print(f"{outcome}: {path.relative_to(options.folder)}: {words}")
    print(", ".join(f"{count} {outcome}" for outcome, count in counts.most_common()) or "no files")
    print(f"longest {longest[0]:.1f} s: {longest[1].name}")


def _outcome(path: Path) -> tuple[str, str]:
    """What came of a file, and the words for it."""
    try:
        with at_most(_PATIENCE):
            recording = read_recording(path)
            name = recording.default_name()
            values = recording.column(name)
            return "opened", f"{_understood(recording)} {name!r}, {len(values)} samples"
    except AedeskError as error:
        sentence = str(error)
        return ("refused" if path.name in sentence else "refused without its name"), sentence
    except TimeoutError:
        return "hang", f"longer than {_PATIENCE} s"
    except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
        return "crash", f"{type(error).__name__}: {error}"


def _understood(recording: RecordingFile) -> str:
    return explanation_of(recording) if isinstance(recording, CsvTable) else type(recording).__name__


if __name__ == "__main__":
    main()
