"""The ``aedesk`` command: words from a terminal to a command, or to the window."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from aedesk import __version__
from aedesk.errors import AedeskError

if TYPE_CHECKING:
    from aedesk.data.csv_reading import CsvReading

_INTERRUPTED = 130


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line, like all others of AEDesk."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"aedesk: error: {message}. See aedesk --help.\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status is 0, 2 for an error of use, 130 for an interruption."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if hasattr(sys.stdout, "reconfigure"):  # an old code page may lack a letter; that is no reason to fail
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        if not words or _are_files(words):
            return _desk(words)
        options = _parser().parse_args(words)
        return options.run(options)
    except AedeskError as error:
        print(f"aedesk: error: {error.in_terminal()}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has gone; keep Python from complaining about it at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _are_files(words: list[str]) -> bool:
    """Whether the words are files to open in the window, as a double click gives them."""
    signals = (".csv", ".tsv", ".txt", ".parquet", ".wav", ".flac", ".ogg", ".npy", ".mat")
    suffixes = (".aedesk", ".toml", *signals, ".png", ".jpg", ".jpeg", ".bmp")
    return all(word.lower().endswith(suffixes) or ("." in word and Path(word).is_file()) or ("/" in word and Path(word).is_dir()) for word in words)


def _desk(files: list[str]) -> int:
    """The window, or where there is no screen the default recipe in the terminal."""
    if _has_screen():
        from aedesk.ui.app import run_window

        return run_window([Path(file) for file in files])
    if files:
        raise AedeskError("There is no screen to open files on. See aedesk --help for what the terminal can do.")
    from aedesk.commands.demonstration import demonstrate

    return demonstrate()


def _has_screen() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="aedesk",
        description="Build an autoencoder, watch it learn, and use it. Without arguments, the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"aedesk {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)
    _add_recipes(commands)
    _add_train(commands)
    _add_info(commands)
    _add_use(commands)
    _add_denoise(commands)
    _add_anomalies(commands)
    _add_generate(commands)
    _add_desktop(commands)
    return parser


def _add_reading(parser: argparse.ArgumentParser) -> None:
    from aedesk.commands.option_flags import add_flags
    from aedesk.data.csv_reading import CsvReading

    add_flags(parser, CsvReading, "how a text table is read (what is not said is guessed)")


def _reading(options: argparse.Namespace) -> "CsvReading":
    from aedesk.commands.option_flags import given
    from aedesk.data.csv_reading import CsvReading

    return given(options, CsvReading)


def _add_rate(parser: argparse.ArgumentParser) -> None:
    from aedesk.commands.option_flags import add_flags
    from aedesk.data.resampling import Resampling

    add_flags(parser, Resampling, "the sampling rate that recordings are brought to")


def _rate(options: argparse.Namespace) -> float:
    from aedesk.commands.option_flags import given
    from aedesk.data.resampling import Resampling

    return given(options, Resampling).resample


def _add_recipes(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = commands.add_parser("recipes", help="list the shipped recipes")
    parser.add_argument("--json", action="store_true", help="print one JSON document")

    def run(options: argparse.Namespace) -> int:
        from aedesk.commands.recipes import list_recipes

        return list_recipes(options.json)

    parser.set_defaults(run=run)


def _add_train(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = commands.add_parser("train", help="train a recipe and measure what came of it")
    parser.add_argument("recipe", help="a shipped recipe's name, or a TOML file")
    parser.add_argument(
        "--set", metavar="OPTION=VALUE", action="append", nargs="+", default=[], dest="assignments",
        help="change an option of the recipe, as in training.epochs=2",
    )  # fmt: skip
    parser.add_argument("--device", choices=("auto", "cpu", "cuda", "mps"), default="auto")
    parser.add_argument("--out", type=Path, metavar="M.aedesk", help="where to save the model")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="write pictures of the run there")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON line")
    _add_rate(parser)

    def run(options: argparse.Namespace) -> int:
        from aedesk.commands.train import train_command

        assignments = [one for several in options.assignments for one in several]
        return train_command(
            options.recipe, assignments, options.device, options.out, options.pictures, options.json, _rate(options)
        )

    parser.set_defaults(run=run)


def _add_info(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = commands.add_parser("info", help="say what a model file holds")
    parser.add_argument("model", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON document")

    def run(options: argparse.Namespace) -> int:
        from aedesk.commands.info import print_info

        return print_info(options.model, options.json)

    parser.set_defaults(run=run)


def _add_use(commands: "argparse._SubParsersAction[_Parser]") -> None:
    helps = {
        "encode": "write the codes of samples (CSV, NPY)",
        "reconstruct": "write samples as the model gives them back (CSV, NPY, PNG)",
    }
    for name, text in helps.items():
        parser = commands.add_parser(name, help=text)
        parser.add_argument("model", type=Path)
        parser.add_argument("input", type=Path, help="CSV, NPY or PNG")
        parser.add_argument("-o", "--out", type=Path, required=True)
        parser.add_argument("--column", help="the column of a signal's CSV file")
        _add_reading(parser)

        def run(options: argparse.Namespace, name: str = name) -> int:
            from aedesk.commands import use

            command = {"encode": use.encode, "reconstruct": use.reconstruct}[name]
            return command(options.model, options.input, options.column, options.out, _reading(options))

        parser.set_defaults(run=run)


def _add_denoise(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = commands.add_parser("denoise", help="take the noise off signals: tables, sounds, arrays, folders of them")
    parser.add_argument(
        "words", nargs="+", type=Path, metavar="M.aedesk FILE", help="a model and what it is to clean"
    )
    parser.add_argument(
        "--blind", action="store_true", help="without a model: each file teaches what is noise in it"
    )
    parser.add_argument(
        "--hide", type=int, default=1, metavar="N",
        help="with --blind: foretell each sample from those N samples away or farther, where nearer ones have like noise",
    )  # fmt: skip
    parser.add_argument(
        "--reference", metavar="NAME|FILE", default="",
        help="without a model: learn from the clean signal, a column of the file or another file",
    )  # fmt: skip
    parser.add_argument(
        "--column",
        help="the columns or channels to clean, with ; between them, or * for all; "
        "otherwise the first that is not a time, or all channels",
    )
    parser.add_argument(
        "--replace", action="store_true", help="put cleaned columns in place of the old ones, not beside them"
    )
    parser.add_argument(
        "-o", "--out", type=Path, required=True, help="the file to write, or a folder for several"
    )
    from aedesk.commands.option_flags import add_flags
    from aedesk.data.remedies import Remedies

    add_flags(parser, Remedies, "what is taken off before anything is learned (with --blind or --reference)")
    _add_rate(parser)
    _add_reading(parser)

    def run(options: argparse.Namespace) -> int:
        from aedesk.commands.denoise import denoise_command
        from aedesk.commands.option_flags import given

        return denoise_command(
            options.words, options.column, options.out, options.blind, options.replace, options.reference,
            _reading(options), given(options, Remedies), _rate(options), options.hide,
        )  # fmt: skip

    parser.set_defaults(run=run)


def _add_anomalies(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = commands.add_parser("anomalies", help="find where a signal is unlike those a model learned from")
    parser.add_argument("model", type=Path, metavar="M.aedesk")
    parser.add_argument("file", type=Path, metavar="FILE", help="the recording to look through")
    parser.add_argument("--column", help="the columns or channels to look at, with ; between them, or * for all")
    parser.add_argument("--normal", type=Path, metavar="FILE", help="a recording in which all is normal")
    parser.add_argument(
        "--false-alarms", type=float, default=0.001, metavar="SHARE",
        help="the share of normal samples that may be marked as well (0.001)",
    )  # fmt: skip
    parser.add_argument("--scores", type=Path, metavar="FILE", help="write the recording there with a column of scores")
    parser.add_argument("-o", "--out", type=Path, required=True, help="the table of marked stretches to write (CSV)")
    _add_rate(parser)
    _add_reading(parser)

    def run(options: argparse.Namespace) -> int:
        from aedesk.commands.anomalies import anomalies_command

        return anomalies_command(
            options.model, options.file, options.column, options.normal, options.false_alarms,
            options.out, options.scores, _reading(options), _rate(options),
        )  # fmt: skip

    parser.set_defaults(run=run)


def _add_generate(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = commands.add_parser("generate", help="write new samples that a model makes up (PNG, CSV, NPY)")
    parser.add_argument("model", type=Path)
    parser.add_argument("-n", "--count", type=int, default=64, help="how many samples (64)")
    parser.add_argument(
        "--temperature", type=float, default=1.0, metavar="T",
        help="how far from the usual: 0 is the most usual, 1 as learned (1), more is bolder",
    )  # fmt: skip
    parser.add_argument("--seed", type=int, default=0, help="the same number gives the same samples (0)")
    parser.add_argument("-o", "--out", type=Path, required=True)

    def run(options: argparse.Namespace) -> int:
        from aedesk.commands.generate import generate

        return generate(options.model, options.count, options.temperature, options.seed, options.out)

    parser.set_defaults(run=run)


def _add_desktop(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = commands.add_parser("desktop", help="put AEDesk into the applications menu (Linux)")
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--install", action="store_true", help="write the entry, icon and file type")
    choice.add_argument("--remove", action="store_true", help="take them away again")

    def run(options: argparse.Namespace) -> int:
        from aedesk import desktop

        written = desktop.install() if options.install else desktop.remove()
        for path in written or []:
            print(path)
        return 0

    parser.set_defaults(run=run)
