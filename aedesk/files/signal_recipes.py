"""The shipped ways to learn from a signal, fitted to a person's own recording."""

from math import ceil, log2
from typing import Literal

import numpy as np

from aedesk.analysis.noise_level import noise_level
from aedesk.data.corruption import Corruption
from aedesk.data.corruptions.none import NoCorruption
from aedesk.data.csv_reading import CsvReading
from aedesk.data.remedies import Remedies
from aedesk.data.resampling import resample as on_grid
from aedesk.data.sampling import Sampling
from aedesk.data.windowed import SHARE, longest_whole, too_short, whole_rows
from aedesk.errors import DataError
from aedesk.files.recipe_file import read_shipped
from aedesk.models.architectures.two_sided import TwoSided
from aedesk.models.architectures.u_net import UNet
from aedesk.recipe import Recipe

Way = Literal["blind", "added-noise", "reference"]

_PATTERNS: dict[Way, str] = {"blind": "signal-blind", "added-noise": "ecg-denoise-conv", "reference": "ecg-denoise-conv"}
_PATTERN_OF_SHORT = "watch-blind"
_LOOKED_AT = {"blind": 14_000_000, "added-noise": 20_000_000, "reference": 20_000_000}  # samples, each in all its windows
_PASSES = 150  # over each sample at most: more of them would learn a short recording's noise by heart
_SHORT = 10_000  # samples: fewer teach one network too little, and several that see more noise enough
_PASSES_OF_SEVERAL = 2000  # of the shipped watch's four networks together: each learns from rows of its own
# Two networks that see as much each take half the time and are as good, on stretches of the shipped electrocardiogram
# with noise of another draw at 6 dB: of 9000 samples 15.50 dB and a blind error of 1.053 noises (four: 15.51, 1.053; one
# as of long recordings: 14.94), of 5040 samples 15.32 dB and 1.042 (15.14, 1.048). Fewer looks are worse: 14.97, 1.074.
_FOUR_UP_TO = 3500  # samples
_MOST_OF_SEVERAL = 7_000_000  # samples looked at
# Of the electrocardiogram at twice its rate with noise at 6 dB, windows of 1024 samples and a layer more reach 16.97 dB
# where 512 reach 16.56 dB; at four times its rate 2048 reach 18.64 dB, 512 reach 18.62 dB. (One draw of noise each.)
# With added noise longer windows are no better: at twice its rate 512 reach 21.31 dB and 1024 21.10 dB, at four times its
# rate 512 reach 22.35 dB and 2048, with two layers more, 22.22 dB.
_QUICKNESS = 0.052  # of the shipped electrocardiogram
_JUDGED_BY = 500_000  # samples
_SEGMENT = 1024  # samples of a spectrum's pieces
_STANDS_OUT = 1.5  # times the density of chance noise
_NOISIER = 1.3  # times the noise there is, as found best for the shipped watch


def recipe_for(
    way: Way,
    path: str,
    column: str,
    values: np.ndarray,
    reference: str = "",
    reference_file: str = "",
    remedies: Remedies = Remedies(),  # noqa: B008 - frozen
    reading: CsvReading = CsvReading(),  # noqa: B008 - frozen
    resample: float = 0.0,
    sampling: Sampling = Sampling(),  # noqa: B008 - frozen
    hide: int = 1,
    noise: Corruption | None = None,
) -> Recipe:
    """A shipped recipe with a person's file and column in it, whose ``values`` are ``[t]`` or ``[t, c]``.

    By way of a ``reference`` the network learns to make a clean column of it, in the same file or another.
    ``remedies`` are what is taken off the signal before, ``reading`` says how the file is read, and ``resample`` is
    the rate in Hz that it is brought to from what ``sampling`` says, 0 for its own. Learning blindly, each sample is
    foretold from those that are ``hide`` samples away or farther. By way of added ``noise`` that is what is added, where
    None is given white noise at 6 dB.
    Windows are shorter for short recordings and those with many gaps, and a long one is looked at less
    often. To learn blindly from a long one, windows are longer where it moves slowly beside its sampling rate: they hold
    512 samples of one that is as quick as the shipped electrocardiogram is at 360 Hz, 1024 or 2048 of one that is half
    or a quarter as quick or less, and the network looks as far. How quick a signal is is told by the frequency below
    which half of the power of its slopes lies, as far as that stands out of the noise: of the electrocardiogram 0.041 to
    0.064 cycles per sample, by how noisy it is. DataError where it is too short to learn from.
    """
    if resample:
        values = on_grid(values, sampling, resample).values
    count, longest = int(whole_rows(values).sum()), len(longest_whole(values))
    if problem := too_short(count):
        raise DataError(problem)
    short = way == "blind" and count < _SHORT
    pattern = read_shipped(_PATTERN_OF_SHORT if short else _PATTERNS[way])
    source = pattern.data.source
    slower = 1 if way != "blind" or short else _slower(values)
    window = min(slower * source.window, 2 ** int(log2(min(count // SHARE, max(1, longest // 2)))))
    encoder = pattern.model.encoder
    assert isinstance(encoder, TwoSided | UNet)
    depth, batch = encoder.depth + int(log2(slower)), pattern.training.batch_size
    seen = min(_LOOKED_AT[way], _PASSES * count)
    if short:
        assert isinstance(encoder, TwoSided)
        networks = encoder.networks if count <= _FOUR_UP_TO else encoder.networks // 2
        seen = min(_MOST_OF_SEVERAL, _PASSES_OF_SEVERAL * networks // encoder.networks * count)
        batch = batch * networks // encoder.networks
        encoder = encoder.model_copy(update={"networks": networks})
    looks = seen // window
    hop = max(1, window * source.hop // source.window, ceil(count / looks))
    data = {"file": path, "column": column, "window": window, "hop": hop, "remedies": remedies}
    data |= {"reading": reading, "resample": resample}
    corruption = pattern.corruption
    if way == "added-noise" and noise is not None:
        corruption = noise
    if way == "reference":
        data |= {"reference": reference, "reference_file": reference_file}
        corruption = NoCorruption()
    batch = max(1, batch * source.window // window)
    training = {"batch_size": batch, "epochs": max(1, round(looks * hop / count))}
    depth = min(depth, max(1, int(log2(window)) - 1))
    if way == "blind":
        assert isinstance(encoder, TwoSided)
        encoder = encoder.model_copy(update={"nearest": min(hide, max(1, window // 4))})
    model = {"encoder": encoder.model_copy(update={"depth": depth})}
    if short:
        corruption = corruption.model_copy(update={"sigma": round(_NOISIER * _noise_share(values), 2)})
    return pattern.model_copy(
        update={
            "name": "my-signal",
            "title": "Noise off my signal",
            "summary": f"Learns from the column {column}.",
            "corruption": corruption,
            "data": pattern.data.model_copy(update={"source": source.model_copy(update=data)}),
            "model": pattern.model.model_copy(update=model),
            "training": pattern.training.model_copy(update=training),
        }
    )


def _noise_share(values: np.ndarray) -> float:
    """The noise of a signal over the signal with it, of several channels ``[t, c]`` the mean (root mean square), at most 1."""
    known = longest_whole(values)
    channels = [channel for channel in known.reshape(len(known), -1).T if channel.std() > 0]
    shares = [min(1.0, noise_level(channel) / float(channel.std())) for channel in channels]
    return float(np.sqrt(np.mean(np.square(shares)))) if shares else 0.0


def _slower(values: np.ndarray) -> int:
    """How many times slower than the shipped electrocardiogram a signal moves, or the quickest of ``[t, c]``: 1, 2 or 4."""
    known = np.asarray(longest_whole(values)[:_JUDGED_BY], np.float64)
    quickness = max((_quickness(channel) for channel in known.reshape(len(known), -1).T), default=0.0)
    return 2 ** int(np.clip(round(log2(_QUICKNESS / quickness)), 0, 2)) if quickness else 1


def _quickness(values: np.ndarray) -> float:
    """The frequency in cycles per sample below which half of the power of a signal's slopes lies, 0 where all is noise."""
    from scipy.signal import welch

    if len(values) < _SEGMENT or not values.std():
        return 0.0
    frequencies, density = welch(values, nperseg=_SEGMENT, detrend="linear")
    floor = 2 * noise_level(values) ** 2
    slopes = np.cumsum(np.where(density > _STANDS_OUT * floor, density - floor, 0) * frequencies**2)
    return float(frequencies[np.searchsorted(slopes, slopes[-1] / 2)]) if slopes[-1] > 0 else 0.0
