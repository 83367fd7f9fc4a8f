/// The page: head, promises, matrix, stories, appendix.
enum PageTemplate {
  static let text = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy"
     content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <title>Keyproof report</title>
    <style>{{{style}}}</style>
    </head>
    <body>
    <main>
    <header class="head {{tone}}">
    <p class="eyebrow">Keyproof report</p>
    <p class="subject">This report speaks of <bdi>{{subject}}</bdi>.</p>
    <h1>{{headline}}</h1>
    {{#reservations}}
    <p class="reservation">{{.}}</p>
    {{/reservations}}
    <ul class="counters">
    {{#counters}}
    <li class="{{counterStyle}}"><span class="symbol">{{counterSymbol}}</span>
    <strong>{{counterNumber}}</strong> {{counterWord}}</li>
    {{/counters}}
    </ul>
    <p class="calibration">{{^isCalibrated}}<span class="symbol">?</span> {{/isCalibrated}}
    {{#isCalibrated}}<b>Instrument calibrated:</b> {{/isCalibrated}}{{calibration}}</p>
    <dl class="metas">
    {{#metas}}
    <div><dt>{{term}}</dt><dd>{{meaning}}</dd></div>
    {{/metas}}
    </dl>
    <nav><a href="#promises">Promises</a> <a href="#limits">What this does not prove</a>
    {{#hasFlows}}<a href="#flows">Data</a>{{/hasFlows}}
    {{#hasModels}}<a href="#models">Models</a>
    {{/hasModels}}<a href="#matrix">Matrix</a>
    <a href="#stories">Stories</a> <a href="#legend">Legend</a></nav>
    </header>

    <section id="promises">
    <h2>The promises</h2>
    {{#promises}}
    {{> promise}}
    {{/promises}}
    </section>

    <section id="limits" class="limits">
    <h2>What this does not prove</h2>
    <ul>
    {{#limits}}
    <li>{{.}}</li>
    {{/limits}}
    </ul>
    </section>

    {{> models}}
    {{> flows}}
    {{> matrix}}

    <section id="stories">
    <h2>The stories</h2>
    {{#stories}}
    {{> story}}
    {{/stories}}
    </section>

    <section id="files">
    <h2>Files of this report</h2>
    <p><code>report.json</code> is this report for programs, <code>junit.xml</code> for build
    servers, <code>machine.json</code> what belongs to the machine and the wall clock. Every
    verdict was worked out from the evidence alone, which lists all events in order:</p>
    <ul class="files">
    {{#evidenceFiles}}
    <li><code>{{.}}</code></li>
    {{/evidenceFiles}}
    </ul>
    </section>
    </main>
    </body>
    </html>

    """
}
