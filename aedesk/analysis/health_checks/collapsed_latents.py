"""Numbers of a drawn code that tell the decoder nothing."""

from collections.abc import Iterator

from aedesk.analysis.health_checks.examination import Examination
from aedesk.analysis.health_checks.finding import Finding, rounded
from aedesk.models.bottleneck import Posterior
from aedesk.models.bottlenecks.variational import divergence

COLLAPSED = 0.01  # nats of KL, after the threshold of Burda et al. 2016 for active units
_GRAVE = 0.5
_NAMED = 6
_SHARE_BEFORE_JUDGING = 0.2
_WARM_UP = 0.3


def check(examination: Examination) -> Iterator[Finding]:
    """Which latents have collapsed to the prior.

    In the first epochs of a run all of them may: they wake up one by one.
    """
    measured, model = examination.measured, examination.model
    if measured is None or measured.log_variance is None:
        return
    if any(layer.dead == layer.units for layer in measured.layers if layer.part == "encoder"):
        return  # nothing reaches them: another check says why
    if model.history.epochs < _SHARE_BEFORE_JUDGING * model.recipe.training.epochs:
        return
    nats = divergence(Posterior(measured.code, measured.log_variance)).mean(0)
    dead, all_ = (nats < COLLAPSED).nonzero()[:, 0].tolist(), len(nats)
    if not dead:
        yield Finding(
            "collapsed-latents",
            "fine",
            f"All {all_} latents are in use: the weakest carries {float(nats.min()):.2g} nats.",
        )
        return
    yield Finding(
        "collapsed-latents",
        "problem" if len(dead) >= _GRAVE * all_ else "notice",
        _sentence(dead, all_),
        *_mend(examination, all_ - len(dead)),
    )


def _sentence(dead: list[int], all_: int) -> str:
    least = f"less than {COLLAPSED} nats of KL"
    if len(dead) == all_:
        return f"All {all_} latents have collapsed: each carries {least}, and the decoder does without them."
    shown = [str(number + 1) for number in dead[:_NAMED]]
    more = ", …" if len(dead) > _NAMED else ""
    which = f"number {shown[0]}" if len(dead) == 1 else f"numbers {', '.join(shown)}{more}"
    verb = "has collapsed: it carries" if len(dead) == 1 else "have collapsed: each carries"
    return f"{len(dead)} of {all_} latents ({which}) {verb} {least}."


def _mend(examination: Examination, used: int) -> tuple[str, dict[str, object]]:
    fields = examination.model.recipe.model.bottleneck.model_dump()
    if not {"beta", "warm_up"} <= fields.keys():
        return "Make the code narrower, or press less towards the prior.", {}
    beta, narrower = fields["beta"], f", or do with a code of {used}" if used else ""
    warm_up: dict[str, object] = {} if fields["warm_up"] else {"model.bottleneck.warm_up": _WARM_UP}
    if not used and beta:
        advice = "The pressure towards the prior is too strong: lower β, and let it grow slowly (KL warm-up)."
        return advice, {"model.bottleneck.beta": rounded(beta / 10), **warm_up}
    if warm_up:
        return f"Let β grow slowly at first (KL warm-up), lower it{narrower}.", warm_up
    return f"Lower β{narrower}.", {"model.bottleneck.beta": rounded(beta / 2)}
