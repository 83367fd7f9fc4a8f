"""Whether the page of a report can be read by everybody, and runs nothing but its own script."""

import argparse
import io
import pathlib
import re
import sys
import unicodedata

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from pypdf import PdfReader

LOOKS = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}
MARKUP = (
    "</script><script>window.hacked=1</script><img src=http://evil.example/x onerror=window.hacked=2>"
    "<svg onload=window.hacked=3>'\"`;window.hacked=4//<iframe srcdoc=<script>parent.hacked=5</script>>"
    "{{{style}}}\\u003cscript>&lt;b&gt;"
)


def write_hostile(folder):
    """A story whose every text that its writer chooses is markup, with an expectation that fails."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    text = MARKUP.replace("\\", "\\\\").replace('"', '\\"')
    (folder / "hostile.yaml").write_text(
        f'''scenario: "Title {text}"
about: "About {text}"
shows: [instant-revocation]
checks:
  nothing-at-all:
    about: "Check {text}"
    never: replies
world:
  world: "World {text}"
  starts: 2026-01-05T08:00:00Z
  model: {{ first-token: 200ms..900ms, between-tokens: 10ms..40ms }}
  tenants:
    acme:
      name: "Acme {text}"
      key: installed
      knowledge: {{ company-handbook: knowledge/company-handbook }}
      departments: {{ hr: {{ knowledge: [company-handbook] }} }}
      people:
        ana: {{ name: "Ana {text}", department: hr, platform: teams }}
timeline:
  - every: 20s
    until: 3m
    ask: {{ who: ana, text: "Question {text}" }}
    expect: {{ answer: given-or-refused }}
  - at: 2m
    delete-key: {{ key: first }}
  - at: 4m
    ask: {{ who: ana, text: "Late {text}" }}
    expect: {{ answer: given }}
'''
    )


class Reader:
    """Opens pages, and remembers whatever they complained of or asked for."""

    def __init__(self, browser, pictures):
        self.browser, self.pictures, self.checks, self.failures = browser, pictures, 0, []

    def holds(self, condition, what):
        """All that is wrong is told at the end, since one run takes a while."""
        self.checks += 1
        if not condition:
            self.failures.append(what)

    def open(self, folder, look, **options):
        context = self.browser.new_context(**LOOKS[look], **options)
        page = context.new_page()
        page.complaints, page.asked = [], []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (page.complaints.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto((folder / "report.html").resolve().as_uri())
        return page

    def accessible(self, folder):
        """axe finds nothing, stories folded and unfolded; nothing sticks out of a telephone."""
        for look in LOOKS:
            # axe itself is a script that the page's policy would not let in.
            page = self.open(folder, look, bypass_csp=True)
            page.screenshot(path=self.pictures / f"{folder.name}-{look}.png")
            self.axe(page, f"{folder.name}, {look}")
            page.evaluate(
                "document.querySelectorAll('details.story').forEach((story, n) => story.open = n < 3)"
            )
            figure = page.locator("details.story[open] figure.story-timeline").first
            if figure.count():
                story = figure.locator("xpath=ancestor::details[contains(@class,'story')]")
                figure.evaluate("figure => figure.scrollIntoView()")
                story.locator(".zoom").wait_for()
                story.locator(".zoom > details > summary").click()
                story.locator(".events button").first.click()
                story.locator(".zoom").evaluate("zoom => zoom.scrollIntoView()")
                page.screenshot(path=self.pictures / f"{folder.name}-{look}-story.png")
            self.axe(page, f"{folder.name}, {look}, unfolded")
            width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            self.holds(width <= 0, f"{folder.name} sticks out of the {look} by {width}")
            page.context.close()

    def axe(self, page, where):
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        told = [
            f"{rule['id']}: {rule['help']}\n    " + "\n    ".join(
                f"{node['html'][:160]} {node.get('failureSummary', '')[:300]}" for node in rule["nodes"][:4]
            )
            for rule in found
        ]
        self.holds(not found, f"{where}:\n  " + "\n  ".join(told))

    def runs_nothing_else(self, folder, markup):
        page = self.open(folder, "desktop")
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        figures = page.locator("figure.story-timeline")
        for index in range(min(figures.count(), 3)):
            figures.nth(index).evaluate("figure => figure.scrollIntoView()")
            page.locator(".zoom").nth(index).wait_for()
        for index in range(min(10, page.locator(".events button").count())):
            page.locator(".events button").nth(index).evaluate("button => button.click()")
        self.holds(page.evaluate("window.hacked === undefined"), "a script of the story ran")
        self.holds(page.complaints == [], f"{folder.name}: {page.complaints[:3]}")
        others = [url for url in page.asked if not url.startswith("file:")]
        self.holds(others == [] and len(page.asked) == 1, f"asked for {page.asked}")
        for name in ("img", "iframe", "object", "link", "base", "form"):
            self.holds(page.locator(name).count() == 0, f"there is an element {name}")
        if markup:
            self.holds(MARKUP in page.inner_text("#stories"), "the story's words are not shown as they are")
        page.context.close()

    def explores(self, folder):
        """By keyboard alone: zoom, look for words, choose an event, from a witness to its event."""
        page = self.open(folder, "desktop")
        story = page.locator("details.story:has(.witness)").first
        story.evaluate("story => story.open = true")
        story.locator("figure.story-timeline").evaluate("figure => figure.scrollIntoView()")
        zoom = story.locator(".zoom")
        zoom.wait_for()
        whole = zoom.locator(".span").inner_text()
        zoom.get_by_role("button", name="Zoom in").focus()
        page.keyboard.press("Enter")
        self.holds(zoom.locator(".span").inner_text() != whole, "the keyboard does not zoom")
        zoom.get_by_role("button", name="Show the whole story").press("Enter")
        self.holds(zoom.locator(".span").inner_text() == whole, "the whole story does not come back")
        zoom.get_by_role("searchbox").fill("call ")
        zoom.locator("summary").press("Enter")
        words = zoom.locator(".events bdi").all_inner_texts()
        self.holds(words and all("call " in text for text in words), f"not only calls: {words[:3]}")
        zoom.locator(".events button").first.press("Enter")
        told = zoom.locator(".detail").inner_text()
        self.holds("endpoint" in told, "a call shows no endpoint")
        shows = '"messages":' in told or '"input":' in told
        self.holds(shows and "response, digest" in told, f"a call shows no request and response: {told}")
        box = zoom.locator("svg").bounding_box()
        page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 40)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 40)
        page.mouse.up()
        self.holds(zoom.locator(".span").inner_text() != whole, "dragging does not zoom")
        finding = story.locator("details.finding:has(.witness)").first
        finding.evaluate("finding => finding.open = true")
        witness = finding.locator(".witnessed").first
        witness.press("Enter")
        self.holds(witness.inner_text() in zoom.locator(".detail").inner_text(), "a witness leads nowhere")
        # A link into a folded story unfolds it.
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = false)")
        page.locator("table.matrix tbody th a[href^='#s']").first.press("Enter")
        # The page hears of its new address a moment later.
        page.locator("details.story[open]").first.wait_for()
        page.context.close()

    def holds_ten_thousand(self, folder):
        page = self.open(folder, "desktop")
        story = page.locator("details.story").first
        story.evaluate("story => story.open = true")
        story.locator("figure.story-timeline").evaluate("figure => figure.scrollIntoView()")
        story.locator(".zoom").wait_for()
        events = page.evaluate("JSON.parse(document.getElementById('s1-events').textContent).events.length")
        self.holds(events == 10_000, f"{events} events are on the page")
        took = page.evaluate(
            """() => { const began = performance.now();
              for (let n = 0; n < 20; n++) document.querySelector('.tools button').click();
              return (performance.now() - began) / 20; }"""
        )
        page.context.close()
        return f"{events} events: {took:.0f} ms from click to drawing"

    def prints(self, folder):
        page = self.open(folder, "desktop")
        bytes_ = page.pdf(format="A4")
        (self.pictures / f"{folder.name}.pdf").write_bytes(bytes_)
        # A font joins letters, as in "traffic"; taken apart they are found.
        sheets = [
            re.sub(r"\s+", " ", unicodedata.normalize("NFKC", sheet.extract_text()))
            for sheet in PdfReader(io.BytesIO(bytes_)).pages
        ]
        answer = page.inner_text("h1 .answer")
        self.holds(answer in sheets[0], f"the answer is not on the first sheet: {sheets[0][:200]}")
        questions = page.locator("#questions tbody tr").all()
        for question in questions:
            words = re.sub(r"\s+", " ", question.locator("th").evaluate("cell => cell.firstChild.textContent"))
            self.holds(words.strip() in sheets[1], f"not on the second sheet: {words}")
        self.holds("The promises" not in sheets[1], "the sheet of questions is not one of its own")
        whole = " ".join(sheets)
        for promise in page.locator(".promise h3").all():
            badge = promise.locator("xpath=ancestor::article")
            is_open = badge.evaluate("card => /violated|inconclusive/.test(card.className)")
            words = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", promise.text_content())).strip()
            # A reviewer's own check without words is called by the name that heads its column.
            if words.startswith("check:"):
                continue
            self.holds(
                (words in whole) == is_open,
                f"{'not' if is_open else 'needlessly'} on paper: {words}",
            )
        self.holds("Promises against stories" in whole, "the matrix is not on paper")
        self.holds("Play it again" not in whole, "stories are on paper")
        self.holds(len(sheets) <= 16, f"{len(sheets)} sheets")
        page.context.close()
        return f"{len(sheets)} sheets, {len(questions)} questions on the second"

    def reads_without_script(self, folder):
        page = self.open(folder, "desktop", java_script_enabled=False)
        self.holds(page.locator("figure.story-timeline svg").count() > 0, "no still drawing")
        page.context.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hostile", help="writes hostile stories into this folder, and ends")
    parser.add_argument("--screenshots")
    parser.add_argument("reports", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    if options.hostile:
        return write_hostile(options.hostile)
    pictures = pathlib.Path(options.screenshots)
    pictures.mkdir(parents=True, exist_ok=True)
    honest, rogue, long, hostile = options.reports
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        reader = Reader(browser, pictures)
        for folder in (honest, rogue, hostile):
            reader.accessible(folder)
            reader.runs_nothing_else(folder, markup=folder is hostile)
        reader.explores(rogue)
        reader.reads_without_script(honest)
        told = [reader.prints(honest), reader.prints(rogue), reader.holds_ten_thousand(long)]
        browser.close()
    if reader.failures:
        sys.exit("\n".join(reader.failures))
    print(f"{reader.checks} checks held; {'; '.join(told)}; {pictures}/")


if __name__ == "__main__":
    main()
