#!/usr/bin/env python3
"""Who checks the checkers: changes one small thing in them at a time, and sees whether a test notices.

All mutants are compiled into one copy of the sources, outside of the repository; which of them is alive is read from the
environment of the test process. So there is one build, and one short test run for each mutant. See README.md beside this file.
"""
import argparse
import collections
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXPLAINED = pathlib.Path(__file__).with_name("survivors.txt")
TARGETS = ["Checkers", "Judging", "Deployment", "Money"]
# What makes no verdict: sentences, and the map of the data.
NO_VERDICT = {"Wording.swift", "DataFlow.swift"}
TESTS = "GuaranteesTests"
# Suites that test no checker.
ASIDE = r"ScannerTests|KeySearchTests|GzipTests|CatalogueTests|DataFlowTests|EvidenceLogTests"
# The one that is slow, for all its statistics, and says something of its own checker alone.
SLOW, SLOW_FOR = "LatencyTests", "Latency"
OPERATOR_DIGITS = "~%^*+|"

COMPARISONS = {
    # What it becomes: the opposite, and the boundary shifted by one.
    "<": [("a >= b", "turned round"), ("a <= b", "boundary")],
    "<=": [("a > b", "turned round"), ("a < b", "boundary")],
    ">": [("a <= b", "turned round"), ("a >= b", "boundary")],
    ">=": [("a < b", "turned round"), ("a > b", "boundary")],
    "==": [("a != b", "turned round")],
    "!=": [("a == b", "turned round")],
}


def code_mask(text):
    """True for each character of code; False in comments and string literals, interpolations included."""
    mask = [True] * len(text)

    def string(i):
        quotes = 3 if text.startswith('"""', i) else 1
        end = '"' * quotes
        j = i + quotes
        while j < len(text):
            if text.startswith("\\(", j):
                depth, j = 1, j + 2
                while depth:
                    if text[j] == '"':
                        j = string(j)
                        continue
                    depth += {"(": 1, ")": -1}.get(text[j], 0)
                    j += 1
            elif text[j] == "\\":
                j += 2
            elif text.startswith(end, j):
                return j + quotes
            else:
                j += 1
        return j

    i = 0
    while i < len(text):
        j = i
        if text.startswith("//", i):
            j = text.index("\n", i)
        elif text[i] == '"':
            j = string(i)
        if j > i:
            mask[i:j] = [False] * (j - i)
            i = j
        else:
            i += 1
    return mask


class Mutator:
    """Makes the mutants of one text; `dropped` holds (file, line) pairs where the compiler refused them."""

    def __init__(self, dropped):
        self.dropped = dropped
        self.mutants = []
        self.support = []

    def new(self, what):
        self.mutants.append({"id": len(self.mutants) + 1, "file": self.file, "line": self.line, "what": what, "code": self.code})
        return len(self.mutants)

    def operator(self, base):
        number, digits = len(self.support), ""
        while number or not digits:
            number, digit = divmod(number, len(OPERATOR_DIGITS))
            digits += OPERATOR_DIGITS[digit]
        return base + "~" + digits

    def comparison(self, symbol):
        name = self.operator(symbol)
        cases = "".join(f"  if Mutant.alive == {self.new(f'{symbol} {how}')} {{ return {body} }}\n" for body, how in COMPARISONS[symbol])
        protocol = "Equatable" if symbol in ("==", "!=") else "Comparable"
        self.support.append(
            f"infix operator {name}: ComparisonPrecedence\n"
            f"func {name} <T: {protocol}>(a: T, b: T) -> Bool {{\n{cases}  return a {symbol} b\n}}\n"
        )
        return name

    def comparison_with_nil(self, symbol):
        name = self.operator(symbol)
        body, how = COMPARISONS[symbol][0]
        self.support.append(
            f"infix operator {name}: ComparisonPrecedence\n"
            f"func {name} <T>(a: T?, b: _OptionalNilComparisonType) -> Bool {{\n"
            f"  if Mutant.alive == {self.new(f'{symbol} {how}')} {{ return {body} }}\n  return a {symbol} b\n}}\n"
        )
        return name

    def connective(self, symbol):
        name = self.operator(symbol)
        other = "||" if symbol == "&&" else "&&"
        cases = [("try b()", "left side dropped"), ("a", "right side dropped"), (f"try a {other} b()", f"made {other}")]
        lines = "".join(f"  if Mutant.alive == {self.new(f'{symbol} {how}')} {{ return {body} }}\n" for body, how in cases)
        precedence = "LogicalConjunctionPrecedence" if symbol == "&&" else "LogicalDisjunctionPrecedence"
        self.support.append(
            f"infix operator {name}: {precedence}\n"
            f"func {name} (a: Bool, b: @autoclosure () throws -> Bool) rethrows -> Bool {{\n{lines}  return try a {symbol} b()\n}}\n"
        )
        return name

    def negation(self):
        name = self.operator("!")
        number = self.new("! dropped")
        self.support.append(f"prefix operator {name}\nprefix func {name} (a: Bool) -> Bool {{ Mutant.alive == {number} ? a : !a }}\n")
        return name

    def mutate(self, file, text):
        self.file = file
        mask = code_mask(text)
        edits = []  # (start, end, maker): later ones are made first, so that places stay true

        def at(position):
            self.line = text.count("\n", 0, position) + 1
            start = text.rfind("\n", 0, position) + 1
            self.code = text[start:text.find("\n", position)].strip()
            return (file, self.line) not in self.dropped

        def add(pattern, make, refuse=lambda match: False):
            for match in re.finditer(pattern, text):
                start, end = match.span(1)
                if mask[start] and not refuse(match):
                    edits.append((start, end, make))

        declared = lambda match: text[:match.start()].endswith("func ")
        add(r"(?<= )(<=|>=|==|!=|<|>)(?=\s)(?!\s+nil\b)", lambda old: self.comparison(old), declared)
        add(r"(?<= )(==|!=)(?=\s+nil\b)", lambda old: self.comparison_with_nil(old))
        add(r"(?<=\s)(&&|\|\|)(?=\s)", lambda old: self.connective(old))
        add(r"(?<=[\s(\[])(!)(?=[\w($])", lambda old: self.negation())
        add(r"(breaches\.add\()", lambda old: f"breaches.add(mutant: {self.new('breach not reported')}, ")

        def trifle(match):
            """Weights order witnesses; counters begin at nought; what `prefix` shows is for the eye."""
            start = text.rfind("\n", 0, match.start()) + 1
            before = text[start:match.start()]
            if "weight" in before or "prefix(" in before or before.rstrip().endswith("+="):
                return True
            return match.group(1) == "0" and not re.search(r"[<>=!]=?\s*$", before.replace(" = ", " "))

        add(r"(?<![\w.$#\"])(\d[\d_]*)(?![\w.]*[\w\"])", lambda old: f"Mutant.shifted({self.new(f'{old} + 1')}, {old})", trifle)
        edits += self.clauses(text, mask)
        made = text
        for start, end, make in sorted(edits, key=lambda edit: (edit[0], edit[1]), reverse=True):
            if not at(start):
                continue
            if end > start:
                made = made[:start] + make(text[start:end]) + made[end:]
            else:
                made = made[:start] + make("") + made[start:]
        return made

    def clauses(self, text, mask):
        """Conditions of `if`, `guard` and `where`, one by one: opened before and closed behind, so that what stands
        within them can be changed as well."""
        edits = []
        for match in re.finditer(r"(?<![\w.])(if|guard|where)\s", text):
            if not mask[match.start()]:
                continue
            keyword, start, depth, position = match.group(1), match.end(), 0, match.end()
            spans = []
            while position < len(text):
                if mask[position]:
                    character = text[position]
                    if depth == 0 and keyword == "guard" and text.startswith("else", position) and text[position - 1].isspace():
                        break
                    if depth == 0 and keyword != "guard" and character == "{":
                        break
                    if character in "([{":
                        depth += 1
                    elif character in ")]}":
                        depth -= 1
                        if depth < 0:
                            break
                    elif character == "," and depth == 0:
                        spans.append((start, position))
                        start = position + 1
                position += 1
            spans.append((start, position))
            for first, last in spans:
                clause = text[first:last]
                body = clause.strip()
                if not body or re.match(r"(let|var|case|#|await|try)\b", body) or "\n\n" in body or len(body) > 700:
                    continue
                first += len(clause) - len(clause.lstrip())
                last -= len(clause) - len(clause.rstrip())
                edits.append((first, first, lambda old, keyword=keyword: self.opened(keyword)))
                edits.append((last, last, lambda old: ")"))
        return edits

    def opened(self, keyword):
        always = self.new(f"{keyword}: condition dropped")
        never = self.new(f"{keyword}: condition never met") if keyword != "guard" else 0
        return f"Mutant.met({always}, {never}, "

    SUPPORT = """\
import Foundation

enum Mutant {
  static let alive =
    ProcessInfo.processInfo.environment["KEYPROOF_MUTANT"].flatMap { Int($0) } ?? 0

  static func shifted<T: BinaryInteger>(_ id: Int, _ value: T) -> T {
    alive == id ? value + 1 : value
  }

  static func met(
    _ always: Int,
    _ never: Int,
    _ condition: @autoclosure () throws -> Bool
  ) rethrows -> Bool {
    if alive != 0, alive == always { return true }
    if alive != 0, alive == never { return false }
    return try condition()
  }
}

extension Breaches {
  mutating func add(
    mutant: Int,
    _ what: String,
    events: [Int],
    weight: Int64 = 0,
    sides: Finding.Sides? = nil
  ) {
    if Mutant.alive != mutant { add(what, events: events, weight: weight, sides: sides) }
  }
}

"""


def copy_sources(work):
    """What is built, without what the build itself keeps there; untouched files keep their times."""
    names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\n")
    wanted = set()
    for name in names:
        if not name or not name.startswith(("Package.", "Sources/", "Tests/", "Scenarios/")) or not (ROOT / name).is_file():
            continue
        wanted.add(name)
        put(work / name, (ROOT / name).read_bytes())
    for folder in ("Sources", "Tests"):
        for path in list((work / folder).rglob("*.swift")):
            if str(path.relative_to(work)) not in wanted:
                path.unlink()


def put(path, data):
    if path.exists() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def generate(work, dropped):
    mutator = Mutator(dropped)
    folder = ROOT / "Sources" / "Guarantees"
    for target in TARGETS:
        for path in sorted((folder / target).rglob("*.swift")):
            if path.name in NO_VERDICT:
                continue
            name = str(path.relative_to(folder))
            put(work / "Sources/Guarantees" / name, mutator.mutate(name, path.read_text()).encode())
    put(work / "Sources/Guarantees/Mutant.swift", (Mutator.SUPPORT + "\n".join(mutator.support)).encode())
    return mutator.mutants


def build(work):
    """One build; lines that the compiler refuses are left as they are, and it is tried again."""
    dropped = set()
    for _ in range(12):
        mutants = generate(work, dropped)
        result = subprocess.run(["swift", "build", "--target", "Guarantees"], cwd=work, capture_output=True, text=True)
        if result.returncode == 0:
            break
        refused = {
            (match.group(1), int(match.group(2)))
            for match in re.finditer(r"Sources/Guarantees/(\S+?\.swift):(\d+):\d+: error:", result.stdout + result.stderr)
        }
        support = {name for name, _ in refused if name == "Mutant.swift"}
        refused = {place for place in refused if place[0] not in support} - dropped
        if not refused:
            sys.exit("\n".join(line for line in result.stdout.split("\n") if "error:" in line))
        dropped |= refused
        print(f"{len(dropped)} lines cannot be changed", flush=True)
    else:
        sys.exit("no build after twelve attempts")
    result = subprocess.run(["swift", "build", "--build-tests"], cwd=work, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit("\n".join(line for line in result.stdout.split("\n") if "error:" in line))
    return mutants


def is_noticed(work, mutant, file=""):
    program = next((work / ".build/debug").glob("*.xctest"))
    environment = dict(os.environ, KEYPROOF_MUTANT=str(mutant))
    command = [str(program), "--testing-library", "swift-testing", "--filter", TESTS, "--skip", ASIDE if SLOW_FOR in file else f"{ASIDE}|{SLOW}"]
    try:
        result = subprocess.run(command, cwd=work, env=environment, capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return True
    return result.returncode != 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "keyproof-mutants")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="a part of a file's name")
    arguments = parser.parse_args()
    work = arguments.work
    if work.resolve() == ROOT:
        sys.exit("the mutants need a folder of their own")
    copy_sources(work)
    mutants = build(work)
    if is_noticed(work, 0, SLOW_FOR):
        sys.exit("the tests fail without a mutant")
    chosen = [mutant for mutant in mutants if arguments.only in mutant["file"]]
    print(f"{len(mutants)} mutants, {len(chosen)} of them tried", flush=True)
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        noticed = list(pool.map(lambda mutant: is_noticed(work, mutant["id"], mutant["file"]), chosen))
    explained = {}
    if EXPLAINED.exists():
        for line in EXPLAINED.read_text().splitlines():
            if line and not line.startswith("#"):
                place, why = line.split(" => ", 1)
                explained[place.strip()] = why.strip()
    alive, stale = [], set(explained)
    for mutant, seen in zip(chosen, noticed):
        place = f"{mutant['file']} | {mutant['what']} | {mutant['code']}"
        if not seen:
            alive.append((mutant, place, explained.get(place)))
            stale.discard(place)
    unexplained = [entry for entry in alive if not entry[2]]
    for mutant, place, _ in unexplained:
        print(f"not noticed: {place}   (line {mutant['line']})")
    kinds = collections.Counter(why.split(":")[0] for _, _, why in alive if why)
    known = "".join(f", {count} {kind}" for kind, count in sorted(kinds.items()))
    print(f"{len(chosen)} mutants: {len(chosen) - len(alive)} noticed{known}, {len(unexplained)} new")
    if not arguments.only:
        for place in sorted(stale):
            print(f"explained, but noticed or gone: {place}")
    sys.exit(1 if unexplained else 0)


if __name__ == "__main__":
    main()
