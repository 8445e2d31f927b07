"""Which networks can learn one layer at a time."""

from aedesk.models.architectures.dense import Dense
from aedesk.models.bottlenecks.plain import Plain
from aedesk.models.model_options import ModelOptions


def pretraining_misfit(model: ModelOptions) -> str | None:
    """Why a network cannot learn layer by layer first, in a sentence, or None where it can."""
    encoder, decoder = model.encoder, model.decoding
    if not isinstance(model.bottleneck, Plain):
        return (
            "Learning layer by layer needs a plain code, whose layer can learn like any other. "
            "Choose the plain code, or let all layers learn together from the start."
        )
    if not isinstance(encoder, Dense) or not isinstance(decoder, Dense):
        return (
            "Only dense layers can learn one by one. Choose a dense encoder and decoder, "
            "or let all layers learn together from the start."
        )
    there, back = ([layer.width for layer in one.layers] for one in (encoder, decoder))
    if there != back[::-1]:
        return (
            "To learn alone, each layer needs its opposite number: give the decoder the encoder's widths "
            "in reverse, or let it mirror the encoder."
        )
    return None
