"""What the window remembers from one start to the next."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

_MOST_RECENT = 10


class Settings:
    """QSettings with a name for each thing. A value that makes no sense counts as not there."""

    def __init__(self) -> None:
        self._store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "AEDesk", "AEDesk")

    def geometry(self) -> QByteArray | None:
        return self._bytes("window/geometry")

    def layout(self) -> QByteArray | None:
        return self._bytes("window/layout")

    def set_window(self, geometry: QByteArray, layout: QByteArray) -> None:
        self._store.setValue("window/geometry", geometry)
        self._store.setValue("window/layout", layout)

    def theme(self) -> str:
        value = self._store.value("window/theme", "system")
        return value if value in ("system", "light", "dark") else "system"

    def set_theme(self, theme: str) -> None:
        self._store.setValue("window/theme", theme)

    def folder(self) -> Path:
        """The folder that a file dialog opens in."""
        value = self._store.value("files/folder")
        return Path(value) if isinstance(value, str) and Path(value).is_dir() else Path.home()

    def recent_files(self) -> list[Path]:
        """The files and folders opened or saved last, the newest first; those that are gone are left out."""
        value = self._store.value("files/recent", [])
        names = [value] if isinstance(value, str) else value
        return [Path(name) for name in names if Path(name).exists()] if isinstance(names, list) else []

    def add_recent_file(self, path: Path) -> None:
        path = path.absolute()
        recent = [path, *(other for other in self.recent_files() if other != path)][:_MOST_RECENT]
        self._store.setValue("files/recent", [str(file) for file in recent])
        self._store.setValue("files/folder", str(path.parent))

    def offered_model(self) -> Path | None:
        """A model that was kept when the window closed during training."""
        value = self._store.value("files/offered")
        return Path(value) if isinstance(value, str) and Path(value).is_file() else None

    def set_offered_model(self, path: Path | None) -> None:
        self._store.setValue("files/offered", str(path) if path else "")

    def sync(self) -> None:
        self._store.sync()

    def _bytes(self, key: str) -> QByteArray | None:
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else None
