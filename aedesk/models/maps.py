"""How a sample is seen as maps, ``(channels, *sizes)``, and how sizes change from layer to layer."""

from aedesk.models.architecture import Shape


def maps_of(shape: Shape) -> Shape:
    """The maps of a sample: an image's channels, one for a signal or table, one per letter for words.

    Words come as ``(length, alphabet)`` and are maps ``(alphabet, length)``.
    """
    if len(shape) == 3:
        return shape
    return (shape[1], shape[0]) if len(shape) == 2 else (1, *shape)


def shrunk(sizes: Shape, stride: int) -> Shape:
    """The sizes of maps after a layer of that stride: what does not divide is rounded up."""
    return tuple(-(-size // stride) for size in sizes)


def same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """How many zeros before and after a row make ``ceil(size / stride)`` of it, equal where that can be."""
    outputs = -(-size // stride)
    least = max(0, (outputs - 1) * stride + kernel - size)
    even = -(-least // 2)
    if size + 2 * even - kernel < outputs * stride:
        return even, even
    return least // 2, least - least // 2


def transposed_padding(inputs: int, outputs: int, kernel: int, stride: int) -> tuple[int, int]:
    """``padding`` and ``output_padding`` with which a transposed convolution makes ``outputs`` of ``inputs``.

    ``inputs`` is ``ceil(outputs / stride)``, and ``kernel`` at least ``stride``.
    """
    surplus = (inputs - 1) * stride + kernel - outputs
    extra = surplus % 2
    return (surplus + extra) // 2, extra
