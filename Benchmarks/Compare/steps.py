"""Single steps: forward and the input gradient of one logit, peers and package in turn."""

import statistics

from networks import SIDES
from package import NAME
from trial import contenders

# Beyond this a peer computes something else. Gradients of float32 differ by far more than logits: rounding decides
# at ReLUs and maxima.
LARGEST_ERRORS = {"logits": 1e-4, "gradient": 0.05}


def check(name, network, errors):
    for kind, limit in LARGEST_ERRORS.items():
        if not errors[kind] < limit:
            raise SystemExit(f"{network}: {name}'s {kind} are off by {errors[kind]:.2g}")


def compare_steps(network, batch, setting):
    """Records of all configurations: milliseconds of every round, errors, memory."""
    own_errors = setting.package.check(setting.networks / network)
    staying, gone = contenders(network, batch, setting)
    check(NAME, network, own_errors)
    for contestant in staying + gone:
        check(f"{contestant.worker.peer} {contestant.worker.configuration}", network, contestant.errors)
    fastest = min((contestant.trial for contestant in staying), default=1)
    count = max(2, min(setting.steps, int(setting.turn / fastest)))
    own = []
    for number in range(setting.rounds):
        setting.say(f"{network}, batch {batch}: round {number + 1} of {setting.rounds}")
        for contestant in staying:
            contestant.turn(count, setting.turn)
        own.append(setting.package.benchmark(network, SIDES[network], count, batch))
    for contestant in staying:
        contestant.end()
    records = [
        record(network, batch, c.worker.peer, c.worker.configuration, c.milliseconds, c.errors, c.megabytes)
        for c in staying + gone
    ]
    times = [report["medianMilliseconds"] for report in own]
    memory = max(report["peakMegabytes"] for report in own)
    return [*records, record(network, batch, NAME, "", times, own_errors, memory)]


def record(network, batch, peer, configuration, times, errors, megabytes):
    return {
        "kind": "step",
        "network": network,
        "batch": batch,
        "peer": peer,
        "configuration": configuration,
        "milliseconds": statistics.median(times),
        "roundMilliseconds": times,
        "relativeErrors": errors,
        "peakMegabytes": megabytes,
    }
