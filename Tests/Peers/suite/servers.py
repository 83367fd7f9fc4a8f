"""Starts a mock as a stranger would, and learns from its greeting what there is to know."""

import json
import re
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

CONTROL_TOKEN = "suite-control-token"


class Mock:
    def __init__(self, program, provider, *arguments):
        self.provider = provider
        self.process = subprocess.Popen(
            [program, "mock", provider, "--port", "0", "--control-token", CONTROL_TOKEN]
            + list(arguments),
            stdout=subprocess.PIPE,
            text=True,
        )
        greeting = ""
        while "Try it:" not in greeting:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError(f"keyproof mock {provider} ended at once:\n{greeting}")
            greeting += line
        self.origin = re.search(r"http://[^\s/]+", greeting)[0]
        named = dict(re.findall(r"^([A-Z][\w ]*):\s+(\S+)", greeting, re.M))
        self.admin_key = named.get("Admin key")
        identity = re.search(r"tenant (\S+), client (\S+),\s+secret (\S+)", greeting)
        self.identity = identity.groups() if identity else None

    def stop(self):
        self.process.terminate()
        self.process.wait(20)

    def control(self, method, path, body=None):
        request = urllib.request.Request(
            f"{self.origin}/_keyproof{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {CONTROL_TOKEN}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path}: {error.code} {error.read().decode()}") from error

    def entra_token(self):
        """As an application with a client secret gets one."""
        tenant, client, secret = self.identity
        form = {
            "grant_type": "client_credentials",
            "client_id": client,
            "client_secret": secret,
            "scope": "https://cognitiveservices.azure.com/.default",
        }
        url = f"{self.origin}/{tenant}/oauth2/v2.0/token"
        data = urllib.parse.urlencode(form).encode()
        with urllib.request.urlopen(url, data=data, timeout=10) as answer:
            return json.load(answer)["access_token"]

    def behave(self, **behaviour):
        self.control("PUT", "/behaviour", behaviour)

    def fail(self, kind, times=1, **members):
        """Lets the next calls go wrong, and those after them work again."""
        self.behave(faults=[{"times": times, "effect": {"kind": kind, **members}}])

    def settle(self):
        self.control("DELETE", "/behaviour")

    def new_key(self, **wishes):
        return self.control("POST", "/keys", wishes)

    def ledger(self, key_id):
        return self.control("GET", f"/ledger?key_id={key_id}&limit=1000")["data"]


class Stopwatch:
    def __enter__(self):
        self.begin = time.monotonic()
        return self

    def __exit__(self, *_):
        self.seconds = time.monotonic() - self.begin
