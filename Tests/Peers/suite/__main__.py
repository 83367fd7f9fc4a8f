"""Runs every client against its mock, and writes what came out as a table."""

import argparse
import asyncio
import importlib.metadata
import pathlib
import sys
import time

from .azure_peer import AzurePeer
from .langchain_peer import AzureLangChainPeer, LangChainPeer
from .openai_peer import OpenAIPeer
from .pydantic_peer import PydanticPeer
from .rows import ROWS
from .servers import Mock
from .table import insert, table

# The one list of what runs: a column's name, its package, and how its peer is made.
COLUMNS = [
    ("openai", "openai", lambda mocks: OpenAIPeer(mocks["openai"], is_async=False)),
    ("openai, async", "openai", lambda mocks: OpenAIPeer(mocks["openai"], is_async=True)),
    ("langchain-openai", "langchain-openai", lambda mocks: LangChainPeer(mocks["openai"])),
    ("pydantic-ai", "pydantic-ai-slim", lambda mocks: PydanticPeer(mocks["openai"])),
    ("openai on Azure", "openai", lambda mocks: AzurePeer(mocks["azure"], is_async=False)),
    ("openai on Azure, async", "openai", lambda mocks: AzurePeer(mocks["azure"], is_async=True)),
    (
        "langchain-openai on Azure",
        "langchain-openai",
        lambda mocks: AzureLangChainPeer(mocks["azure"]),
    ),
]
AZURE_CONFIGURATION = pathlib.Path(__file__).with_name("azure.yaml")
# The longest that one check may take.
LIMIT_SECONDS = 60


async def run(peer, check):
    """None when the check passes, or why it does not."""
    try:
        peer.begin()
        await asyncio.wait_for(check(peer), LIMIT_SECONDS)
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:300]}"
    finally:
        peer.mock.settle()
    return None


def play(columns, mocks, wanted):
    """All in one event loop: some clients share their connections with later ones."""
    with asyncio.Runner() as runner:
        return play_in(runner, columns, mocks, wanted)


def play_in(runner, columns, mocks, wanted):
    results = {}
    for name, _, make in columns:
        peer = make(mocks)
        for row, _, _ in ROWS:
            check = peer.CHECKS.get(row)
            if not check or not row.startswith(wanted):
                continue
            begin = time.monotonic()
            fault = runner.run(run(peer, check))
            results[row, name] = fault
            if fault or time.monotonic() - begin > 5:
                seconds = time.monotonic() - begin
                print(f"{name}: {row}: {fault or 'passed'} ({seconds:.1f} s)", flush=True)
    return results


def main():
    parser = argparse.ArgumentParser(prog="Tests/Peers/run", description=__doc__)
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--only", default="", help="rows whose name begins like this")
    parser.add_argument("--client", default="", help="columns whose name begins like this")
    parser.add_argument("--write", action="append", default=[], metavar="FILE",
                        help="put the table into the marked section of this file")
    arguments = parser.parse_args()
    known = {row for row, _, _ in ROWS}
    columns = [column for column in COLUMNS if column[0].startswith(arguments.client)]
    mocks = {}
    try:
        mocks["openai"] = Mock(arguments.program, "openai")
        mocks["azure"] = Mock(arguments.program, "azure", "--config", str(AZURE_CONFIGURATION))
        results = play(columns, mocks, arguments.only)
    finally:
        for mock in mocks.values():
            mock.stop()
    strangers = {row for row, _ in results} - known
    assert not strangers, strangers
    versions = {name: importlib.metadata.version(package) for name, package, _ in columns}
    rows = [row for row in ROWS if row[0].startswith(arguments.only)]
    text = table(rows, versions, results)
    for path in arguments.write:
        insert(path, text)
    if not arguments.write:
        print(text)
    failed = sum(1 for fault in results.values() if fault)
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed or not results else 0


sys.exit(main())
