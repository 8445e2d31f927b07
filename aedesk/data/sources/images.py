"""A folder of pictures, brought to one size."""

from pathlib import Path
from typing import ClassVar, Literal

import numpy as np

from aedesk.data.source import Beside, Form, Raw, Source, file_stamp
from aedesk.errors import DataError
from aedesk.options import option


class Images(Source):
    """Pictures from a folder; subfolders, where there are any, become the labels."""

    title: ClassVar[str] = "Pictures (a folder)"
    summary: ClassVar[str] = "A folder of pictures, cut square and resized; subfolders become labels."
    kind: Literal["images"] = "images"
    folder: str = option("", "Folder", "The folder that holds the pictures, or one subfolder per label.")
    size: int = option(
        28,
        "Size",
        "Every picture is cut to a square in its middle and resized to this width and height.",
        unit="pixels",
        ge=4,
        le=512,
    )
    colour: bool = option(
        False, "Colour", "Keep red, green and blue. Off, pictures are turned to grey and learn faster."
    )

    @property
    def form(self) -> Form:
        return "image"

    def shape(self) -> tuple[int, ...]:
        return (3 if self.colour else 1, self.size, self.size)

    def has(self, what: Beside) -> bool | None:
        return None if what == "labels" else False  # labels, where there are subfolders

    def missing(self) -> tuple[str, str] | None:
        return None if self.folder else ("folder", "Choose the folder of pictures to learn from.")

    def stamp(self) -> object:
        return [(str(file), file_stamp(file)) for file in self._files()[0]]

    def read(self) -> Raw:
        from torchvision import transforms
        from torchvision.datasets.folder import default_loader

        files, labels, names = self._files()
        prepare = transforms.Compose(
            [
                transforms.Resize(self.size, antialias=True),
                transforms.CenterCrop(self.size),
                *([] if self.colour else [transforms.Grayscale()]),
                transforms.PILToTensor(),
            ]
        )
        values = np.empty((len(files), *self.shape()), np.uint8)
        for row, file in enumerate(files):
            try:
                values[row] = prepare(default_loader(str(file))).numpy()
            except (OSError, ValueError, SyntaxError) as error:
                raise DataError(f"The picture {file} cannot be read: {error}. Mend or remove it.") from error
        return Raw(values, labels, names)

    def _files(self) -> tuple[list[Path], np.ndarray | None, tuple[str, ...]]:
        from torchvision.datasets.folder import IMG_EXTENSIONS

        root = Path(self.folder).expanduser()
        if not root.is_dir():
            raise DataError(f"There is no folder {root}. Choose the folder that holds the pictures.")
        found = sorted(
            file for file in root.rglob("*") if file.suffix.lower() in IMG_EXTENSIONS and file.is_file()
        )
        if len(found) < 2:
            raise DataError(f"The folder {root} holds {len(found)} pictures; at least 2 are needed.")
        names = sorted({file.relative_to(root).parts[0] for file in found if file.parent != root})
        if len(names) < 2 or any(file.parent == root for file in found):
            return found, None, ()
        labels = np.array([names.index(file.relative_to(root).parts[0]) for file in found])
        return found, labels, tuple(names)
