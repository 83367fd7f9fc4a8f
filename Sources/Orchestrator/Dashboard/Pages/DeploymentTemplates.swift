/// What an engineer sees: whether it runs, how it is set up, what it said. Never a key, nor any
/// part of one.
enum DeploymentTemplates {
  static let status = """
    <h1>Status</h1>
    <section><dl>
    <dt>Key</dt><dd>{{key}}</dd>
    <dt>Since</dt><dd>{{keySince}}</dd>
    <dt>Started</dt><dd>{{started}}</dd>
    {{#counts}}<dt>{{state}}</dt><dd>{{count}}</dd>{{/counts}}
    </dl></section>
    """

  static let configuration = """
    <h1>Configuration</h1>
    <section>
    <p class="soft small">As it was read at the start, without other organizations. Of secrets only
    this is told: whether they are set.</p>
    <dl>{{#lines}}<dt><code>{{name}}</code></dt><dd><code>{{value}}</code></dd>
    {{/lines}}</dl></section>
    """

  static let log = """
    <h1>Log</h1>
    <section>
    <form method="get" action="/dashboard/deployment/log">
    <label><span>Lines that contain</span>
    <input name="contains" maxlength="200" value="{{contains}}"></label>
    <button class="quiet">Search</button>
    </form></section>
    <section>
    {{#hasLines}}<pre>{{#lines}}{{line}}
    {{/lines}}</pre>{{/hasLines}}
    {{^hasLines}}<p class="soft">No such line among the newest.</p>{{/hasLines}}
    </section>
    """
}

struct StatusView {
  struct Count {
    var state: String
    var count: String
  }

  var key: String
  var keySince: String
  var started: String
  var counts: [Count]
}

struct ConfigurationView {
  struct Line {
    var name: String
    var value: String
  }

  var lines: [Line]
}

struct LogView {
  struct Line {
    var line: String
  }

  var contains: String
  var lines: [Line]
  var hasLines: Bool
}
