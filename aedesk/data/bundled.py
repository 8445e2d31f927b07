"""Reading the small data sets that come with scikit-learn."""

from typing import Any

import numpy as np

from aedesk.data.source import Raw


def bundled_table(bunch: Any) -> Raw:
    """A Raw of scikit-learn's ``load_…()`` result: ``[n, features]`` with labels and names."""
    return Raw(
        values=np.asarray(bunch.data, dtype=np.float32),
        labels=np.asarray(bunch.target),
        label_names=tuple(str(name) for name in bunch.target_names),
        feature_names=tuple(str(name) for name in bunch.feature_names),
    )
