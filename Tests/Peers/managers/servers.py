"""The servers of this suite: real secret managers, ours, a mock provider, and the product."""

import hashlib
import json
import pathlib
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

ADMIN_TOKEN = "suite-admin-token"
LIMIT_SECONDS = 30


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(condition, what, seconds=LIMIT_SECONDS):
    """The first true value of `condition`; fails when there is none in time."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.1)


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


class Process:
    """One server, ended with the suite; what it prints goes to a file that a failure shows."""

    def __init__(self, folder, name, arguments, **options):
        self.log = pathlib.Path(folder, f"{name}.log")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                arguments, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, **options
            )

    def text(self):
        return self.log.read_text(errors="replace")

    def wait_for(self, condition, what):
        def look():
            if self.process.poll() is not None:
                raise AssertionError(f"{self.log.name} ended early:\n{self.text()[-2000:]}")
            return condition()

        return until(look, what)

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Bao(Process):
    """OpenBao in its development mode: in memory, unsealed, key-value engine 2 at `secret/`."""

    def __init__(self, folder):
        port = free_port()
        self.origin = f"http://127.0.0.1:{port}"
        self.root_token = "suite-root-token"
        program = pathlib.Path(sys.executable).with_name("bao")
        super().__init__(folder, "bao", [
            program, "server", "-dev", "-dev-no-store-token",
            f"-dev-root-token-id={self.root_token}", f"-dev-listen-address=127.0.0.1:{port}",
        ])
        self.wait_for(lambda: "Root Token" in self.text() and listens(port), "bao listens")


class Moto(Process):
    def __init__(self, folder):
        port = free_port()
        self.origin = f"http://127.0.0.1:{port}"
        self.region, self.access_key_id = "eu-west-1", "AKIASUITE00000000001"
        self.secret_access_key = "suite-secret-access-key"
        program = pathlib.Path(sys.executable).with_name("moto_server")
        super().__init__(folder, "moto", [program, "-H", "127.0.0.1", "-p", str(port)])
        self.wait_for(lambda: listens(port), "moto listens")


class OurMock(Process):
    """`keyproof mock NAME` as a stranger starts it."""

    def __init__(self, folder, program, name):
        super().__init__(folder, f"mock-{name}", [program, "mock", name, "--port", "0"])
        self.wait_for(lambda: "Try it:" in self.text(), f"{name} listens")
        self.origin = re.search(r"http://[^\s/,]+", self.text())[0]

    def told(self, name):
        return re.search(rf"^{name}:\s+(\S+)", self.text(), re.M)[1]


class OurVault(OurMock):
    def __init__(self, folder, program):
        super().__init__(folder, program, "vault")
        self.root_token = self.told("Root token")
        self.role_id, self.secret_id = re.search(
            r"role (\S+), secret (\S+)", self.text()
        ).groups()


class OurAWS(OurMock):
    def __init__(self, folder, program):
        super().__init__(folder, program, "aws-secrets-manager")
        self.region = self.told("Region")
        self.access_key_id = self.told("Access key id")
        self.secret_access_key = self.told("Secret access key")


class OurKeyVault(OurMock):
    def __init__(self, folder, program):
        super().__init__(folder, program, "key-vault")
        self.tenant, self.client_id = self.told("Tenant"), self.told("Client id")
        self.client_secret = self.told("Client secret")


class Product(Process):
    """`keyproof serve orchestrator` with one customer, as its README says."""

    def __init__(self, folder, program, provider, custody, secrets):
        folder = pathlib.Path(folder)
        self.storage = folder / "storage"
        sources = {}
        for name, value in secrets.items():
            (folder / name).write_text(value)
            sources[name] = {"file": name}
        configuration = {
            "server": {"port": 0, "port_file": "port", "storage": "storage"},
            "secrets": sources,
            "orchestrator": {
                "public_host": "localhost",
                "provider": {"base_url": f"{provider}/v1"},
                "custody": custody,
                "tenants": [{
                    "id": "acme",
                    "name": "Acme",
                    "admin_token_sha256": hashlib.sha256(ADMIN_TOKEN.encode()).hexdigest(),
                    "departments": [{"id": "everybody", "knowledge": ["handbook"]}],
                }],
            },
        }
        file = folder / "orchestrator.yaml"
        file.write_text(json.dumps(configuration))
        super().__init__(folder, "product", [program, "serve", "orchestrator", "--config", file])
        port = folder / "port"
        self.wait_for(port.exists, "the product listens")
        self.origin = f"http://127.0.0.1:{port.read_text().strip()}/admin/tenants/acme"

    def call(self, method, path, body=None, kind="application/json"):
        """The status of the answer."""
        request = urllib.request.Request(
            f"{self.origin}/{path}",
            method=method,
            data=None if body is None else body.encode(),
            headers={"Authorization": f"Bearer {ADMIN_TOKEN}", "Content-Type": kind},
        )
        try:
            with urllib.request.urlopen(request, timeout=LIMIT_SECONDS) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    def install(self, key):
        return self.call("PUT", "key", json.dumps({"api_key": key}))

    def learn(self, name, text):
        """Has a document embedded: a call on the customer's key."""
        path = f"knowledge/handbook/documents/{name}.md"
        return self.call("PUT", path, text, kind="text/markdown")

    def remains(self):
        """Every byte that it left on disk, and what it logged."""
        files = [file for file in self.storage.rglob("*") if file.is_file()]
        return b"".join(file.read_bytes() for file in files) + self.log.read_bytes()
