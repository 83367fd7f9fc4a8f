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
FIGURES = {"responseTime": "responseNanoseconds", "serviceTime": "serviceNanoseconds"}
ASKERS = {
    "customerAgainstVendor": "customer",
    "vendorAgainstVendor": "vendorAgain",
    "delayedAgainstVendor": "vendorDelayed",
}
LATE = 2_000_000
LATE_SHARE = 0.01


class Misfit(Exception):
    pass


def check(condition, what):
    if not condition:
        raise Misfit(what)


def close(left, right, tolerance=1e-6):
    return left == right or abs(left - right) <= tolerance


def overheads(pairs, arm, figure):
    return np.array(
        [
            (pair[arm][FIGURES[figure]] - pair[arm]["upstreamNanoseconds"]) / MILLISECOND
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
        "vendor": lambda arm: arm["responseNanoseconds"]
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


def check_generator(name, measurement):
    """Every question was due by a schedule that stands there, and was asked when the figures say."""
    due = {
        (arrival["round"], arrival["asker"], arrival["at"])
        for schedule in measurement["schedules"]
        for arrival in schedule["arrivals"]
    }
    sent = {}
    for comparison in measurement["comparisons"]:
        for pair in comparison["pairs"]:
            for arm, asker in (("subject", ASKERS[comparison["comparison"]]), ("control", "vendor")):
                of = pair[arm]
                check((pair["index"], asker, of["intendedAt"]) in due, f"{name}: a question that was never due")
                check(
                    of["serviceNanoseconds"] == of["responseNanoseconds"] - of["lateNanoseconds"],
                    f"{name}: response time is not lateness and service time",
                )
                sent[of["intendedAt"]] = of["lateNanoseconds"]
    moments = np.array(sorted(sent))
    begun = np.array(sorted(at + late for at, late in sent.items()))
    late = int((np.array(list(sent.values())) > LATE).sum())
    stated = measurement["generator"]
    check(stated["questions"] == len(sent) and stated["late"] == late, f"{name}: {late} of {len(sent)} were late")
    check(stated["worstLateNanoseconds"] == max(sent.values()), f"{name}: another was the latest")
    check(stated["isGood"] == (late <= LATE_SHARE * len(sent)), f"{name}: the generator is judged otherwise")
    for what, of in (("intendedPerSecond", moments), ("achievedPerSecond", begun)):
        rate = (len(of) - 1) / ((of[-1] - of[0]) / 1e9)
        check(close(rate, stated[what], 1e-3), f"{name}: {what} is {rate}")
    return (
        f"{len(sent)} questions, {stated['intendedPerSecond']:.1f} a second due, "
        f"{stated['achievedPerSecond']:.1f} asked, {late} late, the worst by {max(sent.values()) / MILLISECOND:.2f} ms"
    )


def check_comparison(name, comparison):
    pairs = comparison["pairs"]
    print(f"{name}: {len(pairs)} pairs")
    check(pairs, f"{name}: there are no pairs")
    check([f["figure"] for f in comparison["figures"]] == list(FIGURES), f"{name}: other figures")
    for stated in comparison["figures"]:
        figure = stated["figure"]
        check(stated["isJudged"] == (figure == "responseTime"), f"{name}: the wrong figure is judged")
        subject, control = overheads(pairs, "subject", figure), overheads(pairs, "control", figure)
        if np.isfinite(subject).all() and np.isfinite(control).all():
            for interval in stated["intervals"]:
                print(f"  {figure:12} " + check_interval(f"{name}, {figure}", interval, subject, control))
        for arm in ("subject", "control"):
            values = [p[arm][FIGURES[figure]] for p in pairs if p[arm]["answered"]]
            check_histogram(f"{name}, {figure}, {arm}", stated["histograms"][arm], values)
    if "split" in comparison:
        print("  median answer: " + check_split(name, comparison["split"], pairs))


def main():
    document = json.loads((Path(sys.argv[1]) / "latency.json").read_bytes())
    check(document["format"] == "keyproof-latency/2", "latency.json is of another format")
    check(document["measurements"], "nothing was compared")
    for measurement in document["measurements"]:
        print(measurement["scenario"] + ": " + check_generator(measurement["scenario"], measurement))
        for comparison in measurement["comparisons"]:
            check_comparison(f"{measurement['scenario']}, {comparison['comparison']}", comparison)
    print("latency.json is what follows from its pairs.")


if __name__ == "__main__":
    try:
        main()
    except Misfit as misfit:
        sys.exit(str(misfit))
