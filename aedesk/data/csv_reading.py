"""How a table in text is to be read, as far as a person says so; the rest is guessed from the file."""

from typing import Literal

from aedesk.options import Options, option

Guessed = Literal["guess", "yes", "no"]


class CsvReading(Options):
    """What is known about a text file before it is read. Whatever is left alone is guessed."""

    encoding: str = option("", "Encoding", "How letters are written, such as utf-8 or cp1252. Left empty, it is guessed.")
    delimiter: str = option(
        "",
        "Delimiter",
        "The character between two values, or \\t for a tab; a space stands for any run of them. Left empty, it is guessed.",
        max_length=2,
    )
    decimal: Literal["", ".", ","] = option("", "Decimal mark", "What stands before the fraction of a number. Left empty, it is guessed.")
    thousands: Literal["", "none", ".", ",", " ", "'", "_"] = option(
        "", "Thousands mark", "What groups the digits of large numbers. Left empty, it is guessed."
    )
    quote: Literal["", "none", '"', "'"] = option("", "Quotation mark", "What encloses a value that holds the delimiter. Left empty, it is guessed.")
    comment: str = option("", "Comment mark", "What a line begins with that is no data, such as #; none where there is no such mark. Left empty, it is guessed.", max_length=8)
    skip: int | None = option(
        None,
        "Skip lines",
        "How many lines stand above the table: a title, settings of an instrument. Off, they are found.",
        unit="lines",
        ge=0,
        le=1_000_000,
    )
    header: Guessed = option("guess", "Names", "Whether the first row holds the names of the columns.")
    units: Guessed = option("guess", "Units", "Whether a row of units stands below the names.")
    missing: str = option(
        "",
        "Missing values",
        "Further cells that mean that there is no value, with spaces between: -200 OVLD Inf; none where there are none. "
        "Left empty, words such as OVLD are known, and numbers such as -200 are found that stand far off and recur.",
    )
    time: str = option("", "Time column", "The column that tells when each row was taken; - for none. Left empty, it is guessed.")
    day_first: Guessed = option("guess", "Day first", "Whether 03/04 is the third of April (yes) or March the fourth (no).")
    rate: float | None = option(
        None,
        "Sampling rate",
        "How many samples are taken in a second. Off, the file says, or it is not known.",
        unit="Hz",
        gt=0,
        le=1e12,
    )
