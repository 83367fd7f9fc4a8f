"""The suite's result as Markdown."""

import pathlib


def table(rows, versions, results):
    heads = [f"{name} {version}" for name, version in versions.items()]
    lines = [
        "| | behaviour | " + " | ".join(heads) + " |",
        "|---|---|" + "---|" * len(heads),
    ]
    area = None
    for row, of, words in rows:
        cells = []
        for name in versions:
            if (row, name) not in results:
                cells.append("–")
            else:
                cells.append("**fail**" if results[row, name] else "pass")
        lines.append(f"| {of if of != area else ''} | {words} | " + " | ".join(cells) + " |")
        area = of
    passed = sum(1 for fault in results.values() if fault is None)
    lines += ["", f"{passed} of {len(results)} pass; – is for what a client or a mock does not have."]
    return "\n".join(lines)


def insert(path, text, maker="Tests/Peers/run --write"):
    """Replaces what stands between its maker's marks; the rest of the file is somebody else's."""
    begin = f"<!-- Made by {maker}: begin -->"
    end = f"<!-- Made by {maker}: end -->"
    file = pathlib.Path(path)
    old = file.read_text()
    if old.count(begin) != 1 or old.count(end) != 1:
        raise SystemExit(f"{path} must have the marks once each:\n{begin}\n{end}")
    before, rest = old.split(begin)
    _, after = rest.split(end)
    file.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}")
