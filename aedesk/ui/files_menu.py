"""Opening and saving from the window."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu

from aedesk.data.recording_file import SUFFIXES as SIGNAL_SUFFIXES
from aedesk.errors import AedeskError
from aedesk.files import recipe_file
from aedesk.ui.notice_bar import NoticeBar
from aedesk.ui.panels.signal_dialogs import folder_to_open
from aedesk.ui.presenter import Presenter
from aedesk.ui.settings import Settings
from aedesk.ui.work import Work

if TYPE_CHECKING:
    from aedesk.training.trained_model import TrainedModel

MODEL, RECIPE = ".aedesk", ".toml"
PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".webp")


class FilesMenu(QObject):
    """Knows what to do with a file of each kind; what goes wrong is said in the notice bar."""

    def __init__(
        self, window: QMainWindow, presenter: Presenter, notices: NoticeBar, settings: Settings
    ) -> None:
        super().__init__(window)
        self._window, self._presenter = window, presenter
        self._notices, self._settings = notices, settings
        self._desk = presenter.desk

    # -- opening ------------------------------------------------------------------------------

    def open(self) -> None:
        """Ask for a file of any kind and open it."""
        patterns = " ".join(f"*{suffix}" for suffix in (MODEL, RECIPE, *SIGNAL_SUFFIXES, *PICTURES))
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open a model, a recipe, a signal or a picture"),
            str(self._settings.folder()),
            self.tr("What AEDesk opens ({patterns})").format(patterns=patterns),
        )
        if name:
            self.open_path(Path(name))

    def open_folder(self) -> None:
        """Ask for a folder of recordings and open it."""
        name = folder_to_open(self._window, self._settings.folder())
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Open a file by its kind."""
        self._notices.forget()
        suffix = path.suffix.lower()
        if path.is_dir():
            self._settings.add_recent_file(path)
            self._presenter.open_signal(path)
            return
        if not path.is_file():
            self._notices.show_problem(
                self.tr("There is no file {path}. It may have been moved or renamed.").format(path=path)
            )
            return
        if suffix == MODEL:
            self._open_model(path)
        elif suffix == RECIPE:
            self._open_recipe(path)
        elif suffix in SIGNAL_SUFFIXES:
            self._settings.add_recent_file(path)
            self._presenter.open_signal(path)
        elif suffix in PICTURES:
            self._settings.add_recent_file(path)
            self._presenter.open_picture(path)
        else:
            self._notices.show_problem(
                self.tr(
                    "AEDesk does not know what to do with {name}. It opens models (.aedesk), recipes "
                    "(.toml), signals (.csv, .parquet, .wav, .flac, .ogg, .npy, .mat) and pictures (.png, .jpg)."
                ).format(name=path.name)
            )

    def _open_model(self, path: Path) -> None:
        if self._is_busy():
            return
        work = Work(_load_model, path, parent=self)
        work.done.connect(partial(self._on_model_read, path))
        work.failed.connect(self._notices.show_problem)
        work.start()

    def _is_busy(self) -> bool:
        """Whether no model can be opened now; if so, that is said."""
        if self._desk.is_training():
            self._notices.show_problem(self.tr("Stop the training first, then open the model."))
        elif self._desk.state == "loading":
            self._notices.show_problem(self.tr("Data are being read. Open the model when that is done."))
        return self._desk.state != "idle"

    def _on_model_read(self, path: Path, model: "TrainedModel") -> None:
        if self._is_busy():
            return  # a run has begun while it was read
        self._settings.add_recent_file(path)
        self._presenter.open_model(model)
        self._notices.show_news(self.tr("{name} is open.").format(name=path.name))

    def _open_recipe(self, path: Path) -> None:
        try:
            self._presenter.show_recipe(recipe_file.read_recipe(path))
        except AedeskError as error:
            self._notices.show_problem(str(error))
        else:
            self._settings.add_recent_file(path)

    # -- saving -------------------------------------------------------------------------------

    def save_model(self) -> None:
        """Ask for a name and save the open model as it is now."""
        model = self._desk.model()
        if model is None:
            self._notices.show_problem(self.tr("There is no model to save yet. Train one first."))
            return
        path = self._ask_name(self.tr("Save the model"), f"{model.recipe.name}{MODEL}", MODEL)
        if path:
            self.save_model_as(path)

    def save_model_as(self, path: Path) -> None:
        """Save the open model under a name."""
        model = self._desk.model()
        if model is None:
            return
        work = Work(_save_model, model, path, parent=self)
        work.done.connect(lambda _: self._on_saved(path))
        work.failed.connect(self._notices.show_problem)
        work.start()

    def _on_saved(self, path: Path) -> None:
        self._desk.saved()
        self._settings.add_recent_file(path)
        self._notices.show_news(self.tr("Saved as {path}.").format(path=path))

    def save_recipe(self) -> None:
        """Ask for a name and save the builder's recipe as TOML."""
        recipe = self._presenter.panels.builder.recipe()
        if recipe is None:
            self._notices.show_problem(
                self.tr("The recipe has an impossible choice. Correct what is marked in the builder first.")
            )
            return
        path = self._ask_name(self.tr("Save the recipe"), f"{recipe.name}{RECIPE}", RECIPE)
        if path:
            try:
                recipe_file.write_recipe(recipe, path)
            except AedeskError as error:
                self._notices.show_problem(str(error))
            else:
                self._settings.add_recent_file(path)
                self._notices.show_news(self.tr("Saved as {path}.").format(path=path))

    def _ask_name(self, title: str, name: str, suffix: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, title, str(self._settings.folder() / name), f"*{suffix}"
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix == suffix else path.with_name(path.name + suffix)

    # -- menus that are made when they open -----------------------------------------------------

    def fill_recent(self, menu: QMenu) -> None:
        """The files opened or saved last."""
        self._fill(menu, self._settings.recent_files(), self.tr("No files yet"))

    def fill_kept(self, menu: QMenu) -> None:
        """The models that AEDesk kept by itself."""
        from aedesk.files.kept import kept

        self._fill(menu, kept(), self.tr("No models yet"))

    def _fill(self, menu: QMenu, paths: list[Path], otherwise: str) -> None:
        menu.clear()
        for path in paths:
            action = menu.addAction(path.name, _call(self.open_path, path))
            action.setToolTip(str(path))
        if not paths:
            menu.addAction(otherwise).setEnabled(False)


def _call(function: Callable[[Path], None], path: Path) -> Callable[[], None]:
    return lambda: function(path)


def _load_model(path: Path) -> "TrainedModel":
    from aedesk.files import model_file

    return model_file.load(path)


def _save_model(model: "TrainedModel", path: Path) -> None:
    from aedesk.files import model_file

    model_file.save(model, path)
