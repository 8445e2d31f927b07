"""What can go wrong in a way a person can mend: each error carries a sentence for that person."""


class AedeskError(Exception):
    """Something the user can mend. Its text says what is wrong, where, and what to do.

    The command line prints it as one line and exits with 2; the window shows it where the
    problem is. Any other exception is a bug.

    ``by_flag`` is a sentence on what to do that only a terminal has flags for, "" where there is none.
    """

    by_flag = ""

    def in_terminal(self) -> str:
        """The text for the command line."""
        return f"{self} {self.by_flag}".rstrip()


class DataError(AedeskError):
    """Data that cannot be read, or does not fit what it is asked for.

    ``line`` is the line of the file, from 1, in which something is wrong, None where it is in no one line.
    """

    def __init__(self, sentence: str, line: int | None = None, by_flag: str = "") -> None:
        super().__init__(sentence)
        self.line, self.by_flag = line, by_flag


class RecipeError(AedeskError):
    """A recipe that cannot be followed."""


class ModelFileError(AedeskError):
    """A model file that cannot be read or written."""


class TrainingError(AedeskError):
    """A training run that cannot start or go on."""
