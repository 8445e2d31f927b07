"""``aedesk generate``: samples that nobody recorded, drawn and decoded."""

from math import ceil, sqrt
from pathlib import Path

import numpy as np

from aedesk.analysis.sampling import Sampler, needs_codes, sampler_for, training_codes
from aedesk.data.loading import load
from aedesk.errors import AedeskError, DataError
from aedesk.files import model_file
from aedesk.files.samples import check_kind, write_samples
from aedesk.training.trained_model import TrainedModel


def generate(model_path: Path, count: int, temperature: float, seed: int, out: Path) -> int:
    """Write ``count`` new samples as a grid of pictures (PNG), or a row each (CSV, NPY)."""
    model = model_file.load(model_path)
    check_kind(model, out)  # before the work rather than after it
    sampler = _sampler(model)
    samples = model.decode(sampler.draw(count, temperature, seed))
    if not np.isfinite(samples).all():
        raise AedeskError(
            f"{model_path.name} gives back values that are no numbers. Its network has diverged; train it "
            "again with a smaller learning rate."
        )
    write_samples(samples, model, out, columns=ceil(sqrt(count)))
    print(f"{count} {'sample' if count == 1 else 'samples'} drawn from {sampler.title}, saved as {out}")
    return 0


def _sampler(model: TrainedModel) -> Sampler:
    """The model's sampler; its data are read where it takes them."""
    if not needs_codes(model.recipe):
        return sampler_for(model)
    try:
        dataset = load(model.recipe.data)
        if dataset.shape != model.shape:
            raise DataError("Their shape has changed.")
    except DataError as error:
        raise DataError(
            "New samples of this model are drawn from a mixture fitted to the codes of the data it learned "
            f"from, and these cannot be had. {error}"
        ) from error
    return sampler_for(model, training_codes(model, dataset))
