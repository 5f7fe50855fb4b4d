"""How exact each kind of this package's arithmetic is, against float64."""

KINDS = {"fast": (), "plain": ("--plain",), "half-precision dense weights": ("--half",)}


def measure_accuracy(network, setting):
    setting.say(f"{network}: accuracy")
    folder = setting.networks / network
    return [
        {
            "kind": "accuracy",
            "network": network,
            "arithmetic": kind,
            "relativeErrors": setting.package.check(folder, *options),
        }
        for kind, options in KINDS.items()
    ]
