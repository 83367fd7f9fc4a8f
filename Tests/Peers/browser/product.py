"""`keyproof serve orchestrator` with its starter configuration, and Teams at its door."""

import json
import pathlib
import subprocess
import urllib.error
import urllib.request

from managers.servers import Process, free_port, until

from .outside import APP, SERVICE, TENANT


class Product(Process):
    def __init__(self, folder, program, outside):
        folder = pathlib.Path(folder, "assistant")
        subprocess.run(
            [program, "serve", "orchestrator", "--new", folder], check=True, capture_output=True
        )
        self.outside = outside
        port = free_port()
        self.origin = f"http://localhost:{port}"
        self.token = (folder / "admin.token").read_text().strip()
        self.storage = folder / "storage"
        (folder / "teams.secret").write_text("suite-app-secret")
        file = folder / "orchestrator.yaml"
        text = file.read_text()
        for old, new in [
            ("port: 8090", f"port: {port}\n  egress_gateway: {outside.origin}"),
            ("localhost:8090", f"localhost:{port}"),
            ("orchestrator:\n", "secrets:\n  teams_app_secret: { file: teams.secret }\n"
             f"orchestrator:\n  teams: {{ app_id: {APP} }}\n"),
            ("      name: Acme\n", f"      name: Acme\n      teams_tenant_id: {TENANT}\n"),
        ]:
            if old not in text:
                raise AssertionError(f"the starter configuration has no {old!r}")
            text = text.replace(old, new, 1)
        file.write_text(text)
        super().__init__(
            folder, "product", [program, "serve", "orchestrator", "--config", file]
        )
        self.wait_for(lambda: self.status("GET", "/ready") == 200, "the product is ready")

    def call(self, method, path, body=None, headers=None):
        """Status and text of the answer."""
        request = urllib.request.Request(
            self.origin + path,
            method=method,
            data=None if body is None else body.encode(),
            headers=headers or {},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def status(self, *arguments, **options):
        return self.call(*arguments, **options)[0]

    def admin(self, method, path, body=None):
        return self.call(
            method, f"/admin/tenants/acme/{path}", body,
            {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )

    def deliver(self, person, members):
        """As Teams does, to a personal chat."""
        activity = {
            "channelId": "msteams", "serviceUrl": SERVICE,
            "from": {"id": f"29:{person}", "name": person, "aadObjectId": person},
            "conversation": {
                "conversationType": "personal", "tenantId": TENANT, "id": f"a:{person}"
            },
            "recipient": {"id": f"28:{APP}", "name": "Helper"},
            "channelData": {"tenant": {"id": TENANT}},
            **members,
        }
        return self.call(
            "POST", "/api/messages", json.dumps(activity),
            {
                "Authorization": f"Bearer {self.outside.issuer.token()}",
                "Content-Type": "application/json",
            },
        )

    def ask(self, person, number, text):
        """The activity with which the question was answered."""
        name = f"{person}-{number}"
        status, _ = self.deliver(person, {"type": "message", "id": name, "text": text})
        if status != 202:
            raise AssertionError(f"the question was answered with {status}")
        return until(
            lambda: next(
                (one for one in self.outside.replies if one.get("replyToId") == name), None
            ),
            f"an answer to {name}",
        )

    def press(self, person, number, title, reply):
        """Presses the button with these words; the answer's body."""
        card = reply["attachments"][0]["content"]
        action = next(one for one in card["actions"] if one["title"] == title)
        status, text = self.deliver(person, {
            "type": "invoke", "name": "adaptiveCard/action", "id": f"f:{person}-{number}",
            "value": {"action": action, "trigger": "manual"},
        })
        if status != 200:
            raise AssertionError(f"the button {title} was answered with {status}")
        return json.loads(text)
