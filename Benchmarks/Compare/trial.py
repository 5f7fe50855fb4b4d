"""A first look at every configuration of a peer: those that cannot be its fastest are let go."""

import statistics

from configurations import configurations
from processes import Worker

# How much slower than its peer's fastest a configuration may be and still take part.
MARGIN = 1.3
# At most so many of a peer: what a large network needs fills the memory soon.
LARGEST_COUNT = 2


class Contender:
    """A worker that is measured, and what it has shown."""

    def __init__(self, worker, errors, seconds):
        self.worker, self.errors, self.rounds = worker, errors, []
        self.trial = statistics.median(seconds)
        self.megabytes = worker.ask("memory")

    @property
    def milliseconds(self):
        return [1000 * seconds for seconds in self.rounds or [self.trial]]

    def turn(self, count, seconds):
        self.worker.ask("step", count=1, seconds=seconds)
        self.rounds.append(statistics.median(self.worker.ask("step", count=count, seconds=seconds)))

    def end(self):
        self.megabytes = self.worker.ask("memory")
        self.worker.end()


def contender(peer, configuration, network, batch, setting):
    """A started worker after its trial; None where the configuration does not run here."""
    setting.say(f"{network}, batch {batch}: {peer} {configuration}")
    log = setting.log(f"{network}-{batch}-{peer}-{configuration}")
    worker = Worker(peer, configuration, setting.networks / network, batch, setting.threads, log)
    if not worker.started():
        setting.say(f"{peer} {configuration} does not run; see {log}")
        return None
    seconds = worker.ask("step", count=5, seconds=setting.turn)
    return Contender(worker, worker.ask("check"), seconds)


def contenders(network, batch, setting):
    """Those that stay, and those that were let go."""
    staying, gone = [], []
    for peer, configuration in configurations(network):
        new = contender(peer, configuration, network, batch, setting)
        if new is None:
            continue
        staying.append(new)
        rivals = sorted((c for c in staying if c.worker.peer == peer), key=lambda c: c.trial)
        slow = [c for place, c in enumerate(rivals) if place >= LARGEST_COUNT or c.trial > MARGIN * rivals[0].trial]
        for contestant in slow:
            contestant.end()
        staying = [c for c in staying if c not in slow]
        gone += slow
    return staying, gone
