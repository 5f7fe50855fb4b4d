"""How this package's speed depends on batch, threads, size and time."""

BATCHES = (1, 2, 4, 8, 16)
SIDES = (224, 320, 416, 512)
LONG_RUN = 2000


def scale(network, setting):
    package, records = setting.package, []

    def measure(what, steps, **arguments):
        setting.say(f"{network}: {what} {arguments}")
        report = package.benchmark(network, arguments.pop("side", 224), steps, **arguments)
        shape = report["inputShape"]
        records.append(
            {
                "kind": "scaling",
                "network": network,
                "varied": what,
                "batch": shape[0],
                "side": shape[1],
                "threads": report["threads"],
                "steps": report["steps"],
                "milliseconds": report["medianMilliseconds"],
                "millisecondsPerPicture": report["medianMilliseconds"] / shape[0],
                "steadiness": report["steadiness"],
                "peakMegabytes": report["peakMegabytes"],
            }
        )

    for batch in BATCHES:
        measure("batch", setting.steps, batch=batch)
    for threads in range(1, setting.threads + 1):
        measure("threads", setting.steps, threads=threads)
    for side in SIDES:
        measure("side", setting.steps, side=side)
    measure("time", setting.long_run)
    return records
