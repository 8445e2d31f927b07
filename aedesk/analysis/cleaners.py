"""All that can clean a signal, side by side: a network and classical filters, judged blindly."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from aedesk.analysis.blind_error import beside, blind_error, network_error
from aedesk.analysis.classical_methods import moving_median, savitzky_golay, wavelet, wiener
from aedesk.analysis.classical_methods.method import Filter, Method
from aedesk.analysis.denoising import Mixing, as_float32, denoise, mixing_of, window_of
from aedesk.analysis.noise_kinds import impulses
from aedesk.analysis.noise_level import beyond_noise, noise_level
from aedesk.analysis.noise_profile import NoiseProfile, estimated_profile, measured_profile
from aedesk.analysis.noise_through import Clean, NoiseThrough, noise_through
from aedesk.analysis.quality import remaining_error
from aedesk.analysis.removed import Removed, look_at_removed
from aedesk.analysis.rows import clean_rows, drawn_rows, needs_all_rows, silent_rows, treated, wanted_rate
from aedesk.data.remedies import remedies_of, tones
from aedesk.data.sampling import Sampling
from aedesk.data.windowed import longest_stretch
from aedesk.training.trained_model import TrainedModel

METHODS = (savitzky_golay.METHOD, wiener.METHOD, wavelet.METHOD, moving_median.METHOD)

_MOST = 60_000  # samples that settings are tried on
_JUDGED_BY = 20_000  # samples, by which it is told what is taken off
_WINDOWS = 8


@dataclass(frozen=True, eq=False)
class Answer:
    """How one method cleans a signal.

    ``method`` and ``filter`` are None for the network; ``words`` name the setting. ``error`` is about how far the
    method is from the clean signal where it does not see the sample itself (root mean square, in the signal's
    units): what it misses of the noisy samples, without the noise; NaN where that is not known. ``left`` is about how far what it makes of the
    signal is from the clean one, 0 where that is not known, and ``removed`` what it takes off.
    """

    method: Method | None
    filter: Filter | None
    words: str
    error: float
    left: float
    removed: Removed | None


@dataclass(frozen=True, eq=False)
class Comparison:
    """A signal ``values`` ``[t]`` that a network has ``cleaned`` ``[t]``, and filters may clean as well.

    A network of several channels saw ``together`` ``[t, c]``, of which the signal is the ``channel``. What is done
    to a signal before the network sees it – a grid of times at a ``rate`` in Hz, remedies – is done for the filters,
    too. All are judged on a piece of the longest stretch without gaps. ``silence`` are rows that have nothing but
    noise, where such are known: they tell how strong it is, and where it is not white, settings are chosen by the
    error that noise of that spectrum would lead to.
    """

    model: TrainedModel
    values: np.ndarray
    cleaned: np.ndarray
    together: np.ndarray | None = None
    channel: int = 0
    sampling: Sampling = Sampling()  # noqa: RUF009 - frozen
    silence: slice | None = None
    rate: float = 0.0

    @cached_property
    def network(self) -> Answer:
        """The network's own answer, judged by itself alone."""
        error, through = self._network_error, self._network_through
        if not self._noise_is_told:
            return Answer(None, None, "", np.nan, 0.0, self.network_removed)
        if self._profile.gains is not None:  # nobody foretells without seeing what goes on from sample to sample
            clean = beside(self._seen_together, self.channel, self._network_sees)
            error = left = self._left(clean, through)
        elif self.model.recipe.blind:  # the best mixture with the noisy signal
            left = float(self._noise * error / np.hypot(self._noise, error)) if error else 0.0
        else:
            clean = beside(self._seen_together, self.channel, self._network_sees)
            left = self._left(clean, through)
        return Answer(None, None, "", error, left, self.network_removed)

    @cached_property
    def network_removed(self) -> Removed | None:
        """What the network takes off, judged by itself alone."""
        return self._judged(self._network_made, self._network_through)

    def answers(self) -> Iterator[Answer]:
        """The network's answer, and those of the classical methods, each set to what foretells unseen samples best.

        What they take off is judged by what they do to the best of them. A method that the signal is too short for
        gives no answer.
        """
        chosen: list[tuple[float, Method, Filter]] = []
        for method in METHODS:
            tried = [(self._error_of(one.clean), one) for one in method.filters(len(self._seen), self._noise)]
            if tried:
                error, best = min(tried, key=lambda found: found[0])
                chosen.append((error, method, best))
        error, _, nearest = min(chosen, key=lambda found: found[0], default=(np.inf, None, None))
        if nearest is None or (self.network.error if self._noise_is_told else self._network_error) <= error:
            centre, rest = self._network_made, self._network_through.kept
            yield self.network
        else:
            clean = self._on_piece(nearest)
            centre = np.asarray(clean(self._recorded), np.float64)
            rest = noise_through(clean, centre, self._own_draws).kept
            through = noise_through(self._network_alone, centre, self._own_draws, rest)
            yield replace(self.network, removed=self._judged(self._network_made, through))
        for error, method, one in chosen:
            clean = self._on_piece(one)
            through = noise_through(clean, centre, self._own_draws, rest)
            removed = self._judged(clean(self._recorded), through)
            if self._noise_is_told:
                yield Answer(method, one, one.words, error, self._left(one.clean, through), removed)
            else:
                yield Answer(method, one, one.words, np.nan, 0.0, removed)

    def values_by(self, answer: Answer, progress: Callable[[float], None] | None = None) -> np.ndarray:
        """The whole signal ``[t]`` as an answer has it, NaN where a value is missing, piece by piece.

        Nothing reaches across a gap; stretches that are too short for a filter stay as they are.
        """
        if answer.filter is None:
            return self.cleaned
        return self._filtered(answer.filter, self.values, self.sampling, progress)

    def _filtered(
        self, filter_: Filter, rows: np.ndarray, sampling: Sampling, progress: Callable[[float], None] | None = None
    ) -> np.ndarray:
        signal = treated(self.model, rows, sampling, self.rate)
        found = np.array(signal.values, self.cleaned.dtype)
        for part, piece in filter_.pieces(signal.values, signal.sampling.breaks):
            found[part] = piece
            if progress:
                progress(part.stop / len(found))
        return signal.back(found)

    @property
    def known_noise(self) -> float | None:
        """The standard deviation of the noise, where it is not to be told from the signal as if it were white."""
        return self._noise if self.silence is not None or self._taken_off is not None else None

    # -- the piece that all are judged on ---------------------------------------------------------

    @cached_property
    def _longest(self) -> slice:
        return longest_stretch(self._whole, self.sampling.breaks)

    @property
    def _whole(self) -> np.ndarray:
        """All channels that belong together, ``[t]`` or ``[t, c]``."""
        return self.values if self.together is None else self.together

    def _piece_of(self, most: int) -> slice:
        """So many rows, and where a grid of times is coarser than they are, so many that it has windows enough."""
        finer = (wanted_rate(self.model, self.rate) * (self.sampling.step or 0.0)) or 1.0
        count = int(max(most * min(1.0, finer), _WINDOWS * window_of(self.model)) / finer)
        return slice(self._longest.start, min(self._longest.stop, self._longest.start + count))

    @cached_property
    def _treated(self) -> np.ndarray:
        """The piece that settings are tried on, as methods see it: ``[n]`` or ``[n, c]``."""
        piece = self._piece_of(_MOST)
        signal = treated(self.model, self._whole[piece], self.sampling.part(piece), self.rate)
        return np.asarray(signal.values, np.float64)

    @property
    def _seen(self) -> np.ndarray:
        """The signal there, ``[n]``."""
        return self._treated if self.together is None else self._treated[:, self.channel]

    @property
    def _seen_together(self) -> np.ndarray | None:
        return None if self.together is None else self._treated

    @cached_property
    def _profile(self) -> NoiseProfile:
        """The noise of the piece as methods see it."""
        noise = self._silent
        if noise is None and self._taken_off is not None:
            noise = treated(self.model, self._taken_off, self.sampling.part(self._piece), self.rate).values
        if noise is None:
            return NoiseProfile(noise_level(self._seen))
        return measured_profile(noise if self.together is None else noise[:, self.channel])

    @property
    def _noise(self) -> float:
        return self._profile.level

    @cached_property
    def _silent(self) -> np.ndarray | None:
        """Rows of noise alone as methods see them, ``[m]`` or ``[m, c]``: known ones, or drawn at another rate."""
        if self.silence is None:
            return drawn_rows(self.model, self._whole, self.sampling, self.rate)
        return silent_rows(self.model, self._whole, self.sampling, self.silence, self.rate)

    @cached_property
    def _mixing(self) -> Mixing | None:
        """How a blind network's answer is mixed for the piece, and is still where other noise is tried on it.

        A network foretells the noise that it learned from a little better than other noise.
        """
        if not self.model.recipe.blind:
            return None
        scaled = self.model.scaler.scaled
        silent = None if self._silent is None else scaled(as_float32(self._silent))
        rows = treated(self.model, self._rows, self.sampling.part(self._piece), self.rate).values
        return mixing_of(self.model, scaled(as_float32(rows)), silent)

    def _network_sees(self, seen: np.ndarray) -> np.ndarray:
        return denoise(self.model, seen, mixing=self._mixing)

    def _error_of(self, clean: Clean) -> float:
        """How far a filter is from the clean signal: at samples that it does not see, where the noise is white.

        From those samples, noise and all, where nothing else tells of that.
        """
        if not self._noise_is_told:
            return float(np.sqrt(blind_error(clean, self._seen, self.model.recipe.nearest_seen)))
        if self._profile.gains is None:
            return self._beyond_noise(blind_error(clean, self._seen))
        made = np.asarray(clean(self._seen), np.float64)
        return remaining_error(self._seen - made, noise_through(clean, made, self._profile.draws(len(made))))

    @property
    def _noise_is_told(self) -> bool:
        """Whether the noise is known but for what the network takes off: then errors can be told from it."""
        return self.silence is not None or self._taken_off is None

    @cached_property
    def _network_error(self) -> float:
        apart = network_error(self.model, self._seen, self._seen_together, self.channel)
        return self._beyond_noise(apart) if self._noise_is_told else float(np.sqrt(apart))

    def _beyond_noise(self, apart: float) -> float:
        return beyond_noise(apart, self._noise, len(self._seen))

    # -- what is taken off, of a shorter piece: a network is asked for it again and again ----------

    @cached_property
    def _piece(self) -> slice:
        return self._piece_of(_JUDGED_BY)

    @cached_property
    def _rows(self) -> np.ndarray:
        """That piece as it was recorded, all channels that belong together: ``[n]`` or ``[n, c]``."""
        return np.asarray(self._whole[self._piece], np.float64)

    @cached_property
    def _taken_off(self) -> np.ndarray | None:
        """What the network takes off, like ``_rows``, where nothing else tells of the noise: that of neighbours is alike."""
        if not self.model.recipe.hides_neighbours:
            return None
        noise = self._rows - self._network_rows
        return noise if noise.std(axis=0).all() else None

    @cached_property
    def _draws(self) -> tuple[np.ndarray, np.ndarray]:
        """Noise as strong as that of the piece: ``[n]``, or of each channel ``[n, c]``."""
        if self.silence is None:
            return _drawn(self._rows, self._taken_off)
        return _drawn(self._rows, self._whole[self.silence])

    @cached_property
    def _strays(self) -> bool:
        return impulses(self._recorded, None) is not None

    @property
    def _recorded(self) -> np.ndarray:
        return self._rows if self.together is None else self._rows[:, self.channel]

    @property
    def _own_draws(self) -> tuple[np.ndarray, np.ndarray]:
        one, other = self._draws
        return (one, other) if self.together is None else (one[:, self.channel], other[:, self.channel])

    def _on_piece(self, filter_: Filter) -> Clean:
        """What a filter makes of the rows of the piece."""
        return partial(self._filtered, filter_, sampling=self.sampling.part(self._piece))

    @cached_property
    def _network_on_piece(self) -> Clean:
        """What the network makes of the rows of the piece, all channels that belong together."""
        part = self.sampling.part(self._piece)
        return partial(clean_rows, self.model, sampling=part, rate=self.rate, mixing=self._mixing)

    @property
    def _network_alone(self) -> Clean:
        """The same of the signal, while other channels stay as they are."""
        return beside(None if self.together is None else self._rows, self.channel, self._network_on_piece)

    @cached_property
    def _network_rows(self) -> np.ndarray:
        return np.asarray(self._network_on_piece(self._rows), np.float64)

    @property
    def _network_made(self) -> np.ndarray:
        """The piece as the network has it, ``[n]``."""
        return self._network_rows if self.together is None else self._network_rows[:, self.channel]

    @cached_property
    def _network_through(self) -> NoiseThrough:
        through = noise_through(self._network_on_piece, self._network_rows, self._draws)
        return through if self.together is None else through.part((slice(None), self.channel))

    def _left(self, clean: Clean, through: NoiseThrough) -> float:
        """How far what a method makes of the piece as it sees it is from the clean signal."""
        made = clean(self._seen)
        if needs_all_rows(self.model, self.rate):
            draws = _drawn(self._seen) if self._silent is None else self._profile.draws(len(made))
            through = noise_through(clean, np.asarray(made, np.float64), draws)
        return remaining_error(self._seen - made, through)

    def _judged(self, cleaned: np.ndarray, through: NoiseThrough) -> Removed | None:
        """By what noise explains, unless that is of another kind than is drawn, and methods treat it in other ways."""
        step = self.sampling.step
        notched = [tone * (step or 1.0) for tone in tones(remedies_of(self.model.recipe.data.source), 1 / (step or 1.0))]
        return look_at_removed(self._recorded - cleaned, cleaned, None if self._strays else through, step, notched)


def _drawn(values: np.ndarray, silent: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Two draws of noise as that of values ``[n]``, or in each channel ``[n, c]``, like what is silent but for the noise."""
    if values.ndim == 1:
        profile = estimated_profile(values) if silent is None else measured_profile(silent)
        return profile.draws(len(values))
    known = values if silent is None else silent
    profiles = [estimated_profile(one) if silent is None else measured_profile(one) for one in known.T]
    each = [profile.draws(len(values), seed) for seed, profile in enumerate(profiles)]
    first, second = (np.stack(draws, axis=1) for draws in zip(*each, strict=True))
    return first, second
