"""Sampling rates compared, and in as few digits as tell them."""

_APART = 0.02  # relative: clocks are not better than that in some loggers


def plain_rate(rate: float) -> float:
    """A sampling rate in as few digits as tell it to a ten thousandth; times are not more exact."""
    rounded = (float(f"{rate:.{digits}g}") for digits in range(1, 8))
    return next((plain for plain in rounded if abs(plain - rate) < 1e-4 * rate), rate)


def other_rate(step: float | None, wanted: float | None) -> float | None:
    """The rate in Hz of samples ``wanted`` seconds apart, where those ``step`` seconds apart have another; else None."""
    if not step or not wanted or abs(step / wanted - 1) <= _APART:
        return None
    return plain_rate(1 / wanted)
