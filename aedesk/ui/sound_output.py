"""Sound on the computer's loudspeaker, where there is one."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudio, QAudioSink


class SoundOutput(QObject):
    """Plays one sound at a time, and comes back at once. Qt's sound is looked for only when something is played.

    Signals: ``ended`` when a sound has come to its end or was stopped.
    """

    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sink: QAudioSink | None = None
        self._buffer: QBuffer | None = None

    def play(self, values: np.ndarray, rate: int) -> str:
        """Play values of −1…1, ``[t]``, so many a second. Returns "" or a sentence on why that cannot be done."""
        self.stop()
        try:
            from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices
        except ImportError:
            return self.tr("This installation of Qt cannot play sounds: its part QtMultimedia is missing.")
        device = QMediaDevices.defaultAudioOutput()
        if device.isNull():
            return self.tr("There is no loudspeaker or other sound output on this computer.")
        wanted = QAudioFormat()
        wanted.setSampleRate(rate)
        wanted.setChannelCount(1)
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        if not device.isFormatSupported(wanted):
            return self.tr("The sound output cannot play {rate} samples a second.").format(rate=rate)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(as_int16(values).tobytes()))
        self._buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        self._sink = QAudioSink(device, wanted, self)
        self._sink.stateChanged.connect(self._on_state_changed)
        self._sink.start(self._buffer)
        return ""

    def stop(self) -> None:
        """Be silent."""
        sink, self._sink = self._sink, None
        if sink is None:
            return
        sink.stateChanged.disconnect(self._on_state_changed)
        sink.stop()
        sink.deleteLater()
        self._buffer.deleteLater()
        self.ended.emit()

    def _on_state_changed(self, state: "QAudio.State") -> None:
        if state.name in ("IdleState", "StoppedState"):  # it has nothing more to play, or the device is gone
            self.stop()


def as_int16(values: np.ndarray) -> np.ndarray:
    """Values of −1…1, ``[t]``, as whole numbers; missing ones are silent, larger ones clipped."""
    return np.round(np.nan_to_num(values, nan=0.0).clip(-1, 1) * 32_767).astype("<i2")
