"""The window: it puts the panels together and knows what they are not to know of each other."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox, QToolBar, QVBoxLayout, QWidget

from aedesk import paths
from aedesk.errors import AedeskError
from aedesk.files.recipe_file import DEFAULT_RECIPE, read_shipped
from aedesk.ui import theme
from aedesk.ui.desk import Desk
from aedesk.ui.docks import Docks
from aedesk.ui.files_menu import FilesMenu
from aedesk.ui.menus import fill_menu_bar
from aedesk.ui.notice_bar import NoticeBar
from aedesk.ui.panel_set import make_panels
from aedesk.ui.presenter import Presenter
from aedesk.ui.settings import Settings
from aedesk.ui.window_height import WindowHeight, room_in
from aedesk.ui.work import Work

if TYPE_CHECKING:
    from aedesk.data.dataset import Dataset
    from aedesk.training.trained_model import TrainedModel

LAYOUT = 2
"""Which panels there are: a layout saved when there were others is left out."""

_FIRST_SIZE = QSize(1280, 800)


class MainWindow(QMainWindow):
    """Docks around a Desk. Torch is not needed to show it: ``load_engine`` brings it in afterwards."""

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self.settings = settings or Settings()
        self.setWindowTitle("AEDesk")
        self.setWindowIcon(QIcon(str(paths.resource("icons", "aedesk.svg"))))
        self.setAcceptDrops(True)
        WindowHeight(self)
        self.resize(_first_size(self.screen().availableSize()))
        self.desk = Desk(self)
        self.panels = make_panels(read_shipped(DEFAULT_RECIPE), self)
        self.notices = NoticeBar(self)
        self._add_top()
        self.docks = Docks(self, self.panels)
        self.presenter = Presenter(self.desk, self.panels, self.docks, self)
        self.files = FilesMenu(self, self.presenter, self.notices, self.settings)
        self.desk.problem.connect(self.notices.show_problem)
        self.panels.signal.notice.connect(self.notices.show_news)
        self.panels.signal.file_opened.connect(self.notices.forget)
        self.desk.dataset_changed.connect(self._on_dataset_changed)
        self.desk.model_changed.connect(self._on_model_changed)
        self.desk.finished.connect(self._on_finished)
        self.desk.measured.connect(self._on_measured)
        self.desk.state_changed.connect(self._on_state_changed)
        self._kept_as: Path | None = None
        self.panels.pad.image_folder = str(self.settings.folder())
        self.panels.signal.folder = self.settings.folder()
        for dock in self.docks.all():
            dock.visibilityChanged.connect(self._on_dock_visibility)
        fill_menu_bar(self)
        self._restore()

    def _add_top(self) -> None:
        """The run bar and, under it, the place for notices."""
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.panels.run_bar)
        column.addWidget(self.notices)
        bar = QToolBar(self.tr("Run bar"), self, movable=False, floatable=False)
        bar.setObjectName("run_bar")
        bar.toggleViewAction().setVisible(False)
        bar.addWidget(holder)
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, bar)

    def _restore(self) -> None:
        geometry, layout = self.settings.geometry(), self.settings.layout()
        if geometry:
            self.restoreGeometry(geometry)
        if layout:
            self.restoreState(layout, LAYOUT)
            self.docks.settle()

    # -- starting -----------------------------------------------------------------------------

    def load_engine(self) -> None:
        """Import torch in the background, with a note until it is there."""
        self.panels.run_bar.set_ready(False, self.tr("Loading PyTorch…"))
        work = Work(_import_engine, parent=self)
        work.done.connect(self._on_engine_loaded)
        work.start()

    def _on_engine_loaded(self, devices: list[tuple[str, str]]) -> None:
        self.panels.run_bar.set_devices(devices)
        self.panels.run_bar.set_ready(True, "")
        offered = self.settings.offered_model()
        if offered:
            self.settings.set_offered_model(None)
            self.notices.offer(
                self.tr("When you closed AEDesk it was still training. What it had learned was kept."),
                self.tr("Open that model"),
                lambda: self.files.open_path(offered),
            )

    # -- menus --------------------------------------------------------------------------------

    def set_theme(self, name: str) -> None:
        """``system``, ``light`` or ``dark``, now and at the next start."""
        self.settings.set_theme(name)
        theme.apply(QApplication.instance(), name)

    def reset_layout(self) -> None:
        """Put all panels back to where they were at the first start."""
        self.docks.reset()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.docks.keep_builder_width()

    def _on_dock_visibility(self, seen: bool) -> None:
        if not seen:  # but resetting the layout hides all of them for a moment
            QTimer.singleShot(0, self, self._offer_panels)

    def _offer_panels(self) -> None:
        if self.isVisible() and all(dock.isHidden() for dock in self.docks.all()):
            self.notices.offer(
                self.tr("All panels are hidden. The View menu brings each of them back."),
                self.tr("Show all panels"),
                self.reset_layout,
            )

    def show_about(self) -> None:
        from aedesk.ui.dialogs.about import AboutDialog

        dialog = AboutDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _on_dataset_changed(self, dataset: "Dataset | None") -> None:
        if dataset is not None and dataset.note:
            self.notices.show_news(dataset.note)

    # -- models are never lost ------------------------------------------------------------------

    def _on_model_changed(self, model: object) -> None:
        star = "*" if self.desk.unsaved else ""
        name = model.recipe.title or model.recipe.name if model else ""
        self.setWindowTitle(f"{name}{star} – AEDesk" if name else "AEDesk")

    def _on_state_changed(self, state: str) -> None:
        if state == "loading" and self.notices.text():
            self.notices.hide()  # it was about an earlier run

    def _on_finished(self, model: "TrainedModel") -> None:
        from aedesk.files.kept import place_for

        try:
            self._kept_as = place_for(model)
        except OSError as error:
            self.notices.show_problem(self.tr("The model cannot be kept: {reason}.").format(reason=error))
        else:
            self._keep_later(model)

    def _on_measured(self, figures: dict[str, object]) -> None:
        model = self.desk.model()
        if self._kept_as and model and self.desk.unsaved:
            self._keep_later(model)  # once more, with its figures

    def _keep_later(self, model: "TrainedModel") -> None:
        work = Work(_keep, model, self._kept_as, parent=self)
        work.failed.connect(self.notices.show_problem)
        work.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._give_up_model():
            event.ignore()
            return
        self.settings.set_window(self.saveGeometry(), self.saveState(LAYOUT))
        self.settings.sync()
        super().closeEvent(event)

    def _give_up_model(self) -> bool:
        """Keep what closing would lose; False where the window is to stay."""
        if self.desk.is_training():
            return self._stop_training()
        model = self.desk.model()
        if model is None or not self.desk.unsaved:
            return True
        return self._keep_now(model) is not None

    def _stop_training(self) -> bool:
        answer = QMessageBox.question(
            self,
            self.tr("Still training"),
            self.tr(
                "The network is still learning. Stop, keep what it has learned, and close? "
                "AEDesk offers you the model at the next start."
            ),
        )
        if answer != QMessageBox.StandardButton.Yes:
            return False
        model = self.desk.stop_and_wait()
        if model is None:
            return True
        path = self._keep_now(model)
        if path:
            self.settings.set_offered_model(path)
        return path is not None

    def _keep_now(self, model: "TrainedModel") -> Path | None:
        from aedesk.files.kept import place_for

        try:
            return _keep(model, self._kept_as or place_for(model))
        except (AedeskError, OSError) as error:
            self.notices.show_problem(str(error))
            return None

    # -- drag and drop ------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):  # of any kind: what cannot be opened gets a sentence that says so
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        paths_ = _dropped(event)
        # After the drop is over, so that the program it came from need not wait.
        QTimer.singleShot(0, self, lambda: [self.files.open_path(path) for path in paths_])


def _first_size(room: QSize) -> QSize:
    """As large as is comfortable, but no higher than a low screen with the window's title."""
    return _FIRST_SIZE if room.height() >= _FIRST_SIZE.height() else _FIRST_SIZE.boundedTo(room_in(room))


def _dropped(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _import_engine() -> list[tuple[str, str]]:

    import aedesk.analysis.evaluation
    import aedesk.training.run  # noqa: F401 - so that the first run starts at once
    from aedesk.training.devices import available

    return [(device.key, device.name) for device in available()]


def _keep(model: "TrainedModel", path: Path) -> Path:
    from aedesk.files.kept import keep

    return keep(model, path)
