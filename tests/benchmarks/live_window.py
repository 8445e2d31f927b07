"""The real window, with all views to be seen, for measurements."""

from time import perf_counter

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from aedesk.analysis.pca import fit_twin
from aedesk.data.dataset import Dataset
from aedesk.recipe import Recipe
from aedesk.training.devices import choose
from aedesk.ui import theme
from aedesk.ui.app import make_application
from aedesk.ui.desk_work import Loaded
from aedesk.ui.main_window import MainWindow


class LiveWindow:
    """A MainWindow on the screen that Qt has, trained in by calls that wait for the end."""

    def __init__(self) -> None:
        self.app: QApplication = make_application()
        theme.apply(self.app, "light")
        self.window = MainWindow()
        self.window.docks.reset()
        self.window.resize(1600, 1000)
        self.window.show()
        self.wait(300)

    @staticmethod
    def wait(milliseconds: int) -> None:
        """Let the window live for a while."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def begin(self, recipe: Recipe, dataset: Dataset, part: str = "test") -> None:
        """Start training on a data set that is loaded already."""
        desk = self.window.desk
        desk.watched.part = part
        if desk.dataset is not dataset:
            twin = fit_twin(dataset, recipe.model.code_size)
            loaded = Loaded(recipe.data, None, recipe.model.code_size, dataset, twin, None)
        else:
            loaded = desk.loaded
        desk._on_loaded(recipe, None, loaded, choose("cpu"))

    def train(self, recipe: Recipe, dataset: Dataset) -> float:
        """Seconds from the first step to the last, the window's drawing and snapshots included."""
        self.begin(recipe, dataset)
        thread = self.window.desk._thread
        times: list[float] = []
        loop = QEventLoop()
        thread.started.connect(lambda: times.append(perf_counter()))
        began = perf_counter()
        self.window.desk.state_changed.connect(lambda state: loop.quit() if state == "idle" else None)
        loop.exec()
        elapsed = perf_counter() - began
        self.wait(1500)  # until the figures of the run are measured
        return elapsed

    def close(self) -> None:
        self.window.close()
