"""Honest reports, rogues' reports and forged ones under `keyproof verify` and `Reports/verify.py`."""

import base64
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey

sys.path.insert(0, "Reports")
sys.dont_write_bytecode = True
import verify as python_verifier  # noqa: E402

SUFFIX = python_verifier.SUFFIX


def sha256(data):
    return hashlib.sha256(data).hexdigest()


class Verifiers:
    def __init__(self, program):
        self.commands = {
            "keyproof": [program, "verify"],
            "python": [sys.executable, "-B", "Reports/verify.py"],
        }

    def codes(self, folder, *options):
        said = {}
        for name, command in self.commands.items():
            done = subprocess.run([*command, folder, *options], capture_output=True, text=True)
            said[name] = (done.returncode, (done.stdout + done.stderr).strip())
        return said


# Forging -------------------------------------------------------------------------------------


def sign(folder, key):
    """What a forger can do with a key of his own: digests and signatures that fit."""
    public = key.public_key()
    for name in ("test-result", "verdicts"):
        path = folder / "attestations" / f"{name}.dsse.json"
        envelope = json.loads(path.read_bytes())
        statement = json.loads(base64.b64decode(envelope["payload"]))
        for subject in statement["subject"]:
            file = folder / subject["name"]
            subject["digest"]["sha256"] = sha256(file.read_bytes()) if file.exists() else "0" * 64
        if name == "verdicts":
            report = json.loads((folder / "report.json").read_bytes())
            predicate = statement["predicate"]
            predicate["evidenceRoot"] = report["evidence"]["root"]
            predicate["verdicts"] = {p["id"]: p["verdict"] for p in report["guarantees"]}
        payload = json.dumps(
            statement, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        ).encode()
        kind = envelope["payloadType"]
        signed = b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(payload), payload)
        envelope["payload"] = base64.b64encode(payload).decode()
        envelope["signatures"] = [
            {
                "keyid": python_verifier.key_id(public),
                "sig": base64.b64encode(key.sign(signed)).decode(),
            }
        ]
        path.write_text(json.dumps(envelope))
    pem = public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    (folder / "attestations" / "signer.pem").write_bytes(pem)


def log(folder):
    """A log with a revocation in it."""
    return sorted((folder / "evidence").glob("revocation-*.jsonl"))[0]


def lines(path):
    return path.read_bytes().splitlines(keepends=True)


def event_dropped(folder):
    content = lines(log(folder))
    log(folder).write_bytes(b"".join(content[:40] + content[41:]))


def events_reordered(folder):
    content = lines(log(folder))
    content[40], content[41] = content[41], content[40]
    log(folder).write_bytes(b"".join(content))


def event_edited(folder):
    content = log(folder).read_bytes()
    assert b'"status":401' in content
    log(folder).write_bytes(content.replace(b'"status":401', b'"status":403', 1))


def log_truncated(folder):
    log(folder).write_bytes(b"".join(lines(log(folder))[:-30]))


def last_line_dropped(folder):
    log(folder).write_bytes(b"".join(lines(log(folder))[:-1]))


def verdict_changed(folder):
    path = folder / "report.json"
    report = json.loads(path.read_bytes())
    for story in report["scenarios"]:
        for finding in story["findings"]:
            if finding["guarantee"] == "no-pooling" and finding["verdict"] == "held":
                finding["verdict"] = "violated"
                path.write_text(json.dumps(report))
                return
    raise AssertionError("no verdict to change")


def overall_verdict_changed(folder):
    path = folder / "report.json"
    report = json.loads(path.read_bytes())
    changed = [p for p in report["guarantees"] if p["id"] == "instant-revocation"]
    changed[0]["verdict"] = "inconclusive"
    path.write_text(json.dumps(report))


def scenario_swapped(folder):
    report = json.loads((folder / "report.json").read_bytes())
    played = [story for story in report["scenarios"] if story["family"] == "revocation"]
    first, second = (folder / "inputs" / story["inputs"][0]["path"] for story in played[:2])
    first.write_bytes(second.read_bytes())


def evidence_swapped(folder):
    first, second = sorted((folder / "evidence").glob("revocation-*.jsonl"))[:2]
    first.write_bytes(second.read_bytes())


def file_added(folder):
    (folder / "evidence" / "more.jsonl").write_text("{}\n")


FORGERIES = [
    event_dropped,
    events_reordered,
    event_edited,
    log_truncated,
    last_line_dropped,
    verdict_changed,
    overall_verdict_changed,
    scenario_swapped,
    evidence_swapped,
]


def made_up(folder):
    """Evidence with its chain, its roots and its signatures all redone: only a rerun tells."""
    path = log(folder)
    chain, old, content = b"0" * 64, None, b""
    for line in path.read_bytes().splitlines():
        body, old = line[:-SUFFIX], line[-66:-2]
        # A length that no checker looks at.
        body = body.replace(b'"requestBytes":', b'"requestBytes":1')
        chain = sha256(chain + body + b"}").encode()
        content += body + b',"chain":"' + chain + b'"}\n'
    path.write_bytes(content)
    report = (folder / "report.json").read_bytes().replace(old, chain)
    parsed = json.loads(report)
    roots = "".join(
        f"{story['evidenceRoot']} {story['evidence']}\n"
        for story in parsed["scenarios"]
        if story["ending"]["kind"] == "played"
    )
    report = report.replace(parsed["evidence"]["root"].encode(), sha256(roots.encode()).encode())
    (folder / "report.json").write_bytes(report)


# Asking --------------------------------------------------------------------------------------


def require(said, expected, what):
    for name, (code, words) in said.items():
        assert code == expected, f"{what}: {name} ended with {code}, not {expected}: {words}"


def check_envelopes(folder):
    """securesystemslib reads the envelopes, and computes the same key id."""
    public = serialization.load_pem_public_key(
        (folder / "attestations" / "signer.pem").read_bytes()
    )
    key = SSlibKey.from_crypto(public)
    for path in (folder / "attestations").glob("*.dsse.json"):
        envelope = Envelope.from_dict(json.loads(path.read_bytes()))
        assert key.keyid in envelope.verify([key], 1), path


def forged(source, name, forge, key=None):
    folder = source.parent / f"forged-{name}"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
    forge(folder)
    if key:
        sign(folder, key)
    return folder


def waive(program, scratch):
    """A rogue's report, once more with a waiver of each of its violations."""
    report = json.loads((scratch / "keeps-removed-key" / "report.json").read_bytes())
    entries = [
        {
            "guarantee": finding["guarantee"],
            "scenario": story["file"],
            "reason": "It is a rogue.",
            "owner": "the peers",
            "expires": "2200-01-01",
        }
        for story in report["scenarios"]
        for finding in story["findings"]
        if finding["verdict"] == "violated" and not story["control"]
    ]
    # JSON is YAML.
    file = scratch / "waivers.yaml"
    file.write_text(json.dumps({"waivers": entries}))
    done = subprocess.run(
        [program, "run", "Scenarios", "--vendor", "keeps-removed-key", "--world", "simulated"]
        + ["--waivers", file, "--report", scratch / "waived"],
        capture_output=True,
        text=True,
    )
    report = json.loads((scratch / "waived" / "report.json").read_bytes())
    assert done.returncode == report["exit"]["code"] in (1, 3), done.stderr
    broken = [promise for promise in report["guarantees"] if promise["verdict"] == "violated"]
    assert broken and all(promise["waived"] for promise in broken), broken
    assert {entry["state"] for entry in report["waivers"]["entries"]} == {"excuses"}


def exit_hidden(folder):
    path = folder / "report.json"
    report = json.loads(path.read_bytes())
    report["exit"] = {"code": 0, "status": "held"}
    path.write_text(json.dumps(report))


def waiver_invented(folder):
    path = folder / "report.json"
    report = json.loads(path.read_bytes())
    entry = report["waivers"]["entries"].pop()
    path.write_text(json.dumps(report))
    assert entry


def part_dropped(folder):
    for file in (folder / "shards").glob("2-of-3.*"):
        file.unlink()


def part_doubled(folder):
    for file in (folder / "shards").glob("1-of-3.*"):
        shutil.copy(file, folder / "shards" / file.name.replace("1-of", "2-of"))


def main(program, scratch):
    scratch, verifiers = Path(scratch), Verifiers(program)
    waive(program, scratch)
    reports = sorted(path.parent for path in scratch.glob("*/report.json"))
    signer = scratch / "other" / "attestations" / "signer.pem"
    for report in reports:
        require(verifiers.codes(report, "--key", signer), 0, report.name)
        check_envelopes(report)
    print(f"{len(reports)} reports fit, of honest and of rogue vendors")

    honest, key = scratch / "honest", Ed25519PrivateKey.generate()
    for forge in FORGERIES + [file_added]:
        folder = forged(honest, "plainly", forge)
        require(verifiers.codes(folder), 1, forge.__name__)
    # With digests and signatures redone by a key of the forger's, the rest must tell.
    for forge in FORGERIES:
        folder = forged(honest, "signed", forge, key)
        said = verifiers.codes(folder)
        require(said, 1, f"{forge.__name__}, signed again")
        print(f"  {forge.__name__}: {said['keyproof'][1].splitlines()[-1]}")

    others = [("waived", exit_hidden), ("waived", waiver_invented)]
    others += [("merged", part_dropped), ("merged", part_doubled)]
    for source, forge in others:
        said = verifiers.codes(forged(scratch / source, "signed", forge, key))
        require(said, 1, f"{forge.__name__}, signed again")

    def moved(folder):
        name = "attestations/verdicts.dsse.json"
        shutil.copy(scratch / "other" / name, folder / name)

    require(verifiers.codes(forged(honest, "moved", moved)), 1, "a signature moved")
    resigned = forged(honest, "resigned", lambda folder: None, key)
    require(verifiers.codes(resigned, "--key", signer), 1, "another's signature")
    print(f"{2 * len(FORGERIES) + len(others) + 3} forgeries are rejected by both")

    invented = forged(scratch / "other", "made-up", made_up, key)
    require(verifiers.codes(invented), 0, "evidence made up throughout")
    for folder, expected in ((invented, 1), (scratch / "other", 0)):
        done = subprocess.run(
            [program, "verify", folder, "--rerun"], capture_output=True, text=True
        )
        assert done.returncode == expected, (folder.name, done.stdout, done.stderr)
    print(f"made up throughout, with a rerun: {done.stdout.splitlines()[-1][:60]} / rejected")


if __name__ == "__main__":
    main(*sys.argv[1:])
