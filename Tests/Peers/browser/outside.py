"""All that the product reaches, behind its egress gateway: Teams and its token issuers, the
directory, and `keyproof mock openai` in the provider's place."""

import base64
import http.client
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

APP = "c0ffee00-0000-4000-8000-000000000001"
TENANT = "7e7a0000-0000-4000-8000-000000000009"
SERVICE = f"https://smba.trafficmanager.net/amer/{TENANT}/"


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Issuer:
    """Signs what Teams delivers."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        numbers = self.key.public_key().public_numbers()
        self.jwks = {"keys": [{
            "kty": "RSA", "use": "sig", "kid": "browser-suite", "endorsements": ["msteams"],
            "n": encoded(numbers.n.to_bytes(256, "big")), "e": "AQAB",
        }]}

    def token(self):
        now = int(time.time())
        parts = [
            {"typ": "JWT", "alg": "RS256", "kid": "browser-suite"},
            {"iss": "https://api.botframework.com", "aud": APP, "serviceurl": SERVICE,
             "nbf": now - 5, "exp": now + 3600},
        ]
        text = ".".join(encoded(json.dumps(part).encode()) for part in parts)
        signature = self.key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{text}.{encoded(signature)}"


class Outside:
    """One HTTP server for every host name. `replies` has what the connector was given."""

    def __init__(self, provider_origin):
        self.issuer = Issuer()
        self.provider = provider_origin.removeprefix("http://")
        self.replies = []
        self.strangers = []
        outside = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, answer, kind = outside.answer(self.command, self.path, self.headers, body)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_POST = do_PUT = do_GET

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()

    def answer(self, method, path, headers, body):
        def document(value, status=200):
            return status, json.dumps(value).encode(), "application/json"

        host = headers["Host"]
        if host == "api.openai.com":
            return self.forward(method, path, headers, body)
        if host == "login.botframework.com":
            return document(
                self.issuer.jwks if path.endswith("keys") else {
                    "issuer": "https://api.botframework.com",
                    "jwks_uri": "https://login.botframework.com/v1/.well-known/keys",
                }
            )
        if host == "login.microsoftonline.com":
            return document(
                {"token_type": "Bearer", "expires_in": 3599, "access_token": "suite-token"}
            )
        if host == "graph.microsoft.com":
            person = path.split("?")[0].rsplit("/", 1)[1]
            return document({"id": person, "department": "everybody", "accountEnabled": True})
        if host == "smba.trafficmanager.net":
            activity = json.loads(body)
            if activity["type"] == "message":
                self.replies.append(activity)
            return document({}, 201)
        self.strangers.append(host)
        return document({}, 502)

    def forward(self, method, path, headers, body):
        connection = http.client.HTTPConnection(self.provider, timeout=30)
        wanted = {
            name: headers[name] for name in ("Authorization", "Content-Type", "Accept")
            if headers[name]
        }
        connection.request(method, path, body, wanted)
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.getheader("Content-Type", "application/json")
