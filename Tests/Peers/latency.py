"""Works out again what a report's `latency.json` says, from the raw pairs alone, with libraries of others."""

import json
import sys
from pathlib import Path

import numpy as np
from hdrh.histogram import HdrHistogram
from scipy import stats

MILLISECOND = 1e6
# Resamples are drawn by other generators, and by pairs instead of blocks: intervals agree about so well.
SHARE_OF_WIDTH = 0.5
FLOOR = 0.3


class Misfit(Exception):
    pass


def check(condition, what):
    if not condition:
        raise Misfit(what)


def close(left, right, tolerance=1e-6):
    return left == right or abs(left - right) <= tolerance


def overheads(pairs, arm):
    return np.array(
        [
            (pair[arm]["totalNanoseconds"] - pair[arm]["upstreamNanoseconds"]) / MILLISECOND
            if pair[arm]["answered"]
            else np.inf
            for pair in pairs
        ]
    )


def check_interval(name, stated, subject, control):
    quantile = stated["quantile"]
    estimate = np.quantile(subject, quantile) - np.quantile(control, quantile)
    check(
        close(estimate, stated["estimateMilliseconds"]),
        f"{name}: the difference at {quantile} is {estimate} ms, "
        f"not {stated['estimateMilliseconds']}",
    )

    def difference(left, right, axis=-1):
        return np.quantile(left, quantile, axis=axis) - np.quantile(right, quantile, axis=axis)

    interval = stats.bootstrap(
        (subject, control),
        difference,
        paired=True,
        vectorized=True,
        n_resamples=2_000,
        confidence_level=0.9,
        method="percentile",
        rng=np.random.default_rng(1),
    ).confidence_interval
    lower, upper = stated["lowerMilliseconds"], stated["upperMilliseconds"]
    check(lower <= upper, f"{name}: the interval is upside down")
    tolerance = SHARE_OF_WIDTH * max(upper - lower, interval.high - interval.low) + FLOOR
    check(
        abs(interval.low - lower) <= tolerance and abs(interval.high - upper) <= tolerance,
        f"{name}: scipy's interval at {quantile} is {interval.low:.3f} to {interval.high:.3f} ms, "
        f"the report's {lower:.3f} to {upper:.3f}",
    )
    return (
        f"{quantile:4}  {estimate:+8.3f} ms  report {lower:+.3f} to {upper:+.3f}"
        f"  scipy {interval.low:+.3f} to {interval.high:+.3f}"
    )


def check_histogram(name, stated, values):
    histogram = HdrHistogram(1, 3_600_000_000_000, 3)
    for value in values:
        histogram.record_value(value)
    rows = [
        (item.value_iterated_to, item.count_at_value_iterated_to)
        for item in histogram.get_recorded_iterator()
    ]
    mine = [(row["highestNanoseconds"], row["count"]) for row in stated]
    check(mine == rows, f"{name}: the histogram is not the one of the raw pairs")
    check(sum(count for _, count in mine) == len(values), f"{name}: it counts another number")
    for percentile in (50, 95, 99):
        # As HDR histograms round a percentile to a place.
        rank = max(1, int(percentile / 100 * len(values) + 0.5))
        exact = sorted(values)[rank - 1]
        found = histogram.get_value_at_percentile(percentile)
        check(abs(found - exact) <= exact / 500 + 1, f"{name}: {percentile} % is {found}, not {exact}")


def check_split(name, stated, pairs):
    subjects = [pair["subject"] for pair in pairs if pair["subject"]["answered"]]
    spent = [arm for arm in subjects if "managerNanoseconds" in arm]
    check(len(spent) == stated["answers"], f"{name}: the split counts other answers")
    parts = {
        "model": lambda arm: arm["upstreamNanoseconds"],
        "network": lambda arm: arm["providerNanoseconds"] - arm["upstreamNanoseconds"],
        "manager": lambda arm: arm["managerNanoseconds"],
        "vendor": lambda arm: arm["totalNanoseconds"]
        - arm["providerNanoseconds"]
        - arm["managerNanoseconds"],
    }
    for part, of in parts.items():
        median = np.quantile([of(arm) / MILLISECOND for arm in spent], 0.5)
        check(
            close(median, stated[part + "Milliseconds"]),
            f"{name}: the median of the {part}'s share is {median} ms",
        )
    return ", ".join(f"{part} {stated[part + 'Milliseconds']:.2f} ms" for part in parts)


def main():
    document = json.loads((Path(sys.argv[1]) / "latency.json").read_bytes())
    check(document["format"] == "keyproof-latency/1", "latency.json is of another format")
    check(document["comparisons"], "nothing was compared")
    for comparison in document["comparisons"]:
        name = f"{comparison['scenario']}, {comparison['comparison']}"
        pairs = comparison["pairs"]
        print(f"{name}: {len(pairs)} pairs")
        check(pairs, f"{name}: there are no pairs")
        subject, control = overheads(pairs, "subject"), overheads(pairs, "control")
        if np.isfinite(subject).all() and np.isfinite(control).all():
            for stated in comparison["intervals"]:
                print("  " + check_interval(name, stated, subject, control))
        for arm in ("subject", "control"):
            values = [p[arm]["totalNanoseconds"] for p in pairs if p[arm]["answered"]]
            check_histogram(f"{name}, {arm}", comparison["histograms"][arm], values)
        if "split" in comparison:
            print("  median answer: " + check_split(name, comparison["split"], pairs))
    print("latency.json is what follows from its pairs.")


if __name__ == "__main__":
    try:
        main()
    except Misfit as misfit:
        sys.exit(str(misfit))
