"""How close this package's step comes to what the machine does at most."""

from networks import SIDES


def measure_roofline(network, setting):
    setting.say(f"{network}: roofline")
    report = setting.package.benchmark(network, SIDES[network], setting.steps, 1, None, "--roofline")
    return {
        "kind": "roofline",
        "network": network,
        "milliseconds": report["medianMilliseconds"],
        "gigaflop": report["work"]["gigaflop"],
        "weightMegabytes": report["work"]["weightMegabytes"],
        **report["roofline"],
    }
