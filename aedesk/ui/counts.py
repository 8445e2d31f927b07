"""Counts as people read them."""


def grouped(number: float) -> str:
    """A whole number in groups of three, between which no line breaks: 18 076."""
    return f"{number:,.0f}".replace(",", "\u202f")
