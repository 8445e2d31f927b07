"""How well noise comes off signals, beside classical filters that were told the truth.

``python -m tests.benchmarks.signals [NAME …] [--speech DIR] [--engine FILE] [--readme]`` adds noise to shipped
recordings, has ``aedesk denoise --blind`` learn from the noisy file alone, and compares what comes out
with the clean signal. Each classical filter is set to whatever is best by that clean signal, which
nobody has. Further tables: networks that learned with noise added anew to clean recordings
(``added``), speech beside the noisereduce library (``speech``; it needs recordings of speech, which
are not shipped), and how many samples are cleaned per second (``throughput``).
"""

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
import torch

from aedesk import cli, paths
from aedesk.analysis.classical_methods.method import Method
from aedesk.analysis.cleaners import METHODS
from aedesk.analysis.denoising import snr_db
from aedesk.analysis.noise_kinds import noise_kinds, remedies_for
from aedesk.analysis.noise_level import noise_level
from aedesk.data.corruption import AddedNoise
from aedesk.data.corruptions.coloured import Coloured
from aedesk.data.corruptions.hum import Hum
from aedesk.data.corruptions.impulses import Impulses
from aedesk.data.csv_table import read_csv
from aedesk.data.remedies import remedied
from tests.benchmarks import added, speech, throughput, watch
from tests.benchmarks.readme import write_into_readme


@dataclass(frozen=True)
class Case:
    """Noise on one column of a shipped recording, and what must be reached in dB.

    ``words`` name the noise, of which ``noise`` is a kind of corruption; without it, it is white, and the mean of so many
    neighbours as ``alike`` says. What ``hide`` says is asked for by ``--hide``. With ``mended`` the remedies are applied first that are recognised from the noisy signal alone, but for
    drift, which the recording has of its own.
    """

    name: str
    file: str
    column: str
    snr_db: float
    must: float | None = None
    words: str = "white"
    noise: AddedNoise | None = None
    mended: bool = False
    alike: int = 1
    hide: int = 1

    def noisy(self, clean: np.ndarray) -> np.ndarray:
        """A clean signal ``[t]`` with its noise, the same every time.

        Noise of a kind is brought to the level exactly; white noise has it but for what chance does.
        """
        if self.noise is None:
            sigma = clean.std() * 10 ** (-self.snr_db / 20)
            drawn = np.random.default_rng(0).normal(0, sigma, len(clean))
            return clean + np.convolve(drawn, np.full(self.alike, self.alike**-0.5), "same")
        signal = torch.from_numpy(clean - clean.mean())[None]
        drawn = self.noise.apply(signal, torch.Generator().manual_seed(0), float(clean.std()))[0].numpy()
        noise = drawn - signal[0].numpy()
        return clean + noise * (clean.std() / np.sqrt(np.mean(np.square(noise))) * 10 ** (-self.snr_db / 20))


_ECG = ("ecg.csv", "ecg_mV")

CASES = (
    Case("ecg-6", *_ECG, 6.0, 16.5),
    Case("ecg-0", *_ECG, 0.0),
    Case("ecg-12", *_ECG, 12.0),
    Case("ecg-18", *_ECG, 18.0),
    Case("ecg-impulses", *_ECG, 6.0, words="impulses", noise=Impulses(snr_db=6)),
    Case("ecg-impulses-mended", *_ECG, 6.0, words="the same impulses, despiked first,", noise=Impulses(snr_db=6), mended=True),
    Case("ecg-pink", *_ECG, 6.0, words="pink", noise=Coloured(snr_db=6)),
    Case("ecg-hum", *_ECG, 6.0, words="hum of 50 Hz", noise=Hum(snr_db=6, period=7.2)),
    Case("ecg-hum-mended", *_ECG, 6.0, words="the same hum, notched first,", noise=Hum(snr_db=6, period=7.2), mended=True),
    Case("ecg-alike", *_ECG, 6.0, words="white, of which each sample is the mean of three,", alike=3),
    Case("ecg-alike-hidden", *_ECG, 6.0, words="the same, learned with `--hide 3`,", alike=3, hide=3),
)

PARTS = ("watch", "added", "speech", "throughput")


@dataclass(frozen=True)
class Outcome:
    """What came of a case: signal-to-noise ratios in dB, seconds, and the noise found over the true one."""

    before: float
    after: float
    classical: dict[str, float]
    seconds: float
    noise_ratio: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these cases or tables")
    parser.add_argument("--speech", type=Path, metavar="DIR", help="a folder of clean speech, WAV files of one rate")
    parser.add_argument("--engine", type=Path, metavar="FILE", help="a recording of noise, to be put over the speech")
    parser.add_argument("--readme", action="store_true", help="write the tables into README.md")
    options = parser.parse_args()
    unknown = set(options.names) - {case.name for case in CASES} - set(PARTS)
    if unknown:
        parser.error(f"there is no case {', '.join(sorted(unknown))}")
    if options.names and options.readme:
        parser.error("the tables in the README are those of all cases: leave the names out")
    lines = []
    for line in _tables(set(options.names), options.speech, options.engine):
        print(line, flush=True)
        lines.append(line)
    if options.readme:
        write_into_readme("signals", "\n".join(lines))


def _tables(names: set[str], folder: Path | None, engine: Path | None) -> Iterator[str]:
    cases = [case for case in CASES if not names or case.name in names]
    if cases:
        yield from _table(cases)
    if not names or "watch" in names:
        yield from ("", watch.TITLE, "", *watch.table())
    if not names or "added" in names:
        yield from ("", added.TITLE, "", *added.table())
    if not names or "speech" in names:
        yield from ("", speech.TITLE, "")
        yield from speech.table(folder, engine) if folder else (speech.ABSENT,)
    if not names or "throughput" in names:
        yield from ("", throughput.TITLE, "", *throughput.table())


def _table(cases: list[Case]) -> Iterator[str]:
    names = [method.title for method in METHODS]
    yield "| " + " | ".join(["noise", "must reach", "noisy", "blind", *names, "ahead", "noise found", "seconds"]) + " |"
    yield "| " + " | ".join(["---"] * (len(names) + 7)) + " |"
    for case in cases:
        found = outcome(case)
        cells = [
            f"{case.words} at {case.snr_db:g} dB on `{case.file}`",
            f"≥ {case.must} dB" if case.must else "–",
            f"{found.before:.2f}".replace("-0.00", "0.00"),
            f"{found.after:.2f}",
            *(f"{found.classical[method.name]:.2f}" for method in METHODS),
            "yes" if found.after > max(found.classical.values()) else "**no**",
            f"{100 * (found.noise_ratio - 1):+.1f} %" if case.noise is None and case.alike == 1 else "–",
            f"{found.seconds:.0f}",
        ]
        yield "| " + " | ".join(cells) + " |"


def outcome(case: Case) -> Outcome:
    """Add the noise, clean the file by the command line, and measure by the clean signal."""
    table = read_csv(paths.resource("examples", case.file))
    clean = table.column(case.column)
    noisy = case.noisy(clean)
    sigma = float((noisy - clean).std())
    given = _mended(noisy, table.time_step()) if case.mended else noisy
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "noisy.csv"), Path(folder, "clean.csv")
        rows = "\n".join(f"{place * (table.time_step() or 1):.8g},{value:.9g}" for place, value in enumerate(given))
        source.write_text(f"time_s,noisy\n{rows}\n", "utf-8")
        start = perf_counter()
        status = cli.main(["denoise", "--blind", "--hide", str(case.hide), str(source), "-o", str(target)])
        seconds = perf_counter() - start
        if status:
            raise SystemExit(status)
        cleaned = read_csv(target).column("noisy_clean")
    return Outcome(
        before=snr_db(clean, noisy),
        after=snr_db(clean, cleaned),
        classical={method.name: max(_reached(method, clean, noisy, given, sigma)) for method in METHODS},
        seconds=seconds,
        noise_ratio=noise_level(noisy) / sigma,
    )


def _mended(noisy: np.ndarray, step: float | None) -> np.ndarray:
    """A noisy signal after the remedies that it asks for itself."""
    kinds = [kind for kind in noise_kinds(noisy, step) if kind.kind != "wander"]
    return remedied(noisy, step, remedies_for(kinds))


def _reached(method: Method, clean: np.ndarray, noisy: np.ndarray, given: np.ndarray, sigma: float) -> Iterator[float]:
    """What each setting of a method reaches, of the noisy signal or of the mended one."""
    for one in method.filters(len(noisy), sigma):
        yield snr_db(clean, one.clean(noisy))
        if given is not noisy:
            yield snr_db(clean, one.clean(given))


if __name__ == "__main__":
    main()
