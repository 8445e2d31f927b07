"""All panels of the window, made once."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from aedesk.recipe import Recipe
from aedesk.ui.builder.builder import Builder
from aedesk.ui.panels.digit_pad import DigitPad
from aedesk.ui.panels.generate_panel import GeneratePanel
from aedesk.ui.panels.health import HealthPanel
from aedesk.ui.panels.run_bar import RunBar
from aedesk.ui.panels.signal_desk import SignalDesk
from aedesk.ui.views.confusion_view import AnswersView
from aedesk.ui.views.latent_map import LatentMap
from aedesk.ui.views.loss_view import LossView
from aedesk.ui.views.reconstructions import ReconstructionsView


@dataclass(frozen=True)
class PanelSet:
    """The panels; none knows another."""

    run_bar: RunBar
    builder: Builder
    latent_map: LatentMap
    loss: LossView
    reconstructions: ReconstructionsView
    pad: DigitPad
    signal: SignalDesk
    generate: GeneratePanel
    answers: AnswersView
    health: HealthPanel


def make_panels(recipe: Recipe, parent: QWidget) -> PanelSet:
    """The panels of a window, with a recipe in the builder."""
    return PanelSet(
        run_bar=RunBar(parent),
        builder=Builder(recipe, parent),
        latent_map=LatentMap(parent),
        loss=LossView(parent),
        reconstructions=ReconstructionsView(parent),
        pad=DigitPad(parent),
        signal=SignalDesk(parent),
        generate=GeneratePanel(parent),
        answers=AnswersView(parent),
        health=HealthPanel(parent),
    )
