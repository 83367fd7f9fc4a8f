"""Walks through the dashboard in headless Chromium, scripts switched off, and takes pictures."""

import argparse
import pathlib
import sys
import tempfile
import threading
import time
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import sync_playwright

from suite.servers import Mock

from .outside import Outside
from .product import Product
from .walk import Walk

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


def foreign_site(target):
    """A page of another site with a form that removes the key, as its visitor's click sends it."""
    page = (
        f'<form method="post" action="{target}/dashboard/key/remove">'
        '<input name="confirmation" value="remove"><button>Win a prize</button></form>'
    ).encode()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--screenshots", default=".build/dashboard-screenshots")
    options = parser.parse_args()
    pictures = pathlib.Path(options.screenshots)
    pictures.mkdir(parents=True, exist_ok=True)
    begin = time.monotonic()
    provider = Mock(options.program, "openai")
    outside = Outside(provider.origin)
    product = stranger = None
    with tempfile.TemporaryDirectory() as folder:
        try:
            product = Product(folder, options.program, outside)
            stranger = foreign_site(product.origin)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path="/usr/bin/chromium", args=["--no-sandbox"]
                )
                walk = Walk(browser, product, provider, outside, pictures, SIZES)
                walk.all(f"http://127.0.0.1:{stranger.server_port}/")
                browser.close()
        except Exception:
            traceback.print_exc()
            if product:
                print(product.text()[-3000:], file=sys.stderr)
            return 1
        finally:
            for part in (stranger, product, outside, provider):
                if part:
                    (part.shutdown if part is stranger else part.stop)()
    print(f"{walk.checks} checks held in {time.monotonic() - begin:.0f} s; {pictures}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
