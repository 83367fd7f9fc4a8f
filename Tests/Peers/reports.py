"""Whether the files of a report agree with each other, and with the schemas of JUnit."""

import json
import sys
from collections import Counter
from pathlib import Path

import junitparser
from lxml import etree
from sarif import loader

SCHEMAS = Path(__file__).parent / "schemas"


def outcome(case):
    """The word for a case; only what passed has none of the three elements."""
    for result in case.result:
        return type(result).__name__.lower()
    return "passed"


def junit_outcomes(folder):
    file = str(folder / "junit.xml")
    for name in ("junit-10.xsd", "junit-windyroad.xsd"):
        etree.XMLSchema(etree.parse(str(SCHEMAS / name))).assertValid(etree.parse(file))
    return Counter(outcome(case) for suite in junitparser.JUnitXml.fromfile(file) for case in suite)


def report_outcomes(document):
    """What the other files must say, worked out from `report.json` alone."""
    expected = Counter()
    for story in document["scenarios"]:
        if story["ending"]["kind"] != "played":
            subjects = story["control"] or story["shows"]
            expected["not-run"] += len(subjects)
            continue
        if story["control"]:
            for control in story["control"]:
                expected["held" if control["cameOut"] else "violated"] += 1
        else:
            for found in story["findings"]:
                if found["shown"] or found["verdict"] == "violated":
                    expected[found["verdict"]] += 1
        expected["not-met"] += len(story["expectations"]["failed"])
    return expected


def check(folder):
    document = json.loads((folder / "report.json").read_text())
    expected = report_outcomes(document)
    failed = expected["violated"] + expected["not-met"]

    kinds = Counter(
        result["kind"]
        for result in json.loads((folder / "results.sarif").read_text())["runs"][0]["results"]
    )
    assert kinds["fail"] == failed, (kinds, expected)
    assert kinds["pass"] == expected["held"], (kinds, expected)
    assert kinds["open"] == expected["inconclusive"], (kinds, expected)
    # sarif-tools counts by level: what passed or is open must not weigh there.
    records = loader.load_sarif_file(str(folder / "results.sarif")).get_records()
    counted = Counter(record["Severity"] for record in records)
    assert counted["error"] == failed, counted
    assert counted["warning"] == 0 and counted["note"] == 0, counted

    cases = junit_outcomes(folder)
    assert cases["failure"] == failed, (cases, expected)
    assert cases["error"] == expected["inconclusive"], (cases, expected)

    words = (folder / "summary.md").read_text()
    for promise in document["guarantees"]:
        assert f"`{promise['id']}`" in words, promise["id"]
    return f"{folder.name}: {sum(kinds.values())} results, {failed} failed"


def main(folders):
    lines = [check(Path(folder)) for folder in folders]
    assert not lines[0].endswith("0 results, 0 failed") and lines[0].endswith(" 0 failed"), lines
    assert not lines[1].endswith(" 0 failed"), lines
    print("\n".join(lines))


if __name__ == "__main__":
    main(sys.argv[1:])
