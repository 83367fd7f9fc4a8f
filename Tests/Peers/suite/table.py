"""The suite's result as Markdown."""

import pathlib

BEGIN = "<!-- Made by Tests/Peers/run --write: begin -->"
END = "<!-- Made by Tests/Peers/run --write: end -->"


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


def insert(path, text):
    """Replaces what stands between the marks; the rest of the file is somebody else's."""
    file = pathlib.Path(path)
    old = file.read_text()
    if old.count(BEGIN) != 1 or old.count(END) != 1:
        raise SystemExit(f"{path} must have the marks once each:\n{BEGIN}\n{END}")
    before, rest = old.split(BEGIN)
    _, after = rest.split(END)
    file.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}")
