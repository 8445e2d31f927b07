"""Pictures from files, the clipboard and drops, as arrays."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QImage, QImageReader

from aedesk.analysis.drawing import check_picture_size
from aedesk.errors import DataError

translate = QCoreApplication.translate


def picture_suffixes() -> list[str]:
    """The endings of the image files that can be read, without dots."""
    return sorted(bytes(name).decode() for name in QImageReader.supportedImageFormats())


def read_picture(path: Path) -> np.ndarray:
    """An image file as uint8 ``[h, w, 4]`` (RGB and alpha), turned upright.

    Raises `DataError` for what is no readable image, or too large.
    """
    if not path.is_file():
        text = translate("PictureInput", "There is no file {path}. Choose another one.")
        raise DataError(text.format(path=path))
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if size.isValid():
        check_picture_size(size.height(), size.width())
    image = reader.read()
    if image.isNull():
        text = translate(
            "PictureInput",
            "{path} cannot be read as an image ({reason}). Choose a PNG, JPEG or other image file.",
        )
        raise DataError(text.format(path=path, reason=reader.errorString().rstrip(".")))
    return array_of(image)


def picture_of(mime: QMimeData) -> np.ndarray:
    """The picture in dropped or copied data, as `read_picture` returns it.

    Raises `DataError` where there is none.
    """
    image = mime.imageData() if mime.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return array_of(image)
    for url in mime.urls():
        if url.isLocalFile():
            return read_picture(Path(url.toLocalFile()))
    raise DataError(
        translate(
            "PictureInput", "There is no picture to paste. Copy an image first, then paste it here."
        )
    )


def has_picture(mime: QMimeData) -> bool:
    """Whether data holds a picture, or names a local file that looks like one."""
    return mime.hasImage() or any(
        url.isLocalFile() and Path(url.toLocalFile()).suffix[1:].lower() in picture_suffixes()
        for url in mime.urls()
    )


def array_of(image: QImage) -> np.ndarray:
    """An image as uint8 ``[h, w, 4]``: RGB and alpha."""
    check_picture_size(image.height(), image.width())
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4).copy()
