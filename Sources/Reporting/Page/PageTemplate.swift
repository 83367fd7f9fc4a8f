/// The page: first screen, questions, promises, matrix, stories, appendix, and the script that
/// draws the timelines.
enum PageTemplate {
  static let text = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy"
     content="default-src 'none'; script-src {{{scriptSource}}}; style-src {{{styleSource}}};
     base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <title>Keyproof report</title>
    <style>{{{style}}}</style>
    </head>
    <body>
    <main>
    {{> head}}
    {{> questions}}

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
    <li>Latency is measured between two keys on one machine with a mock model; it says nothing of
    networks, or of how a provider treats two accounts.</li>
    </ul>
    </section>

    {{> models}}
    {{> flows}}
    {{> money}}
    {{> moments}}
    {{> matrix}}

    <section id="stories">
    <h2>The stories</h2>
    {{#stories}}
    {{> story}}
    {{/stories}}
    </section>

    <section id="files">
    <h2>Files of this report</h2>
    <p><code>report.json</code> is this report for programs; <code>evidence/</code> lists all events
    of each story in order, and every verdict was worked out from it alone; <code>inputs/</code> has
    the scenario files as they were read. The signed statements in <code>attestations/</code> name
    these digests, and this page's.</p>
    <div class="scroll" tabindex="0" role="region" aria-label="Files">
    <table class="files"><thead><tr><th scope="col">File</th>
    <th scope="col">SHA-256</th></tr></thead>
    <tbody>
    {{#files}}
    <tr><th scope="row"><code>{{fileName}}</code></th><td><code>{{fileDigest}}</code></td></tr>
    {{/files}}
    </tbody></table>
    </div>
    </section>
    <p class="paper hint">On paper stand the answer, the questions, what is broken or undecided, and
    the matrix. Witnesses, timelines, money and the files' digests are on the page itself, which is
    <code>report.html</code>.</p>
    </main>
    <script type="application/json" id="rows">{{{eventRows}}}</script>
    <script type="application/json" id="texts">{{{texts}}}</script>
    <script>{{{script}}}</script>
    </body>
    </html>

    """
}
