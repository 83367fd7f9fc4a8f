"""What must be true of the dashboard, page by page."""

import json

from suite.checks import equal, holds

from managers.servers import until

PASSWORD = "correct horse battery staple"
ADMIN_PAGES = ["key", "knowledge", "people", "usage", "feedback", "invoices", "notifications", "audit"]
ENGINEER_PAGES = ["deployment", "deployment/configuration", "deployment/log"]
FORMS = ["key", "key/check", "key/remove", "knowledge/handbook", "knowledge/handbook/remove"]


class Walk:
    def __init__(self, browser, product, provider, outside, pictures, sizes):
        self.browser, self.product, self.provider = browser, product, provider
        self.outside, self.pictures, self.sizes = outside, pictures, sizes
        self.keys = [provider.new_key(name=f"key {number}") for number in range(2)]
        self.checks = 0
        self.complaints = []

    def equal(self, found, wanted, what):
        equal(found, wanted, what)
        self.checks += 1

    def holds(self, condition, what):
        holds(condition, what)
        self.checks += 1

    def all(self, foreign_site):
        self.strangers_see_nothing()
        for name, role in [("rita", "admin"), ("emil", "engineer")]:
            body = json.dumps({"role": role, "password": PASSWORD})
            self.equal(self.product.admin("PUT", f"accounts/{name}", body)[0], 200, name)
        admin = self.sign_in("rita")
        self.install_and_teach(admin)
        self.people_ask()
        self.visit(admin, ADMIN_PAGES, "")
        self.forms_of_others_are_refused(admin, foreign_site)
        self.roles_are_kept_apart(admin)
        self.rejected_key_is_told(admin)
        self.signs_out(admin)
        self.equal(self.complaints, [], "the browser's complaints")
        self.equal(self.outside.strangers, [], "hosts that nobody expected")

    def url(self, page):
        return f"{self.product.origin}/dashboard/{page}"

    def context(self):
        """A browser without scripts; what it refuses to load or run is a complaint."""
        context = self.browser.new_context(java_script_enabled=False)
        context.on("console", lambda message: self.heard(message.text))
        context.on("requestfailed", self.failed)
        context.on("request", lambda request: self.note(request.url))
        return context

    def heard(self, text):
        """Chromium says of each refused page that it was refused; that is wanted."""
        if "status of 403" not in text:
            self.complaints.append(text)

    def failed(self, request):
        """The walk itself goes on to another page before one has loaded; that is no fault."""
        if not (request.is_navigation_request() and request.failure == "net::ERR_ABORTED"):
            self.complaints.append(f"{request.url}: {request.failure}")

    def note(self, url):
        if not url.startswith((self.product.origin, "http://127.0.0.1")):
            self.complaints.append(url)

    def strangers_see_nothing(self):
        context = self.context()
        for page in [""] + ADMIN_PAGES + ENGINEER_PAGES:
            answer = context.request.get(self.url(page), max_redirects=0)
            self.equal((answer.status, answer.headers["location"]), (303, "/dashboard/sign-in"), page)
        for form in FORMS:
            answer = context.request.post(self.url(form), form={"form": "x"}, max_redirects=0)
            self.equal((answer.status, answer.headers["location"]), (303, "/dashboard/sign-in"), form)
        context.close()

    def sign_in(self, name):
        context = self.context()
        page = context.new_page()
        page.goto(self.url("sign-in"))
        if name == "rita":
            self.picture(page, "sign-in")
            self.fill_in(page, name, "wrong password here")
            self.holds("do not belong together" in page.inner_text("main"), "a wrong password is told")
        self.fill_in(page, name, PASSWORD)
        cookies = {cookie["name"]: cookie for cookie in context.cookies()}
        session = cookies["session"]
        self.equal((session["httpOnly"], session["sameSite"]), (True, "Lax"), "the session's cookie")
        self.holds(0 < session["expires"], "the session ends")
        self.holds("sign-in" not in cookies, "the form's cookie is gone")
        return page

    def fill_in(self, page, name, password):
        page.fill("[name=organization]", "acme")
        page.fill("[name=account]", name)
        page.fill("[name=password]", password)
        page.click("main button")

    def install_and_teach(self, page):
        self.picture(page, "key-none")
        page.fill("form[action='/dashboard/key'] [name=api_key] >> nth=0", "sk-proj-not-a-real-key-000000")
        page.click("button:has-text('Install') >> nth=0")
        self.holds(page.locator(".notice.bad").count() == 1, "a wrong key is refused")
        page.fill("[name=api_key] >> nth=0", self.keys[0]["value"])
        page.click("button:has-text('Install') >> nth=0")
        self.holds("The key is installed" in page.inner_text("main"), "the key is installed")
        page.click("button:has-text('Ask the provider')")
        self.holds("takes the installed key" in page.inner_text("main"), "the key is checked")
        page.goto(self.url("knowledge"))
        page.click("summary")
        page.fill("[name=name]", "vacation.md")
        page.fill("[name=text]", "# Vacation <b>days</b> & such\n\nEverybody has thirty days of vacation.")
        page.click("button:has-text('Save')")
        self.holds("<b>days</b>" in page.inner_text("main"), "a title is shown as it is written")

    def people_ask(self):
        """Each title's signs would be markup in a page or a card that forgot to escape them."""
        until(
            lambda: '"pending"' not in self.product.admin("GET", "knowledge/handbook/documents")[1],
            "the document is embedded",
        )
        for number, person in enumerate(["ana", "ben", "cleo"]):
            reply = self.product.ask(person, number, "How many days of vacation are there?")
            card = json.dumps(reply["attachments"][0])
            self.holds("Vacation <b>days</b> & such" in card, "the card names the document")
            title = "Helpful" if number < 2 else "Not helpful"
            answer = self.product.press(person, number, title, reply)
            self.holds("Thank you" in answer["value"], "the voice is taken")
        again = self.product.press("cleo", "again", "Ask again", reply)
        self.equal(again["value"]["type"], "AdaptiveCard", "the answer to 'Ask again'")
        until(
            lambda: any(one.get("replyToId") == "f:cleo-again" for one in self.outside.replies),
            "the second answer",
        )

    def visit(self, page, pages, suffix):
        for name in pages:
            answer = page.goto(self.url(name))
            self.equal(answer.status, 200, name)
            policy = answer.headers["content-security-policy"]
            for rule in ["default-src 'none'", "form-action 'self'", "frame-ancestors 'none'"]:
                self.holds(rule in policy, f"{name}: {rule}")
            self.holds("script" not in policy and "unsafe" not in policy, f"{name}: no script")
            self.equal(answer.headers["cache-control"], "no-store", name)
            self.equal(answer.headers["x-content-type-options"], "nosniff", name)
            self.equal(page.locator("script, [onclick], [style]").count(), 0, f"{name}: scripts")
            self.equal(page.locator("nav [aria-current]").count(), 1, f"{name}: where one is")
            self.shows_no_key(page.content(), name)
            self.picture(page, name.replace("/", "-") + suffix)
        if "feedback" in pages:
            page.goto(self.url("feedback"))
            numbers = page.locator(".figures b").all_inner_texts()
            self.equal(numbers, ["2", "1", "67%"], "the numbers of the feedback")
            self.holds("vacation" not in page.inner_text("main").lower(), "no question is shown")
            page.goto(self.url("people"))
            self.equal(page.locator("tbody tr").count(), 3, "people")
            page.goto(self.url("usage"))
            self.holds("gpt-4o-mini" in page.inner_text("main"), "the model's usage")

    def shows_no_key(self, content, place):
        for key in self.keys:
            value = key["value"]
            for start in range(0, len(value) - 12, 4):
                part = value[start:start + 12]
                # What every key of the provider begins with is no secret.
                if not value.startswith(part):
                    self.holds(part not in content, f"{place}: no part of a key")

    def picture(self, page, name):
        """And nothing may stick out of the window at any size."""
        for size, (width, height) in self.sizes.items():
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=self.pictures / f"{name}-{size}.png", full_page=True)
            box = page.locator("main").bounding_box()
            hidden = page.locator("section").evaluate_all(
                "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).length"
            )
            self.equal(hidden, 0, f"{name}: parts that stick out at {size}")
            for head in page.locator("th:visible").all():
                self.holds(head.bounding_box()["height"] < 50, f"{name}: whole words at {size}")
            self.holds(box["x"] >= 0 and box["x"] + box["width"] <= width + 1, f"{name} fits {size}")

    def forms_of_others_are_refused(self, page, foreign_site):
        request = page.context.request
        for form in FORMS:
            for token in [None, "", "A" * 43]:
                fields = {"confirmation": "remove", "name": "vacation.md", "text": "x", "api_key": "x" * 30}
                if token is not None:
                    fields["form"] = token
                answer = request.post(self.url(form), form=fields, max_redirects=0)
                self.equal(answer.status, 403, f"{form} with the token {token!r}")
        # From another site the browser does not even send the cookie.
        other = page.context.new_page()
        other.goto(foreign_site)
        other.click("button")
        self.holds(other.url.endswith("/dashboard/sign-in"), "another site's form finds nobody signed in")
        other.close()
        page.goto(self.url("key"))
        self.holds(page.locator("button:has-text('Replace')").count() == 1, "the key is still there")
        page.goto(self.url("knowledge"))
        self.holds("vacation.md" in page.inner_text("main"), "the document is still there")
        page.goto(self.url("key"))
        page.fill("[name=confirmation]", "no")
        page.click("button.danger")
        self.holds("Nothing was removed" in page.inner_text("main"), "removal wants to be confirmed")

    def roles_are_kept_apart(self, admin):
        for name in ENGINEER_PAGES:
            self.equal(admin.goto(self.url(name)).status, 403, f"admin at {name}")
        self.picture(admin, "refused")
        engineer = self.sign_in("emil")
        self.holds(engineer.url.endswith("/dashboard/deployment"), "the engineer's home")
        self.visit(engineer, ENGINEER_PAGES, "")
        last_four = self.keys[0]["value"][-4:]
        for name in ENGINEER_PAGES:
            engineer.goto(self.url(name))
            self.holds(last_four not in engineer.inner_text("main"), f"{name}: not even its end")
            self.holds(self.product.token not in engineer.content(), f"{name}: no token")
        for name in ADMIN_PAGES:
            self.equal(engineer.goto(self.url(name)).status, 403, f"engineer at {name}")
        engineer.goto(self.url("deployment"))
        token = engineer.locator("header [name=form]").get_attribute("value")
        for form in FORMS:
            answer = engineer.context.request.post(
                self.url(form), form={"form": token, "confirmation": "remove"}, max_redirects=0
            )
            self.equal(answer.status, 403, f"engineer sends {form}")
        engineer.context.close()

    def rejected_key_is_told(self, page):
        self.provider.control("DELETE", f"/keys/{self.keys[0]['id']}")
        reply = self.product.ask("ana", "late", "How many days of vacation are there?")
        self.holds("rejected" in reply["text"] and "attachments" not in reply, "ana is told why")
        page.goto(self.url("key"))
        self.holds("paused" in page.inner_text("[role=alert]"), "the banner")
        self.picture(page, "key-rejected")
        page.goto(self.url("notifications"))
        self.holds("Open" in page.inner_text("main"), "an open notification")
        self.picture(page, "notifications-rejected")
        page.goto(self.url("key"))
        page.fill("[name=api_key] >> nth=0", self.keys[1]["value"])
        page.click("button:has-text('Replace') >> nth=0")
        self.equal(page.locator("[role=alert]").count(), 0, "banners after the replacement")
        self.holds("thirty days" in self.product.ask("ana", "end", "How many days?")["text"], "it goes on")
        for name in ["key", "audit"]:
            page.goto(self.url(name))
            self.shows_no_key(page.content(), name)
        self.picture(page, "audit-end")

    def signs_out(self, page):
        before = page.context.cookies()
        page.click("button:has-text('Sign out')")
        self.holds("signed out" in page.inner_text("main"), "signed out")
        # The cookie is of no use to whoever kept it.
        page.context.add_cookies([cookie for cookie in before if cookie["name"] == "session"])
        answer = page.context.request.get(self.url("key"), max_redirects=0)
        self.equal(answer.status, 303, "an ended session")
        remains = b"".join(
            file.read_bytes() for file in self.product.storage.rglob("*") if file.is_file()
        ) + self.product.log.read_bytes()
        for key in self.keys:
            self.holds(key["value"].encode() not in remains, "no key on disk or in the log")
        self.holds(PASSWORD.encode() not in remains, "no password either")
