"""Which rows of a Dataset the views look at."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from aedesk.data.dataset import Dataset
    from aedesk.training.events import Watch
    from aedesk.training.trained_model import TrainedModel

_MOST_ROWS_RANKED = 4096
_MOST_SELECTED = 64


class WatchedRows:
    """What the map shows (``part``) and what the reconstructions show (``choice``, ``count``).

    Choices are ``first``, ``random`` (drawn anew by ``draw_again``), ``worst`` (of a ranking given
    with ``rank``) and ``selected`` (what was clicked, the newest first, or a handful alone).
    """

    def __init__(self) -> None:
        self.part = "validation"
        self.choice = "first"
        self.count = 10
        self._draw = 0
        self._selected: list[int] = []
        self._alone = False
        self._worst: list[int] = []

    def clear(self) -> None:
        """Forget rows of a data set that is gone."""
        self._selected, self._worst = [], []

    def draw_again(self) -> None:
        self._draw += 1

    def select(self, row: int) -> None:
        """Put a clicked row first among the selected ones and show those."""
        before = [] if self._alone else self._selected
        self._selected = [row, *(other for other in before if other != row)][:_MOST_SELECTED]
        self.choice, self._alone = "selected", False

    def select_alone(self, rows: "np.ndarray") -> None:
        """Show these rows and no others."""
        self._selected = rows[:_MOST_SELECTED].tolist()
        self.choice, self._alone = "selected", True

    def rank(self, rows: "np.ndarray") -> None:
        """The rows with the largest errors, the worst first."""
        self._worst = rows.tolist()

    def watch(self, dataset: "Dataset") -> "Watch":
        """The rows as a Watch."""
        import torch

        from aedesk.training.events import Watch

        return Watch(dataset.rows(self.part), torch.tensor(self._rows(dataset), dtype=torch.int64))

    def _rows(self, dataset: "Dataset") -> list[int]:
        rows = dataset.rows("validation" if self.part == "all" else self.part)
        if dataset.recording is not None:
            rows = rows[rows % dataset.shape[0] == rows[0] % dataset.shape[0]]  # windows end to end
        shown = rows[: self.count].tolist()
        if self.choice == "random":
            shown = _sample(rows, self.count, self._draw).tolist()
        elif self.choice == "worst":
            shown = self._worst[: self.count]  # none before they are ranked
        elif self.choice == "selected" and self._selected and self._alone:
            shown = self._selected[: self.count]
        elif self.choice == "selected" and self._selected:
            shown = (self._selected + [row for row in shown if row not in self._selected])[: self.count]
        return [row for row in shown if row < len(dataset.inputs)]

    def ranked_part(self, dataset: "Dataset") -> "np.ndarray":
        """The rows to rank by error: a random few thousand of the watched part."""
        return _sample(dataset.rows(self.part), _MOST_ROWS_RANKED, 0)


def _sample(rows: "np.ndarray", count: int, seed: int) -> "np.ndarray":
    import numpy as np

    return np.random.default_rng(seed).permutation(np.asarray(rows))[:count]


def worst_rows(model: "TrainedModel", dataset: "Dataset", rows: "np.ndarray") -> "np.ndarray":
    """``rows`` ordered by the error of their reconstruction, the worst first."""
    import numpy as np
    import torch

    from aedesk.training.snapshot import wanted_rows
    from aedesk.training.trained_model import apply_in_chunks

    x = wanted_rows(model.recipe, dataset, torch.as_tensor(rows))
    errors = np.square(apply_in_chunks(model.autoencoder, x) - x.numpy()).reshape(len(rows), -1).mean(1)
    return rows[np.argsort(-errors)]
