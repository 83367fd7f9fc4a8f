"""Plays the guide's stories, with the vendors that it names, and compares its recipes with their files."""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
VENDOR = re.compile(r"--vendor ([a-z-]+)")


def play(program, file, report, *more):
    done = subprocess.run(
        [program, "run", file, "--report", report, *more], capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--catalogue", required=True, type=pathlib.Path)
    options = parser.parse_args()
    recipes = {file.read_text(): file.name for file in options.catalogue.glob("Resources/*.yml")}
    shown, stories, faults = set(), 0, []
    with tempfile.TemporaryDirectory() as folder:
        for article in sorted(options.catalogue.glob("*.md")):
            text = article.read_text()
            cheats = sorted(set(VENDOR.findall(text)))
            for language, block in BLOCK.findall(text):
                if block in recipes:
                    shown.add(recipes[block])
                if language != "yaml" or not block.startswith("scenario:"):
                    continue
                stories += 1
                file = pathlib.Path(folder, f"story-{stories}.yaml")
                file.write_text(block)
                code, said = play(options.program, file, f"{folder}/honest-{stories}")
                if code != 0:
                    faults.append(f"{article.name}: the story ends with {code}\n{said}")
                for cheat in cheats:
                    code, said = play(
                        options.program, file, f"{folder}/{cheat}-{stories}", "--vendor", cheat
                    )
                    if code != 1:
                        faults.append(f"{article.name}: {cheat} ends with {code}\n{said}")
    for name in sorted(set(recipes.values()) - shown):
        faults.append(f"no article shows Resources/{name} as it is")
    if stories < 2:
        faults.append("the guide's stories were not found")
    print("\n".join(faults) or f"{stories} stories of the guide play, {len(shown)} recipes are those of the files")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
