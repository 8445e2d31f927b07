"""What a map knows of the samples behind its points."""

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from aedesk.ui.views import latent_tile_styles
from aedesk.ui.views.latent_card import SampleCard
from aedesk.ui.views.latent_colours import Colouring, by_label, by_time, one_colour
from aedesk.ui.views.latent_tiles import TileStyle

if TYPE_CHECKING:
    from aedesk.data.dataset import Dataset

_ROWS_FOR_LIMITS = 512
_GOLDEN = 0.6180339887498949  # its multiples spread evenly between whole numbers
_LANE = 0.7


class MapSamples:
    """A data set as a map sees it: colours, lanes, and samples for its card."""

    def __init__(self, dataset: "Dataset") -> None:
        self._dataset = dataset
        self.held_out = dataset.held_out

    def __len__(self) -> int:
        return len(self._dataset.inputs)

    @cached_property
    def colouring(self) -> Colouring:
        """Colours by label; without labels, signals go by time and the rest is of one colour."""
        if self._dataset.labels is not None:
            return by_label(self._dataset.labels, self._dataset.label_names)
        return by_time() if self._dataset.form == "signal" else one_colour(len(self))

    def lanes(self, rows: np.ndarray) -> np.ndarray:
        """Where rows ``[m]`` lie beside a code of a single number: at their label, or their own number."""
        if not self.colouring.names:
            return rows.astype(np.float64)
        return self.colouring.classes_of(rows) + (rows * _GOLDEN % 1 - 0.5) * _LANE

    def show_row(self, card: SampleCard, row: int) -> None:
        """Show a row of the data set on a card, with its label and number."""
        names = self.colouring.names
        heading = names[self.colouring.classes[row]] if names else ""
        footer = card.tr("Sample {row}").format(row=row)
        self.show_sample(card, self._dataset.inputs[row].numpy(), heading, footer)

    def show_sample(self, card: SampleCard, sample: np.ndarray, heading: str, footer: str) -> None:
        """Show a sample ``[*shape]`` in scaled units on a card; tables in the units they came in."""
        dataset = self._dataset
        sample = np.asarray(sample).reshape(dataset.shape)
        if dataset.form == "table" or sample.size == 1:
            sample = dataset.scaler.unscaled(sample[None])[0]
        card.show_sample(sample, dataset.form, self._limits, dataset.feature_names, heading, footer)

    @cached_property
    def tile_style(self) -> TileStyle | None:
        """How decoded samples look as tiles, None where they do not."""
        dataset = self._dataset
        if dataset.form == "image":
            return latent_tile_styles.images(dataset.shape, self._limits, dataset.name == "images")
        if dataset.form == "signal" and dataset.shape != (1,):
            return latent_tile_styles.curves(dataset.shape, self._limits)
        if dataset.form == "words":
            return latent_tile_styles.words(dataset.shape, dataset.feature_names)
        return None

    @cached_property
    def _limits(self) -> tuple[float, float]:
        some = self._dataset.inputs[:: -(-len(self) // _ROWS_FOR_LIMITS)]
        low, high = float(some.min()), float(some.max())
        return (low, high) if high > low else (low - 0.5, low + 0.5)
