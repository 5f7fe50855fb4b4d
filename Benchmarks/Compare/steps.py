"""Single steps: forward and the input gradient of one logit, peers and package in turn."""

import statistics

from networks import SIDES
from package import NAME
from processes import Worker

# What each peer may be fastest with. Freezing copies the weights into the graph, several times over on the way,
# which large networks have no memory for; a constant gains nothing where there is no batch normalization.
PYTORCH = ["contiguous", "channels-last", "channels-last+folded", "channels-last+folded+compiled"]
TENSORFLOW = ["function", "function+branches"]
FROZEN = ["function+frozen", "function+frozen+branches"]
FREEZABLE = ("resnet50", "googlenet", "mobilenet-v2", "squeezenet1.1")
# Beyond this a peer computes something else. Gradients of float32 differ by far more than logits: rounding decides
# at ReLUs and maxima.
LARGEST_ERRORS = {"logits": 1e-4, "gradient": 0.05}


def configurations(network):
    return {"pytorch": PYTORCH, "tensorflow": TENSORFLOW + (FROZEN if network in FREEZABLE else [])}


def start_workers(network, batch, setting):
    workers = []
    for peer, names in configurations(network).items():
        for configuration in names:
            setting.say(f"{network}, batch {batch}: starting {peer} {configuration}")
            log = setting.log(f"{network}-{batch}-{peer}-{configuration}")
            worker = Worker(peer, configuration, setting.networks / network, batch, setting.threads, log)
            if worker.started():
                workers.append(worker)
            else:
                setting.say(f"{peer} {configuration} does not start; see {log}")
    return workers


def checked(name, network, errors):
    for kind, limit in LARGEST_ERRORS.items():
        if not errors[kind] < limit:
            raise SystemExit(f"{network}: {name}'s {kind} are off by {errors[kind]:.2g}")
    return errors


def compare_steps(network, batch, setting):
    """Records of all configurations: milliseconds of every round, errors, memory."""
    workers = start_workers(network, batch, setting)
    errors = [checked(f"{w.peer} {w.configuration}", network, w.ask("check")) for w in workers]
    package_errors = checked(NAME, network, setting.package.check(setting.networks / network))
    rounds = {worker: [] for worker in workers}
    own = []
    for number in range(setting.rounds):
        setting.say(f"{network}, batch {batch}: round {number + 1} of {setting.rounds}")
        for worker in workers:
            worker.ask("step", count=1)
            rounds[worker].append(worker.ask("step", count=setting.steps))
        own.append(setting.package.benchmark(network, SIDES[network], setting.steps, batch))
    records = []
    for worker, error in zip(workers, errors):
        medians = [1000 * statistics.median(seconds) for seconds in rounds[worker]]
        records.append(
            record(network, batch, worker.peer, worker.configuration, medians, error, worker.ask("memory"))
        )
        worker.end()
    medians = [report["medianMilliseconds"] for report in own]
    memory = max(report["peakMegabytes"] for report in own)
    records.append(record(network, batch, NAME, "", medians, package_errors, memory))
    return records


def record(network, batch, peer, configuration, medians, errors, megabytes):
    return {
        "kind": "step",
        "network": network,
        "batch": batch,
        "peer": peer,
        "configuration": configuration,
        "milliseconds": statistics.median(medians),
        "roundMilliseconds": medians,
        "relativeErrors": errors,
        "peakMegabytes": megabytes,
    }
