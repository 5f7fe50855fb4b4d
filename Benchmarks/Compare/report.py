"""The tables that are printed of a comparison's records."""

from package import NAME
from tables import Table

PEERS = {"pytorch": "PyTorch", "tensorflow": "TensorFlow", "lucent": "lucent", "tf_keras_vis": "tf-keras-vis"}


def of_kind(records, kind):
    return [record for record in records if record["kind"] == kind]


def networks(records):
    return list(dict.fromkeys(record["network"] for record in records))


def fastest(records, key, **wanted):
    """The record that is least in `key` among those that match; None where there is none."""
    matching = [r for r in records if all(r[k] == v for k, v in wanted.items())]
    return min(matching, key=lambda record: record[key], default=None)


def number(record, key, digits=1):
    return "" if record is None else f"{record[key]:.{digits}f}"


def step_tables(records):
    steps = of_kind(records, "step")
    for batch in sorted({record["batch"] for record in steps}):
        titles = ("PyTorch ms", "by", "TensorFlow ms", "by", f"{NAME} ms", "faster by", "MB", "peer's MB")
        table = Table("network", *titles)
        here = [record for record in steps if record["batch"] == batch]
        for network in networks(here):
            torch, flow, own = (
                fastest(here, "milliseconds", network=network, peer=peer) for peer in ("pytorch", "tensorflow", NAME)
            )
            best = min((r for r in (torch, flow) if r), key=lambda record: record["milliseconds"], default=None)
            ratio = f"{best['milliseconds'] / own['milliseconds']:.2f}×" if best and own else ""
            words = [number(torch, "milliseconds"), torch["configuration"] if torch else ""]
            words += [number(flow, "milliseconds"), flow["configuration"] if flow else ""]
            words += [number(own, "milliseconds"), ratio]
            table.add(network, *words, number(own, "peakMegabytes", 0), number(best, "peakMegabytes", 0))
        yield f"A step, batch {batch}: forward and input gradient of one logit, medians", table


def configuration_tables(records):
    steps = of_kind(records, "step")
    if not steps:
        return
    table = Table("network", "batch", "peer", "configuration", "ms", "logits off by", "gradient off by", "MB")
    for r in steps:
        errors = [f"{r['relativeErrors'][kind]:.1e}" for kind in ("logits", "gradient")]
        words = [r["batch"], PEERS.get(r["peer"], NAME), r["configuration"], number(r, "milliseconds")]
        table.add(r["network"], *words, *errors, number(r, "peakMegabytes", 0))
    yield "Every configuration; errors are relative, in the L2 norm, to float64", table


def picture_tables(records):
    pictures = of_kind(records, "picture")
    if not pictures:
        return
    steps = pictures[0]["steps"]
    columns = {
        "visualizationSeconds": f"A visualization of {steps} steps, seconds",
        "firstPictureSeconds": f"From the start of the process to a picture of {steps} steps in a file, seconds",
        "peakMegabytes": "The most memory of that process, MB",
    }
    for key, title in columns.items():
        peers = list(dict.fromkeys(record["peer"] for record in pictures if record["peer"] != NAME))
        table = Table("network", *(PEERS[peer] for peer in peers), NAME, "least peer by")
        digits = 0 if key == "peakMegabytes" else 2
        for network in networks(pictures):
            own = fastest(pictures, key, network=network, peer=NAME)
            others = [fastest(pictures, key, network=network, peer=peer) for peer in peers]
            ratio = min(other[key] for other in others) / own[key]
            table.add(network, *(number(r, key, digits) for r in [*others, own]), f"{ratio:.2f}×")
        yield title, table


def accuracy_tables(records):
    accuracies = of_kind(records, "accuracy")
    if not accuracies:
        return
    kinds = list(dict.fromkeys(record["arithmetic"] for record in accuracies))
    for what in ("logits", "gradient"):
        for norm, title in (("", "in the L2 norm"), ("Largest", "the largest, of the largest magnitude")):
            table = Table("network", *kinds)
            for network in networks(accuracies):
                here = [fastest(accuracies, "network", network=network, arithmetic=kind) for kind in kinds]
                table.add(network, *(f"{r['relativeErrors'][what + norm]:.1e}" for r in here))
            yield f"Relative errors of {NAME}'s {what} against float64, {title}", table


def scaling_tables(records):
    scaling = of_kind(records, "scaling")
    if not scaling:
        return
    table = Table("varied", "batch", "side", "threads", "steps", "ms", "ms a picture", "last / first tenth", "MB")
    for r in scaling:
        words = [r["batch"], r["side"], r["threads"], r["steps"], number(r, "milliseconds")]
        words += [number(r, "millisecondsPerPicture"), number(r, "steadiness", 3), number(r, "peakMegabytes", 0)]
        table.add(r["varied"], *words)
    yield f"Scaling of {scaling[0]['network']}", table


def roofline_tables(records):
    rooflines = of_kind(records, "roofline")
    if not rooflines:
        return
    titles = ("ms", "GFLOP", "GFLOP/s", "of peak", "GB/s", "sums' least ms", "weights' least ms", "bound by")
    table = Table("network", *titles)
    for r in rooflines:
        share = r["gigaflopsPerSecond"] / r["peakGigaflopsPerSecond"]
        words = [number(r, "milliseconds"), number(r, "gigaflop"), number(r, "gigaflopsPerSecond", 0), f"{share:.0%}"]
        words += [number(r, "gigabytesPerSecond"), number(r, "arithmeticMilliseconds"), number(r, "weightMilliseconds")]
        table.add(r["network"], *words, r["bound"])
    peak, read = (rooflines[0][f"peak{name}PerSecond"] for name in ("Gigaflops", "ReadGigabytes"))
    yield f"Roofline: {peak:.0f} GFLOP/s of multiply-adds and {read:.1f} GB/s read at most", table


def tables(records):
    for make in (step_tables, configuration_tables, picture_tables, roofline_tables, accuracy_tables, scaling_tables):
        yield from make(records)


def text(results, markdown):
    lines = [results["machine"], ""]
    for title, table in tables(results["records"]):
        lines += [title + (":" if markdown else ""), *([""] if markdown else []), *table.lines(markdown), ""]
    return "\n".join(lines)
