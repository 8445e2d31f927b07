"""Speech under noise: a network that learned the voice, one that learned blindly, and the noisereduce library.

The recordings are not shipped: name a folder of clean speech, WAV files of one speaker and rate, such
as those of the Debian package asterisk-core-sounds-en-wav, and a recording of noise.
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from aedesk.analysis.denoising import denoise
from aedesk.analysis.noise_level import noise_level
from aedesk.analysis.quality import ratio_db
from aedesk.data.corruptions.noise_level import NoiseLevel
from aedesk.data.corruptions.recorded import Recorded
from aedesk.data.sound_file import read_sound
from aedesk.errors import DataError
from aedesk.files.signal_recipes import recipe_for
from aedesk.recipe import Recipe
from tests.benchmarks.added import trained

TITLE = "Speech at 5 dB: the gain in scale-invariant signal-to-distortion ratio (Le Roux et al. 2019) in dB, on recordings nobody learned from, beside the noisereduce library at its best setting by the clean speech:"
ABSENT = "(Measured only where recordings of speech are given, with `--speech DIR`.)"

_SNR_DB = 5.0
_TESTED = 20  # recordings
_SECONDS = 1.5  # the shortest of them
_SILENT = 0.05  # times the usual level: such packages hold silences, too, where there is nothing to be kept
_LEARNED_MINUTES = 10
_SHARE_OF_NOISE = 2 / 3  # to learn from; the rest is what is tested with
_WINDOW = 1024


@dataclass(frozen=True)
class Noise:
    """Noise for the tests ``[t]``, some of the same kind as a profile, and the corruption to learn with."""

    words: str
    tests: np.ndarray
    profile: np.ndarray
    corruption: Any
    white: bool = False


def table(folder: Path, engine: Path | None) -> Iterator[str]:
    """The table's lines."""
    learned, tests, rate = _speech(folder)
    yield "| noise | noisy | learned with added noise | seconds | blind | seconds | noisereduce | its setting | noise found |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    with tempfile.TemporaryDirectory() as place:
        for noise in _noises(engine, rate, sum(map(len, tests)), Path(place)):
            yield _row(noise, learned, tests, rate, Path(place))


def si_sdr(clean: np.ndarray, other: np.ndarray) -> float:
    """Scale-invariant signal-to-distortion ratio in dB, of what has no mean; minus infinity where nothing is left."""
    clean, other = clean - clean.mean(), other - other.mean()
    wanted = clean * float(other @ clean) / float(clean @ clean)
    return ratio_db(float(wanted @ wanted), float(np.linalg.norm(other - wanted)))


def _row(noise: Noise, learned: np.ndarray, tests: list[np.ndarray], rate: int, place: Path) -> str:
    noisy, start = list[np.ndarray](), 0
    for clean in tests:
        part = noise.tests[np.arange(start, start + len(clean)) % len(noise.tests)]
        noisy.append(clean + part * clean.std() / part.std() * 10 ** (-_SNR_DB / 20))
        start += len(clean)

    def gain(clean_up: Callable[[np.ndarray], np.ndarray]) -> float:
        gains = [si_sdr(clean, clean_up(given)) - si_sdr(clean, given) for clean, given in zip(tests, noisy, strict=True)]
        return float(np.mean(gains))

    before = float(np.mean([si_sdr(clean, given) for clean, given in zip(tests, noisy, strict=True)]))
    ours, seconds = _gain_of(_recipe("added-noise", place / "speech.wav", learned, rate, noise.corruption), gain)
    blind, longer = _gain_of(_recipe("blind", place / "noisy.wav", np.concatenate(noisy), rate), gain)
    settings = {words: gain(clean_up) for words, clean_up in _noisereduce(noise.profile, rate)}
    best = max(settings, key=settings.__getitem__)
    every = np.concatenate(noisy)
    level = noise_level(every) / float((every - np.concatenate(tests)).std())
    return (
        f"| {noise.words} | {before:.2f} | {ours:+.2f} | {seconds:.0f} | {blind:+.2f} | {longer:.0f} "
        f"| {settings[best]:+.2f} | {best} | {f'{100 * (level - 1):+.1f} %' if noise.white else '–'} |"
    )


def _gain_of(recipe: Recipe, gain: Callable[[Callable[[np.ndarray], np.ndarray]], float]) -> tuple[float, float]:
    start = perf_counter()
    model, _ = trained(recipe)
    seconds = perf_counter() - start
    return gain(lambda given: denoise(model, given)), seconds


def _recipe(way: Any, path: Path, values: np.ndarray, rate: int, corruption: Any = None) -> Recipe:
    """A recipe for a recording of speech, which is written there first."""
    import soundfile

    soundfile.write(path, values, rate, subtype="FLOAT")
    recipe = recipe_for(way, str(path), "", values)
    return recipe.model_copy(update={"corruption": corruption}) if corruption else recipe


def _speech(folder: Path) -> tuple[np.ndarray, list[np.ndarray], int]:
    """Recordings to learn from ``[t]``, those to be cleaned, and their sampling rate."""
    sounds = [read_sound(path) for path in sorted(folder.rglob("*.wav"))]
    sounds = [sound for sound in sounds if len(sound) >= _SECONDS * sound.rate]
    levels = [float(sound.column().std()) for sound in sounds]
    sounds = [sound for sound, level in zip(sounds, levels, strict=True) if level > _SILENT * np.median(levels)]
    if len(sounds) < 2 * _TESTED:
        raise DataError(f"{folder} holds {len(sounds)} recordings of speech; at least {2 * _TESTED} are needed.")
    rate, every = sounds[0].rate, len(sounds) // _TESTED
    tests = [sound.column() for sound in sounds[::every]][:_TESTED]
    rest = [sound.column() for place, sound in enumerate(sounds) if place % every]
    np.random.default_rng(0).shuffle(rest)
    return np.concatenate(rest)[: _LEARNED_MINUTES * 60 * rate], tests, rate


def _noises(engine: Path | None, rate: int, count: int, place: Path) -> Iterator[Noise]:
    chance = np.random.default_rng(0)
    level = {"snr_db": 15.0, "least": 0.0}
    yield Noise("white", chance.normal(size=count), chance.normal(size=10 * rate), NoiseLevel(**level), white=True)
    if engine is None:
        return
    import soundfile
    from scipy.signal import resample_poly

    sound = read_sound(engine)
    values = resample_poly(sound.column(), rate, sound.rate)
    first = round(_SHARE_OF_NOISE * len(values))
    soundfile.write(place / "engine.wav", values[:first], rate, subtype="FLOAT")
    recorded = Recorded(file=str(place / "engine.wav"), **level)
    yield Noise(f"recorded (`{engine.name}`)", values[first:], values[:first], recorded)


def _noisereduce(profile: np.ndarray, rate: int) -> Iterator[tuple[str, Callable[[np.ndarray], np.ndarray]]]:
    """All settings that are tried, with words."""
    from noisereduce import reduce_noise

    for stationary, knows, strength in product((True, False), (True, False), (0.5, 0.7, 0.8, 0.9, 1.0)):
        if knows and not stationary:
            continue  # it asks for no profile there
        words = f"{'stationary' if stationary else 'not stationary'}, {'with' if knows else 'without'} a noise profile, {strength:g}"

        def clean_up(given: np.ndarray, stationary: bool = stationary, knows: bool = knows, strength: float = strength) -> np.ndarray:
            return reduce_noise(
                y=given, sr=rate, stationary=stationary, y_noise=profile if knows else None, prop_decrease=strength
            )

        yield words, clean_up
