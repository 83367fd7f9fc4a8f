#!/usr/bin/env python3
"""Checks a report of Keyproof without Keyproof: standard library and `cryptography` only.

    python3 verify.py REPORT [--key PUBLIC.pem]

Digests and signatures of every file, the hash chain of every log, and the verdicts of the main
promises, worked out anew from the events by this file's own reading of the promises. Exit codes: 0 all
fits, 1 something does not and is named, 2 the run was interrupted, 64 usage.
"""

import argparse
import base64
import calendar
import datetime
import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SECOND = 1_000_000_000
MINUTE = 60 * SECOND
DAY = 86_400 * SECOND
HELD, VIOLATED, INCONCLUSIVE, NOT_CLAIMED = "held", "violated", "inconclusive", "not-claimed"


class Misfit(Exception):
    """The first thing that does not fit."""


# Files, digests, signatures ------------------------------------------------------------------


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def raw(key):
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def key_id(key):
    """As securesystemslib computes it."""
    described = {"keytype": "ed25519", "keyval": {"public": raw(key).hex()}, "scheme": "ed25519"}
    return sha256(json.dumps(described, sort_keys=True, separators=(",", ":")).encode())


def read_key(path):
    pem = path.read_bytes()
    if b"PRIVATE" in pem:
        key = serialization.load_pem_private_key(pem, None)
        key = key.public_key() if isinstance(key, Ed25519PrivateKey) else None
    else:
        key = serialization.load_pem_public_key(pem)
    if not isinstance(key, Ed25519PublicKey):
        raise Misfit(f"{path}: no Ed25519 key")
    return key


def opened(path, key):
    """The statement in a DSSE envelope, once its signature is seen to be the key's."""
    envelope = json.loads(path.read_bytes())
    kind = envelope["payloadType"]
    payload = base64.b64decode(envelope["payload"], validate=True)
    if kind != "application/vnd.in-toto+json":
        raise Misfit(f"{path}: the payload is no in-toto statement")
    signed = b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(payload), payload)
    for signature in envelope["signatures"]:
        if signature["keyid"] != key_id(key):
            continue
        try:
            key.verify(base64.b64decode(signature["sig"], validate=True), signed)
        except InvalidSignature:
            raise Misfit(f"{path}: the signature is not of this payload") from None
        return json.loads(payload)
    raise Misfit(f"{path}: it is signed by another key")


def check_files(folder, key):
    present = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] != "attestations"
    }
    statements = []
    for name in ("test-result", "verdicts"):
        statement = opened(folder / "attestations" / f"{name}.dsse.json", key)
        signed = {subject["name"]: subject["digest"]["sha256"] for subject in statement["subject"]}
        for file in sorted(set(signed) | set(present)):
            if file not in present:
                raise Misfit(f"{file}: it is signed for, and not there")
            if file not in signed:
                raise Misfit(f"{file}: nobody signed for it in {name}")
            if sha256(present[file].read_bytes()) != signed[file]:
                raise Misfit(f"{file}: its digest is not the one that was signed in {name}")
        statements.append(statement)
    return len(present), statements


# The log -------------------------------------------------------------------------------------

SUFFIX = len(',"chain":"') + 64 + len('"}')


def read_log(path, name):
    """The facts, the events, and the digest of the last line."""
    data = path.read_bytes()
    if not data.endswith(b"\n"):
        raise Misfit(f"{name}: the file ends within a line")
    chain, facts, events, ended = b"0" * 64, None, [], False
    for number, line in enumerate(data[:-1].split(b"\n"), 1):
        body, suffix = line[:-SUFFIX], line[-SUFFIX:]
        chain = sha256(chain + body + b"}").encode()
        if suffix != b',"chain":"' + chain + b'"}':
            raise Misfit(f"{name}: line {number} does not follow from the line before it")
        value = json.loads(body + b"}")
        if ended:
            raise Misfit(f"{name}: line {number} comes after the end")
        if number == 1:
            if value["format"] != 2:
                raise Misfit(f"{name}: its format is {value['format']}")
            facts = value["facts"]
        elif "end" in value:
            ended = value["end"] == "complete" and value["events"] == len(events)
            if not ended:
                raise Misfit(f"{name}: line {number} is not its end")
        else:
            if value["id"] != len(events) + 1:
                raise Misfit(f"{name}: line {number} is not the event that comes next")
            events.append(value)
    if not ended:
        raise Misfit(f"{name}: it ends after {len(events)} events without its last line")
    return facts, events, chain.decode()


# What happened -------------------------------------------------------------------------------


class Keys:
    """What became of every key, and what follows for each customer."""

    TRANSIT = SECOND

    def __init__(self):
        self.known, self.ended = {}, {}
        self.revocations, self.rotations = [], []
        self.actions = []
        self.of_tenant = defaultdict(list)
        self.submitters = defaultdict(set)
        self.hosts = defaultdict(set)
        self.held = defaultdict(lambda: {"current": None, "standby": None, "next": {}, "open": None})

    def create(self, at, of):
        self.known.setdefault(of["key"], of)

    def end(self, at, of):
        key = of["key"]
        if key not in self.known or key in self.ended:
            return
        self.ended[key] = (of["afterOrder"], of.get("spreadUntil"))
        for tenant in sorted(self.held):
            holding = self.held[tenant]
            if holding["current"] == key:
                standby = holding["standby"]
                if standby in self.known and standby not in self.ended:
                    holding["current"] = standby
                else:
                    self.revoke(tenant, at, of["afterOrder"], removed=False)
            elif key in holding["next"]:
                self.rotations.append((tenant, holding["next"][key], at))

    def act(self, at, of):
        action = dict(of, at=at, ok=200 <= of["status"] < 300)
        self.actions.append(action)
        tenant, verb, key = of["tenant"], of["verb"], of.get("key")
        if verb in ("uploadDocument", "removeDocument", "cancelSubscription"):
            return
        if verb != "removeKey" and key:
            self.submitters[key].add(tenant)
            if of.get("providerHost"):
                self.hosts[key].add(of["providerHost"])
        self.of_tenant[tenant].append(action)
        if not action["ok"]:
            return
        holding = self.held[tenant]
        if verb == "installKey" and key in self.known and key not in self.ended:
            if holding["current"] not in (None, key):
                holding["next"][holding["current"]] = action
            holding["next"].pop(key, None)
            holding["current"] = key
            if holding["open"] is not None:
                self.revocations[holding["open"]]["until"] = action
            holding["open"] = None
        elif verb == "installStandby":
            holding["standby"] = key
        elif verb == "removeKey" and holding["current"]:
            self.revoke(tenant, at, of["afterOrder"], removed=True)

    def revoke(self, tenant, at, after, removed):
        key = self.held[tenant]["current"]
        self.revocations.append(
            {"tenant": tenant, "key": key, "at": at, "after": after, "removed": removed}
        )
        del self.held[tenant]
        self.held[tenant]["open"] = len(self.revocations) - 1

    def lies_in(self, revocation, moment):
        until = revocation.get("until")
        return moment >= revocation["at"] and (not until or moment < until["submittedAt"])

    def revocation(self, tenant, moment):
        inside = [r for r in self.revocations if r["tenant"] == tenant and self.lies_in(r, moment)]
        return inside[-1] if inside else None

    def is_dead(self, key, order, arrived):
        after, spread = self.ended.get(key, (None, None))
        return after is not None and order > after and (spread is None or arrived > spread)

    def permission(self, key, tenant, order, arrived):
        installed = removed = False
        for action in self.of_tenant[tenant]:
            if action["submittedAt"] > arrived:
                continue
            settled = action["at"] + self.TRANSIT < arrived
            if action["verb"] == "removeKey":
                if action["ok"] and order > action["afterOrder"] and settled:
                    removed = True
            elif action.get("key") == key:
                refused = 400 <= action["status"] < 500 or action["verb"] == "checkKey"
                if not (settled and refused):
                    installed, removed = True, False
        if not installed:
            return "notInstalled"
        if removed:
            return "removed"
        return "ended" if self.is_dead(key, order, arrived) else "permitted"


class Story:
    """A log read once, with everything linked that belongs together."""

    def __init__(self, facts, events):
        self.facts, self.keys = facts, Keys()
        self.bound = {
            tenant["id"]
            for tenant in facts["tenants"]
            if "no-query-logging" in tenant.get("contracts", [])
        }
        self.people = {person["id"]: person for person in facts["people"]}
        self.rooms = {room["id"]: room for room in facts["conversations"]}
        self.comings = []
        self.bases = {(base["tenant"], base["id"]): base for base in facts["knowledge"]}
        self.tenants = [tenant["id"] for tenant in facts["tenants"]]
        self.of = defaultdict(list)
        self.messages, self.calls, self.replies, self.documents = [], [], [], {}
        self.by_id, self.by_question, self.by_completion = {}, defaultdict(list), {}
        self.moves = defaultdict(list)
        self.end = events[-1]["at"] if events else facts["startedAt"]
        self.open, self.troubles, self.crashes, self.copying = {}, [], [], []
        for event in events:
            self.take(event["kind"], event["at"], event["id"], event.get("of"))
        self.troubles = self.joined()
        self.link()

    def take(self, kind, at, number, of):
        if kind == "keyCreated":
            self.keys.create(at, of)
        elif kind == "keyEnded":
            self.keys.end(at, of)
        elif kind == "adminAction":
            self.keys.act(at, of)
        elif kind == "secretChanged":
            self.keys.act(at, dict(of, verb="installKey", submittedAt=at, status=200))
        elif kind == "messageSent":
            self.by_id[of["message"]] = len(self.messages)
            self.by_question[of["questionCanary"]].append(len(self.messages))
            self.messages.append(
                dict(of, at=at, event=number, tries=[], replies=[], calls=[], trick=None)
            )
        elif kind == "delivery" and of["message"] in self.by_id:
            self.messages[self.by_id[of["message"]]]["tries"].append((at, of["status"]))
        elif kind == "impostor" and of["message"] in self.by_id:
            self.messages[self.by_id[of["message"]]]["trick"] = of["trick"]
        elif kind == "reply":
            self.replies.append(dict(of, at=at, event=number, index=None))
        elif kind == "providerCall":
            if of.get("completionCanary"):
                self.by_completion[of["completionCanary"]] = len(self.calls)
            self.calls.append(dict(of, at=at, event=number, made=[], tenants=[]))
        elif kind == "memberChanged":
            self.comings.append((at, of["conversation"], of["person"], of["isMember"]))
        elif kind == "personMoved":
            self.moves[of["person"]].append((at, of["department"]))
        elif kind == "documentChanged":
            known = self.documents.setdefault(of["document"], dict(of, changes=[]))
            known["changes"].append((at, of["change"]))
        elif kind == "vendor":
            self.trouble("vendor", at, of != "started")
            if of == "crashed":
                self.crashes.append(at)
            self.of[kind].append(dict(change=of, at=at))
        elif kind == "fault" and of["phase"] != "struck":
            self.trouble("fault " + of["name"], at, of["phase"] == "began")
        elif kind == "storyEnded":
            self.end = at
        elif of is not None:
            self.of[kind].append(dict(of, at=at, event=number))

    def trouble(self, name, at, begins):
        if begins:
            self.open.setdefault(name, at)
        elif name in self.open:
            self.troubles.append((self.open.pop(name), at))
            if name.startswith("fault duplication"):
                self.copying.append(self.troubles[-1])

    def duplicating(self, moment):
        return any(first <= moment <= last + 10 * SECOND for first, last in self.copying)

    def joined(self):
        forever = float("inf")
        spans = sorted(self.troubles + [(begin, forever) for begin in self.open.values()])
        joined = []
        for begin, end in spans:
            if joined and begin <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(joined[-1][1], end))
            else:
                joined.append((begin, end))
        return joined

    def disturbed(self, begin, end):
        return any(first <= end and last >= begin for first, last in self.troubles)

    def deadline(self, allowance, moment):
        """Until when a promise must be kept; None where the story ended too early to tell."""
        start = moment
        for first, last in self.troubles:
            if first > start + allowance:
                break
            if last == float("inf"):
                return None
            start = max(start, last)
        return start + allowance if start + allowance <= self.end else None

    def link(self):
        told = defaultdict(list)
        for index, reply in enumerate(self.replies):
            message = self.by_id.get(reply.get("message"))
            reply["index"] = message
            if message is None:
                continue
            for canary in reply["completionCanaries"]:
                told[canary].append(message)
            if reply["nature"] != "partial":
                self.messages[message]["replies"].append(reply)
        for index, call in enumerate(self.calls):
            tenants, asked = set(), []
            for canary in call["promptCanaries"]:
                document = self.document(canary)
                if document:
                    tenants.add(document["tenant"])
                    continue
                group = self.asked(self.by_question.get(canary, []), call)
                if group:
                    asked.append(group)
            made = self.made_for(asked, told.get(call.get("completionCanary"), ()), call)
            tenants.update(filter(None, (self.whose(group, made, call) for group in asked)))
            call["tenants"], call["made"] = sorted(tenants), made
            if made:
                self.messages[made[-1]]["calls"].append(call)

    def asked(self, asking, call):
        """Of messages with the same words those that a call can have been made for."""
        asked = [m for m in asking if self.messages[m]["at"] <= call["arrivedAt"]]
        if len(asked) <= 1:
            return asked
        submitters = self.keys.submitters.get(call.get("key"), ())
        return [m for m in asked if self.messages[m]["tenant"] in submitters] or asked

    def waits(self, message, moment):
        end = self.ending(self.messages[message])
        return not end or end["at"] >= moment

    def made_for(self, asked, answered, call):
        """The messages that a call may be for: a prompt carries what its conversation asked before."""
        everything = sorted(message for group in asked for message in group)
        if not everything:
            return []

        def place(message):
            return self.messages[message]["conversation"]

        def words(message):
            return self.messages[message]["questionCanary"]

        newest = everything[-1]
        if all(len(group) == 1 and place(group[0]) == place(newest) for group in asked):
            return [newest]
        for message in answered:
            if message in everything:
                return [message]
        common = set.intersection(*({place(message) for message in group} for group in asked))
        covering = [message for message in everything if place(message) in common]
        waiting = [m for m in covering if self.waits(m, call["arrivedAt"])]
        if waiting:
            last = {place(message): words(message) for message in waiting}
            return [message for message in waiting if last[place(message)] == words(message)]
        waiting = [m for m in everything if self.waits(m, call["arrivedAt"])]
        if waiting:
            return [message for message in waiting if words(message) == words(waiting[-1])]
        return covering[-1:] or [newest]

    def whose(self, group, made, call):
        """The customer whose question stands in a prompt; None where several asked alike."""
        places = {self.messages[message]["conversation"] for message in made}
        sources = (
            [m for m in group if len(group) == 1 or self.messages[m]["conversation"] in places]
            or [m for m in group if self.waits(m, call["arrivedAt"])]
            or group[-1:]
        )
        tenants = {self.messages[message]["tenant"] for message in sources}
        return tenants.pop() if len(tenants) == 1 else None

    def document(self, canary):
        return self.documents.get(canary) or self.documents.get(canary.rpartition("#")[0])

    def customers(self, call):
        if call["tenants"]:
            return call["tenants"]
        key = call.get("key")
        if self.keys.submitters.get(key):
            return sorted(self.keys.submitters[key])
        owner = self.keys.known.get(key, {}).get("owner", {}).get("tenant")
        if owner:
            return [owner]
        return self.tenants if len(self.tenants) == 1 else []

    def permission(self, call, tenant):
        key = call.get("key")
        return key and self.keys.permission(key, tenant, call["order"], call["arrivedAt"])

    def genuine(self, message):
        return message["trick"] in (None, "genuine")

    def answers(self, message):
        return [reply for reply in message["replies"] if reply["nature"] == "answer"]

    def lost(self, message, patience):
        if message["replies"] or self.deadline(patience, message["at"]) is None:
            return False
        last = message["tries"][-1][0] if message["tries"] else message["at"]
        accepted = any(200 <= status < 300 for _, status in message["tries"])
        return accepted or not self.disturbed(message["at"], last)

    def waiting_time(self, tenant):
        """How long a customer lets messages wait for its next key; None where it does not."""
        wanted = self.wanted(tenant).get("waitSeconds")
        return None if wanted is None else wanted * SECOND

    def wanted(self, tenant):
        found = [t for t in self.facts["tenants"] if t["id"] == tenant]
        return (found[0].get("rejectedKey") if found else None) or {}

    def says_it_waits(self, reply):
        return reply["nature"] == "notice" and "waits" in (reply.get("words") or "").lower()

    def promise(self, message):
        """The notice that told a person that the message waits."""
        if self.waiting_time(message["tenant"]) is None:
            return None
        return next(filter(self.says_it_waits, message["replies"]), None)

    def ending(self, message):
        """A message's first answer or refusal."""
        may_wait = self.waiting_time(message["tenant"]) is not None
        ends = (r for r in message["replies"] if not (may_wait and self.says_it_waits(r)))
        return next(ends, None)

    def department(self, person, moment):
        moved = [department for at, department in self.moves[person] if at <= moment]
        return moved[-1] if moved else self.people.get(person, {}).get("department")

    def question(self, message):
        department = self.department(message["person"], message["at"])
        if message.get("isCommand") or department in (None, ""):
            return False
        return department != "guests" or any(
            base["tenant"] == message["tenant"] and department in base["departments"]
            for base in self.bases.values()
        )

    def may(self, person, base, moment):
        return (
            self.people.get(person, {}).get("tenant") == base["tenant"]
            and self.department(person, moment) in base["departments"]
        )

    def audience(self, message):
        room = message["conversation"]
        members = list(self.rooms.get(room, {}).get("members", []))
        for at, where, person, stays in self.comings:
            if where == room and at <= message["at"]:
                members = [m for m in members if m != person] + ([person] if stays else [])
        return members if message["person"] in members else members + [message["person"]]

    def members(self, room):
        if room in self.rooms:
            later = [person for _, where, person, stays in self.comings if where == room and stays]
            return list(dict.fromkeys(self.rooms[room]["members"] + later))
        return sorted({m["person"] for m in self.messages if m["conversation"] == room})

    def there(self, document, moment):
        changes = [change for at, change in document["changes"] if at <= moment]
        return bool(changes) and changes[-1] == "added"

    def exposures(self):
        """Prompts and replies: where a text of somebody else would be a leak."""

        def reading(index):
            message = self.messages[index]
            return (self.audience(message), message["conversation"], message["at"])

        for call in self.calls:
            if call["made"] and call["promptCanaries"]:
                tenant = self.messages[call["made"][-1]]["tenant"]
                readings = [reading(index) for index in call["made"]]
                yield tenant, call["arrivedAt"], readings, call["promptCanaries"]
        for reply in self.replies:
            canaries = reply["canaries"] + reply["completionCanaries"]
            if canaries:
                room = reply["conversation"]
                if reply["index"] is None:
                    readings = [(self.members(room), room, reply["at"])]
                else:
                    readings = [reading(reply["index"])]
                yield reply["tenant"], reply["at"], readings, canaries


# The promises --------------------------------------------------------------------------------


def judged(breaches, exercised):
    return VIOLATED if breaches else HELD if exercised else INCONCLUSIVE


def succeeded(call):
    return call["status"] == 200


def foreign_success(story):
    """A call on a key that the administrator did not install, within a revocation."""
    for call in story.calls:
        for tenant in story.customers(call):
            permission = story.permission(call, tenant)
            if permission == "notInstalled":
                revocation = story.keys.revocation(tenant, call["arrivedAt"])
                if not revocation or call["order"] <= revocation["after"]:
                    permission = "permitted"
            yield call, permission


def revocations_tested(story):
    """Whether a key ended that had served before, and after which somebody asked."""
    asked = []
    tested = False
    for revocation in story.keys.revocations:
        before = any(
            call.get("key") == revocation["key"]
            and succeeded(call)
            and call["order"] <= revocation["after"]
            for call in story.calls
        )
        messages = [
            message
            for message in story.messages
            if message["tenant"] == revocation["tenant"]
            and story.genuine(message)
            and story.keys.lies_in(revocation, message["at"])
            and message["person"] in story.people
        ]
        asked.append((revocation, messages))
        tested = tested or bool(before and messages)
    return tested, asked


def unfounded_answer(story):
    """An answer during a revocation without a permitted call for the very message behind it."""
    for reply in story.replies:
        if reply["nature"] != "answer":
            continue
        if not story.keys.revocation(reply["tenant"], reply["at"]):
            continue
        founded = False
        for canary in reply["completionCanaries"]:
            if canary not in story.by_completion:
                continue
            call = story.calls[story.by_completion[canary]]
            if reply["index"] is not None:
                message = story.messages[reply["index"]]
                made = (
                    call["arrivedAt"] >= message["at"]
                    and message["questionCanary"] in call["promptCanaries"]
                )
            else:
                made = bool(call["made"]) and (
                    story.messages[call["made"][-1]]["conversation"] == reply["conversation"]
                )
            permitted = story.permission(call, reply["tenant"]) == "permitted"
            founded = founded or (made and permitted and succeeded(call))
        if not founded:
            return True
    return False


def instant_revocation(story):
    tested, asked = revocations_tested(story)
    breach = unfounded_answer(story) or any(
        succeeded(call) and permission in ("ended", "removed", "notInstalled")
        for call, permission in foreign_success(story)
    )
    for revocation, messages in asked:
        told = set()
        for message in messages:
            if not message["replies"]:
                breach = breach or story.lost(message, 60 * SECOND)
                continue
            reply = message["replies"][0]
            deadline = story.deadline(60 * SECOND, message["at"])
            breach = breach or (deadline is not None and reply["at"] > deadline)
            if story.disturbed(message["at"], reply["at"]):
                continue
            if unknown(story, revocation, message, reply):
                continue
            if (
                reply["nature"] == "notice"
                and story.question(message)
                and message["person"] not in told
            ):
                told.add(message["person"])
                breach = breach or not names_the_cause(reply)
    return judged(breach or left_waiting(story) or contact_untold(story), tested)


def unknown(story, revocation, message, reply):
    """Whether the provider was spared after a fault, and had refused the ended key to nobody."""
    spared = story.disturbed(message["at"] - 30 * SECOND, reply["at"])
    return spared and not revocation["removed"] and not any(
        call.get("key") == revocation["key"]
        and call["order"] > revocation["after"]
        and not succeeded(call)
        and call["at"] <= reply["at"]
        for call in story.calls
    )


def names_the_cause(reply):
    words = (reply.get("words") or "").lower()
    return "key" in words or "admin" in words


def left_waiting(story):
    """Whether a message that was told to wait ends too late, never, or in vague words."""
    for message in filter(story.genuine, story.messages):
        time, promise = story.waiting_time(message["tenant"]), story.promise(message)
        if promise is None:
            continue
        deadline, ending = story.deadline(time + MINUTE, promise["at"]), story.ending(message)
        if ending is None:
            if deadline is not None:
                return True
        elif deadline is not None and ending["at"] > deadline:
            return True
        elif ending["nature"] == "notice" and not names_the_cause(ending):
            return True
    return False


def contact_untold(story):
    """Whether somebody who was to be told of a rejected key was not, or too late, or twice."""
    for revocation in story.keys.revocations:
        tenant, person = revocation["tenant"], story.wanted(revocation["tenant"]).get("tells")
        rooms = [
            room
            for room in story.facts["conversations"]
            if room["tenant"] == tenant and room["kind"] == "personal" and room["members"] == [person]
        ]
        heard = [
            call["at"]
            for call in story.calls
            if call.get("key") == revocation["key"]
            and call["order"] > revocation["after"]
            and call["status"] == 401
            and story.keys.lies_in(revocation, call["arrivedAt"])
            and not is_trial(story, call)
        ]
        if revocation["removed"] or not rooms or not heard:
            continue
        told = [
            reply
            for reply in story.replies
            if reply.get("message") is None
            and reply["nature"] == "notice"
            and reply["conversation"] == rooms[0]["id"]
            and story.keys.lies_in(revocation, reply["at"])
        ]
        if told_twice(story, told, rooms[0]["platform"]):
            return True
        deadline = story.deadline(MINUTE, heard[0])
        if deadline is None or not story.keys.lies_in(revocation, deadline):
            continue
        if not told or told[0]["at"] > deadline or not names_the_cause(told[0]):
            return True
    return False


def told_twice(story, told, platform):
    crashes = list(story.crashes)
    for earlier, later in zip(told, told[1:]):
        if earlier.get("words") != later.get("words"):
            continue
        if platform == "teams":
            if story.duplicating(later["at"]):
                continue
            excuse = [at for at in crashes if earlier["at"] <= at <= later["at"]]
            if excuse:
                crashes.remove(excuse[0])
                continue
        return True
    return False


def no_calls_after_revocation(story):
    tested, _ = revocations_tested(story)
    breach = unfounded_answer(story) or any(
        permission in ("removed", "notInstalled") for _, permission in foreign_success(story)
    )

    def dead(call):
        return story.keys.is_dead(call.get("key"), call["order"], call["arrivedAt"])

    for message in story.messages:
        attempts = [call for call in message["calls"] if dead(call)]
        alike = {other for call in attempts for other in call["made"]}
        breach = breach or len(attempts) > 3 * max(1, len(alike))
    for revocation in story.keys.revocations:
        attempts = sorted(
            (
                call
                for call in story.calls
                if call.get("key") == revocation["key"]
                and dead(call)
                and story.keys.lies_in(revocation, call["arrivedAt"])
            ),
            key=lambda call: call["order"],
        )
        rejections = [call["at"] for call in attempts if call["status"] == 401]
        if not rejections:
            continue
        paused = rejections[0]
        probes = [
            call["arrivedAt"]
            for call in attempts
            if call["arrivedAt"] > paused
            and not story.duplicating(call["arrivedAt"])
            and not (call["made"] and story.messages[call["made"][-1]]["at"] <= paused)
            and not any(
                action["tenant"] == revocation["tenant"]
                and action["submittedAt"] <= call["arrivedAt"] <= action["at"]
                for action in story.keys.actions
            )
        ]
        gaps = [later - earlier for earlier, later in zip(probes, probes[1:])]
        breach = breach or any(gap + SECOND < 60 * SECOND for gap in gaps)
    return judged(breach, tested)


def is_trial(story, call):
    """Whether an administrator's submission is being tried out, or a key that was refused last."""
    earlier = [
        other
        for other in story.calls
        if other.get("key") == call.get("key") and other["order"] < call["order"]
    ]
    last = max(earlier, key=lambda other: other["order"], default=None)
    if last and last["status"] in (401, 403) and not call["tenants"]:
        if call["arrivedAt"] - last["arrivedAt"] >= MINUTE:
            return True
    return any(
        action["verb"] in ("installKey", "checkKey")
        and action.get("key") == call.get("key")
        and action["submittedAt"] < action["at"]
        and action["submittedAt"] <= call["arrivedAt"] <= action["at"] + SECOND
        for action in story.keys.actions
    )


def no_pooling(story):
    breach, carrying = False, 0
    for call in story.calls:
        key = call.get("key")
        if not key:
            continue
        submitters = story.keys.submitters.get(key, set())
        carrying += succeeded(call) and bool(call["tenants"])
        breach = breach or len(call["tenants"]) > 1
        breach = breach or any(tenant not in submitters for tenant in call["tenants"])
        breach = breach or (not call["tenants"] and succeeded(call) and not submitters)
        # What runs on a customer's key and carries nothing of its customer is not the customer's.
        costs = succeeded(call) and call["promptTokens"] > 0
        stray = not call["tenants"] and costs and submitters
        breach = breach or bool(stray and not is_trial(story, call))
    owners = {json.dumps(key["owner"]) for key in story.keys.known.values()}
    return judged(breach, carrying and len(owners) > 1)


def direct_billing(story):
    breach = books_differ(story)
    for call in story.calls:
        if call["promptTokens"] + call["completionTokens"] > 0 and succeeded(call):
            key = call.get("key")
            submitters = story.keys.submitters.get(key, set())
            breach = breach or bool(key and any(t not in submitters for t in call["tenants"]))
    for tenant in story.facts["tenants"]:
        if tenant["deployment"] in ("pure", "self-hosted"):
            breach = breach or Invoices(story, tenant["id"]).differ()
    answered = 0
    for message in story.messages:
        answers = story.answers(message)
        if not answers:
            continue
        answered += 1
        paying = (
            story.calls[story.by_completion[canary]].get("key")
            for canary in answers[0]["completionCanaries"]
            if canary in story.by_completion
        )
        paid = any(k and message["tenant"] in story.keys.submitters.get(k, ()) for k in paying)
        breach = breach or not paid
    return judged(breach, story.of["ledgerRow"] and answered)


def books_differ(story):
    pages = defaultdict(lambda: {"booked": None, "completed": [0, 0, 0], "cutOff": [0, 0, 0]})

    def add(total, calls, of):
        total[0] += calls
        total[1] += of["promptTokens"]
        total[2] += of["completionTokens"]

    if not story.of["ledgerRow"]:
        return False
    for row in story.of["ledgerRow"]:
        page = pages[row["key"], row["project"], row["endpoint"], row["model"]]
        page["booked"] = page["booked"] or [0, 0, 0]
        add(page["booked"], row["calls"], row)
    for call in story.calls:
        if succeeded(call) and call["outcome"] != "refused" and call.get("key"):
            page = pages[call["key"], call.get("project") or "", call["endpoint"], call["model"]]
            add(page["completed" if call["outcome"] == "completed" else "cutOff"], 1, call)
    for page in pages.values():
        completed, cut_off = page["completed"], page["cutOff"]
        if page["booked"] is None and completed[1] + completed[2] == 0:
            continue
        calls, prompt, completion = (
            booked - seen for booked, seen in zip(page["booked"] or [0, 0, 0], completed)
        )
        explained = 0 <= calls <= cut_off[0] and 0 <= prompt <= cut_off[1]
        explained = explained and (completion >= 0 if cut_off[0] else completion == 0)
        if not explained:
            return True
    return False


class Invoices:
    """What the vendor should have charged, against what it did: to the cent."""

    def __init__(self, story, tenant):
        self.story, self.tenant = story, tenant
        self.terms = story.facts.get("terms")
        self.lines = [line for line in story.of["invoiceLine"] if line["tenant"] == tenant]
        starts = [
            action["at"] // DAY
            for action in story.keys.actions
            if action["tenant"] == tenant and action["verb"] == "startSubscription" and action["ok"]
        ]
        starts += [c["at"] // DAY for c in story.of["vendor"] if c["change"] == "started"]
        self.start = starts[0] if starts else None
        ends = [
            action["at"] // DAY
            for action in story.keys.actions
            if action["tenant"] == tenant and action["verb"] == "cancelSubscription" and action["ok"]
        ]
        self.stop = ends[0] if ends else None

    @staticmethod
    def month(period):
        year, month = map(int, period.split("-"))
        first = datetime.date(year, month, 1).toordinal() - datetime.date(1970, 1, 1).toordinal()
        return first, first + calendar.monthrange(year, month)[1] - 1

    def differ(self):
        if not (self.terms and self.lines and self.start is not None):
            return False
        periods = sorted({line["period"] for line in self.lines})
        return self.missing() or any(self.month_differs(period) for period in periods)

    def missing(self):
        """Every month that has ended falls due."""
        day = datetime.date(1970, 1, 1) + datetime.timedelta(days=self.start)
        read = self.lines[0]["at"] // DAY
        while True:
            period = f"{day.year:04}-{day.month:02}"
            first, last = self.month(period)
            if not (last < read and (self.stop is None or first <= self.stop)):
                return False
            if not any(l["period"] == period and l["isIssued"] for l in self.lines):
                return True
            day = datetime.date(1970, 1, 1) + datetime.timedelta(days=last + 1)

    def month_differs(self, period):
        lines = [line for line in self.lines if line["period"] == period]
        first, last = self.month(period)
        sums = defaultdict(int)
        for line in lines:
            sums[line["kind"]] += line["cents"]
        totals = [line["cents"] for line in lines if line["kind"] == "total"]
        parts = sums["seats"] + sums["tokens"] + sums["other"]
        if (totals and totals[0] != parts) or any(line["kind"] == "other" for line in lines):
            return True
        begin = max(first, self.start + self.terms["trialDays"])
        end = min(last, last if self.stop is None else self.stop)
        charged = (begin, end) if begin <= end else None
        least, most = self.seats(charged, last - first + 1)
        if not least <= sums["seats"] <= most:
            return True
        return self.tokens_differ([line for line in lines if line["kind"] == "tokens"], charged)

    def seats(self, charged, days):
        """Each person who wrote, from the day of the first message or of the first answer."""
        seats = {}
        for message in self.story.messages:
            if message["tenant"] != self.tenant or not self.story.genuine(message):
                continue
            if message["person"] not in self.story.people:
                continue
            day = message["at"] // DAY
            answers = self.story.answers(message)
            seat = seats.setdefault(message["person"], [day, None])
            seat[0] = min(seat[0], day)
            if answers:
                answered = answers[0]["at"] // DAY
                seat[1] = answered if seat[1] is None else min(seat[1], answered)

        def price(day):
            used = charged[1] - max(charged[0], day) + 1 if charged and day is not None else 0
            return rounded(self.terms["seatCents"] * used, days) if used > 0 else 0

        return sum(price(seat[1]) for seat in seats.values()), sum(price(s[0]) for s in seats.values())

    def tokens_differ(self, stated, charged):
        known = set()
        for price in self.terms["tokenPrices"]:
            firm, loose = [0, 0], [0, 0]
            for call in self.story.calls:
                key = call.get("key")
                own = self.story.keys.known.get(key, {}).get("owner", {}).get("vendor")
                own = own and self.tenant not in self.story.keys.submitters.get(key, ())
                costs = succeeded(call) and call["outcome"] != "refused" and call["promptTokens"] > 0
                day = call["at"] // DAY
                if not (own and costs and self.tenant in call["tenants"]):
                    continue
                if call["model"] != price["model"] or not charged or not charged[0] <= day <= charged[1]:
                    continue
                disturbed = self.story.disturbed(call["arrivedAt"], call["at"] + 2 * SECOND)
                total = firm if call["outcome"] == "completed" and not disturbed else loose
                total[0] += call["promptTokens"]
                total[1] += call["completionTokens"]
            for index, direction in enumerate(("input", "output")):
                item = f"{price['model']}, {direction} tokens"
                known.add(item)
                quantity = sum(line["quantity"] for line in stated if line["item"] == item)
                cents = sum(line["cents"] for line in stated if line["item"] == item)
                markup = 100 + self.terms["markupPercent"]
                due = rounded(quantity * price[direction] * markup, 100 * 10_000_000)
                if not firm[index] <= quantity <= firm[index] + loose[index] or cents != due:
                    return True
        return any(line["item"] not in known for line in stated)


def rounded(dividend, divisor):
    return (2 * dividend + divisor) // (2 * divisor)


def encrypted_custody(story):
    breach = any("key" in sighting["subject"] for sighting in story.of["sighting"])
    installed = any(a["verb"] == "installKey" and a["ok"] for a in story.keys.actions)
    searched = {
        search["surface"]
        for search in story.of["searched"]
        if search["items"] > 0 and search.get("texts") is None
    }
    wanted = {"storage", "log"}
    if story.facts["vendor"] == "process":
        wanted |= {"environment", "arguments", "output"}
    return judged(breach, installed and wanted <= searched)


def no_query_logging(story):
    """Gone from files two minutes after the reply, and never in logs or requests to strangers."""
    bound = story.bound or {tenant["id"] for tenant in story.facts["tenants"]}

    def in_work(message, moment):
        replies = [reply["at"] for reply in message["replies"] if reply["at"] <= moment]
        due = story.deadline(2 * MINUTE, replies[-1]) if replies else None
        return due is None or moment <= due

    breach, looked = False, {}
    for sighting in story.of["sighting"]:
        canary, files = sighting["subject"].get("canary"), sighting["surface"] == "storage"
        if canary is None:
            continue
        document = story.document(canary)
        if document:
            breach = breach or (document["tenant"] in bound and not files)
            continue
        if canary in story.by_completion:
            asking = [story.messages[i] for i in story.calls[story.by_completion[canary]]["made"]]
        else:
            asking = [story.messages[i] for i in story.by_question.get(canary, [])]
            asking = [message for message in asking if message["at"] <= sighting["at"]]
        if not asking or any(message["tenant"] not in bound for message in asking):
            continue
        if not (files and any(in_work(message, sighting["at"]) for message in asking)):
            breach = True
    for search in story.of["searched"]:
        if search.get("texts") is not None and search["items"] > 0:
            looked[search["surface"]] = search["at"]
    if not {"storage", "log"} <= set(looked):
        return judged(breach, False)
    last = min(looked["storage"], looked["log"])
    settled = any(
        message["tenant"] in bound and story.answers(message) and not in_work(message, last)
        for message in story.messages
    )
    return judged(breach, settled)


def right_destination(story):
    usual = {tenant["id"]: set(tenant["providerHosts"]) for tenant in story.facts["tenants"]}
    providers = {host["name"] for host in story.facts["hosts"] if host["role"] == "provider"}
    breach = carrying = False
    for exchange in story.of["exchange"]:
        key = exchange.get("key")
        if not key:
            continue
        carrying = True
        owner = story.keys.known.get(key, {}).get("owner", {}).get("tenant")
        customers = story.keys.submitters.get(key) or ({owner} if owner else set())
        allowed = story.keys.hosts.get(key)
        if not allowed:
            hosts = [usual.get(customer, set()) for customer in customers]
            allowed = set().union(*hosts) if customers else providers
        breach = breach or exchange["host"] not in allowed
    breach = breach or any(
        sighting["surface"] == "request" and "key" in sighting["subject"]
        for sighting in story.of["sighting"]
    )
    return judged(breach, carrying)


def uninterrupted_rotation(story):
    breach = tested = False
    for tenant, installed, ended in story.keys.rotations:
        own = [m for m in story.messages if m["tenant"] == tenant and story.genuine(m)]
        after = [m["at"] for m in own if m["at"] > ended]
        first = [
            action["at"]
            for action in story.keys.actions
            if action["tenant"] == tenant and action["verb"] == "installKey" and action["ok"]
        ]
        if not first:
            continue
        begin = max(installed["submittedAt"] - 2 * MINUTE, first[0])
        end = max(ended + 2 * MINUTE, after[0] if after else ended)
        sides = set()
        for message in own:
            if message["person"] not in story.people or not begin <= message["at"] <= end:
                continue
            if any(
                revocation["tenant"] == tenant
                and revocation["at"] <= message["at"] + MINUTE
                and (not revocation.get("until") or message["at"] <= revocation["until"]["at"])
                for revocation in story.keys.revocations
            ):
                continue
            promise, answers = story.promise(message), story.answers(message)
            notices = [
                reply
                for reply in message["replies"]
                if reply["nature"] == "notice" and not (promise and story.says_it_waits(reply))
            ]
            if promise and not notices:
                deadline = story.deadline(MINUTE, message["at"])
                if deadline is not None and not story.disturbed(message["at"], promise["at"]):
                    breach = breach or not answers or answers[0]["at"] > deadline
                if answers:
                    sides.add(message["at"] < ended)
                continue
            if notices:
                breach = breach or (
                    story.question(message)
                    and not story.disturbed(message["at"] - 30 * SECOND, notices[0]["at"])
                )
            elif story.answers(message):
                sides.add(message["at"] < ended)
            else:
                breach = breach or story.lost(message, MINUTE)
        tested = tested or len(sides) == 2
    return judged(breach, tested)


def documents_by_base(story):
    grouped = defaultdict(list)
    for document in story.documents.values():
        grouped[document["tenant"], document["knowledge"]].append(document)
    return grouped


def noticed(story, message):
    return story.genuine(message) and (message["replies"] or message["calls"])


def department_isolation(story):
    breach, proven = False, set()
    for tenant, at, readings, canaries in story.exposures():
        for canary in canaries:
            document = story.document(canary)
            if document:
                name = document["tenant"], document["knowledge"]
                if document["tenant"] != tenant:
                    continue
                base = story.bases.get(name)
                allowed = base and any(
                    audience
                    and all(story.may(p, base, asked) or story.may(p, base, at) for p in audience)
                    for audience, _, asked in readings
                )
                if allowed:
                    proven.add(name)
                else:
                    breach = True
            elif foreign(story, canary, tenant, readings):
                breach = True
    grouped = documents_by_base(story)
    asked = any(
        noticed(story, message)
        and any(
            name[0] == message["tenant"]
            and name in story.bases
            and not all(
                story.may(person, story.bases[name], message["at"])
                for person in story.audience(message)
            )
            and any(story.there(document, message["at"]) for document in grouped[name])
            for name in proven
        )
        for message in story.messages
    )
    return judged(breach, proven and asked)


def sources(story, canary):
    """The messages whose question, or whose answer, a canary stands for."""
    if canary.startswith("words/"):
        return []
    if story.by_question.get(canary):
        return [story.messages[index] for index in story.by_question[canary]]
    if canary in story.by_completion:
        return [story.messages[i] for i in story.calls[story.by_completion[canary]]["made"]]
    return []


def foreign(story, canary, tenant, readings):
    found = sources(story, canary)
    if not any(source["tenant"] == tenant for source in found):
        return False
    return not any(
        source["conversation"] == room
        or (audience and set(audience) <= set(story.audience(source)))
        for audience, room, _ in readings
        for source in found
    )


def tenant_isolation(story):
    breach, proven = False, set()
    for tenant, _, _, canaries in story.exposures():
        for canary in canaries:
            document = story.document(canary)
            if document:
                owners = {document["tenant"]}
            else:
                owners = {source["tenant"] for source in sources(story, canary)}
            if tenant in owners and document:
                proven.add((document["tenant"], document["knowledge"]))
            breach = breach or bool(owners and tenant not in owners)
    breach = breach or any(not c["made"] and len(c["tenants"]) > 1 for c in story.calls)
    grouped = documents_by_base(story)
    asked = any(
        noticed(story, message)
        and any(
            name[0] != message["tenant"]
            and name in story.bases
            and any(story.there(document, message["at"]) for document in grouped[name])
            for name in proven
        )
        for message in story.messages
    )
    return judged(breach, len(story.tenants) > 1 and asked)


PROMISES = {
    "direct-billing": direct_billing,
    "instant-revocation": instant_revocation,
    "no-calls-after-revocation": no_calls_after_revocation,
    "no-pooling": no_pooling,
    "encrypted-custody": encrypted_custody,
    "uninterrupted-rotation": uninterrupted_rotation,
    "right-destination": right_destination,
    "no-query-logging": no_query_logging,
    "department-isolation": department_isolation,
    "tenant-isolation": tenant_isolation,
}


def without_vendors_embeddings(events):
    vendors = {
        event["of"]["key"]
        for event in events
        if event["kind"] == "keyCreated" and event["of"]["owner"].get("vendor")
    }

    def goes(event):
        of = event.get("of")
        if event["kind"] in ("providerCall", "ledgerRow"):
            return of["endpoint"].endswith("/embeddings") and of.get("key") in vendors
        return event["kind"] == "usageLine" and of["isOnVendorAccount"]

    return [event for event in events if not goes(event)]


def verdicts(facts, events, claims):
    """The verdict of each promise for one story, as far as its deployment models claim it."""
    models = {tenant["deployment"] for tenant in facts["tenants"]}
    whole, calls = Story(facts, events), None
    if "hybrid" in models:
        calls = Story(facts, without_vendors_embeddings(events))
    found = {}
    for promise, check in PROMISES.items():
        scopes = {claims[promise].get(model) for model in models}
        if promise == "no-query-logging":
            # No model makes it: a contract may, with any.
            scopes = {"everything"} if whole.bound else {None}
        if None in scopes or (facts["claims"] and promise not in facts["claims"]):
            found[promise] = NOT_CLAIMED
        elif "model-calls" in scopes and calls:
            found[promise] = check(calls)
        else:
            found[promise] = check(whole)
    return found


def overall(promise, stories):
    """Violated if anywhere; else inconclusive if a story made to show it did not; else held."""
    found = [(story, verdict[promise]) for story, verdict in stories if not story["control"]]
    if any(verdict == VIOLATED for _, verdict in found):
        return VIOLATED
    if any(verdict == INCONCLUSIVE and promise in story["shows"] for story, verdict in found):
        return INCONCLUSIVE
    if any(verdict == HELD for _, verdict in found):
        return HELD
    unclaimed = found and all(verdict == NOT_CLAIMED for _, verdict in found)
    return NOT_CLAIMED if unclaimed else INCONCLUSIVE


# The report ----------------------------------------------------------------------------------


def check_story(folder, story, claims):
    name = story["evidence"]
    for file in story["inputs"]:
        if sha256((folder / "inputs" / file["path"]).read_bytes()) != file["sha256"]:
            raise Misfit(f"inputs/{file['path']}: not what '{story['file']}' was played from")
    facts, events, root = read_log(folder / name, name)
    if root != story["evidenceRoot"]:
        raise Misfit(f"{name}: its root is not the one that the report names")
    if facts["scenario"] != story["file"]:
        raise Misfit(f"{name}: it is the evidence of another scenario")
    if facts["inputs"] != story["inputs"]:
        raise Misfit(f"{name}: it was recorded from other scenario files")
    found = verdicts(facts, events, claims)
    for finding in story["findings"]:
        promise = finding["guarantee"]
        if finding.get("evidenceRoot") != root:
            raise Misfit(f"report.json: '{promise}' of {story['file']} is bound to other evidence")
        if promise in found and found[promise] != finding["verdict"]:
            raise Misfit(
                f"report.json: '{promise}' of {story['file']} is {finding['verdict']}, and "
                f"{found[promise]} follows from {name}"
            )
    missing = set(found) & set(claims) - {finding["guarantee"] for finding in story["findings"]}
    if missing:
        raise Misfit(f"report.json: {story['file']} has no verdict of {sorted(missing)[0]}")
    return found, len(events)


def check_shards(folder, report, statements):
    """Each log of a merged report is signed for by exactly one of the parts that it was merged from."""
    files = sorted((folder / "shards").glob("*.dsse.json"))
    logs = {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes())
        for path in (folder / "evidence").glob("*.jsonl")
    }
    parts, stated, signed = set(), [], {}
    for file in files:
        key = read_key(file.with_name(file.name.replace(".dsse.json", ".pem")))
        statement = opened(file, key)
        payload = base64.b64decode(json.loads(file.read_bytes())["payload"])
        part = statement["predicate"]
        parts.add(part["shard"])
        stated.append(
            {
                "shard": part["shard"],
                "signer": key_id(key),
                "evidenceRoot": part["evidenceRoot"],
                "statement": sha256(payload),
            }
        )
        for name in ("seed", "challenge", "toolVersion", "subject"):
            if part.get(name) != report.get(name):
                raise Misfit(f"{file.name}: it has another {name} than the report")
        for subject in statement["subject"]:
            if not subject["name"].startswith("evidence/"):
                continue
            if subject["name"] in signed:
                raise Misfit(f"{subject['name']}: two parts have signed for it")
            signed[subject["name"]] = subject["digest"]["sha256"]
    if not files:
        if "mergedFrom" in statements[1]["predicate"]:
            raise Misfit("shards: the parts that the report was merged from are missing")
        return
    if parts != {f"{number}/{len(files)}" for number in range(1, len(files) + 1)}:
        raise Misfit("shards: they are not the parts of one run, each once")
    if signed != logs:
        raise Misfit("shards: what they have signed for is not the evidence of the report")
    stated.sort(key=lambda part: int(part["shard"].split("/")[0]))
    if statements[1]["predicate"].get("mergedFrom") != stated:
        raise Misfit("attestations/verdicts.dsse.json: merged from other parts")


def check_waivers(folder, report):
    """What each waiver excuses, and that nothing else is excused; its YAML is not read here."""
    waivers = report.get("waivers")
    if waivers and sha256((folder / waivers["file"]).read_bytes()) != waivers["sha256"]:
        raise Misfit(f"{waivers['file']}: not what report.json was made from")
    entries = waivers["entries"] if waivers else []

    def names(entry, story):
        file = entry["scenario"]
        return story["file"] == file or story["file"].startswith(file + "#")

    for entry in entries:
        named = [
            story for story in report["scenarios"] if names(entry, story) and not story["control"]
        ]
        violated = [
            story["file"]
            for story in named
            for finding in story["findings"]
            if finding["guarantee"] == entry["guarantee"] and finding["verdict"] == VIOLATED
        ]
        tried = named and all(story["ending"]["kind"] == "played" for story in named)
        state = "excuses" if violated else "stale" if tried else "not-tried"
        if entry["expires"] < waivers["judgedOn"]:
            state = "expired"
        if (entry["state"], entry["violatedIn"]) != (state, violated):
            raise Misfit(f"report.json: the waiver of {entry['guarantee']} is {state}")
    excused = defaultdict(list)
    for story in report["scenarios"]:
        for finding in story["findings"]:
            promise = finding["guarantee"]
            waived = any(
                entry["state"] == "excuses"
                and entry["guarantee"] == promise
                and names(entry, story)
                for entry in entries
            )
            waived = waived and finding["verdict"] == VIOLATED and not story["control"]
            if waived != ("waiver" in finding):
                raise Misfit(f"report.json: '{promise}' of {story['file']} is waived by nobody")
            if finding["verdict"] == VIOLATED and not story["control"]:
                excused[promise].append(waived)
    for promise in report["guarantees"]:
        waived = bool(excused[promise["id"]]) and all(excused[promise["id"]])
        if waived != promise.get("waived", False):
            raise Misfit(f"report.json: whether {promise['id']} is waived")
    broken = any(not waived for found in excused.values() for waived in found)
    failing = any(entry["state"] in ("expired", "stale") for entry in entries)
    code = report["exit"]["code"]
    if (broken or failing) and code in (0, 2, 3) or not excused and code == 3:
        raise Misfit("report.json: its exit code hides a violation or a waiver")
    if any(excused.values()) and code == 0:
        raise Misfit("report.json: its exit code hides a waived violation")


def check_statements(report, statements):
    result, own = (statement["predicate"] for statement in statements)
    by_verdict = defaultdict(list)
    for promise in report["guarantees"]:
        by_verdict[promise["verdict"]].append(promise["id"])
        if own["verdicts"].get(promise["id"]) != promise["verdict"]:
            raise Misfit(f"attestations/verdicts.dsse.json: another verdict of {promise['id']}")
    for name, verdict in (("passedTests", HELD), ("failedTests", VIOLATED)):
        if sorted(result[name]) != sorted(by_verdict[verdict]):
            raise Misfit(f"attestations/test-result.dsse.json: {name} are not the report's")
    if result["result"] == "PASSED" and report["exit"]["code"] != 0:
        raise Misfit("attestations/test-result.dsse.json: passed, and the report did not")
    for name in ("seed", "challenge"):
        if own.get(name) != report.get(name):
            raise Misfit(f"attestations/verdicts.dsse.json: another {name} than the report's")


def verify(folder, key):
    if (folder / "incomplete.json").exists():
        print("Incomplete: this run was ended before its report was written; no verdicts.")
        return 2
    named = key is not None
    key = read_key(Path(key) if named else folder / "attestations" / "signer.pem")
    files, statements = check_files(folder, key)
    report = json.loads((folder / "report.json").read_bytes())
    if report["format"] != "keyproof-report/2":
        raise Misfit(f"report.json: its format is {report['format']}")
    catalogue = json.loads((folder / "catalogue.json").read_bytes())
    claims = {promise["id"]: promise["claims"] for promise in catalogue["guarantees"]}
    stories, roots, events = [], "", 0
    for story in report["scenarios"]:
        if story["ending"]["kind"] != "played":
            continue
        found, count = check_story(folder, story, claims)
        stories.append((story, found))
        roots += f"{story['evidenceRoot']} {story['evidence']}\n"
        events += count
    root = sha256(roots.encode())
    if root != report["evidence"]["root"] or root != statements[1]["predicate"]["evidenceRoot"]:
        raise Misfit("report.json: the evidence's root is not that of its logs")
    for promise in report["guarantees"]:
        if promise["evidenceRoot"] != root:
            raise Misfit(f"report.json: the verdict of {promise['id']} is bound to other evidence")
        if promise["id"] not in PROMISES:
            continue
        verdict = overall(promise["id"], stories)
        if verdict != promise["verdict"]:
            raise Misfit(
                f"report.json: {promise['id']} is {promise['verdict']}, and {verdict} follows"
            )
    check_waivers(folder, report)
    check_shards(folder, report, statements)
    check_statements(report, statements)
    print(
        f"The report fits its evidence: {files} files, {len(stories)} logs, {events} events; "
        f"{len(stories) * len(PROMISES)} verdicts worked out again."
    )
    print(f"It says: {report['answer']}")
    print(f"Signed by the key {key_id(key)}" + ("." if named else ", which the report itself brings."))
    print(f"Not worked out here: {', '.join(sorted(set(claims) - set(PROMISES)))}.")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("report", type=Path)
    parser.add_argument("--key", help="the signer's public key (PEM), from elsewhere")
    try:
        arguments = parser.parse_args()
    except SystemExit as end:
        return 64 if end.code else 0
    if not arguments.report.is_dir():
        print(f"there is no folder '{arguments.report}'", file=sys.stderr)
        return 64
    try:
        return verify(arguments.report, arguments.key)
    except Misfit as misfit:
        print(f"the report does not fit its evidence: {misfit}", file=sys.stderr)
    except (OSError, KeyError, IndexError, TypeError, ValueError) as error:
        # Whoever forged a report may have put anything there.
        print(f"the report cannot be read: {type(error).__name__}: {error}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
