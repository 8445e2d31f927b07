"""The devices a network can learn on."""

from dataclasses import dataclass

import torch

from aedesk.errors import TrainingError

DEVICE_CHOICES = ("auto", "cpu", "cuda", "mps")


@dataclass(frozen=True)
class Device:
    """A device by its key (``cpu``, ``cuda``, ``mps``) and the name people know it by."""

    key: str
    name: str


def available() -> list[Device]:
    """The devices of this machine, the fastest first."""
    found = []
    if torch.cuda.is_available():
        found.append(Device("cuda", torch.cuda.get_device_name(0)))
    if torch.backends.mps.is_available():
        found.append(Device("mps", "Apple GPU"))
    return [*found, Device("cpu", "CPU")]


def choose(key: str = "auto") -> Device:
    """The device of a key; ``auto`` takes the fastest. TrainingError where this machine has none such."""
    devices = available()
    if key == "auto":
        return devices[0]
    for device in devices:
        if device.key == key:
            return device
    names = ", ".join(device.key for device in devices)
    raise TrainingError(f"This machine has no device “{key}”. It has: {names}.")


def trouble(error: RuntimeError, batch_size: int) -> str | None:
    """A sentence for a failure that is the device's and not a bug, or None."""
    text = str(error).lower()
    if isinstance(error, torch.OutOfMemoryError) or "out of memory" in text or "can't allocate" in text:
        return (
            f"The device ran out of memory. Use a smaller batch than {batch_size}, narrower layers, or the CPU."
        )
    lost = ("cuda error", "cuda driver", "device-side", "device lost", "nvml", "mps backend", "command buffer")
    if any(words in text for words in lost):
        return "The device stopped answering. Check that it is still there, or choose the CPU."
    return None
