/// The page about the organization's key. No key stands on it, nor did one ever.
enum KeyTemplate {
  static let text = """
    <h1>Key</h1>
    <section>
    {{#installed}}
    <dl>
    <dt>State</dt><dd class="{{tone}}">{{state}}</dd>
    <dt>Provider</dt><dd>{{provider}}</dd>
    {{#endpoint}}<dt>Endpoint</dt><dd>{{endpoint}}</dd>{{/endpoint}}
    {{#deployments}}<dt>Deployments</dt><dd>{{deployments}}</dd>{{/deployments}}
    <dt>Ends in</dt><dd><code>{{lastFour}}</code></dd>
    <dt>Fingerprint</dt><dd><code>{{fingerprint}}</code></dd>
    <dt>Version</dt><dd>{{version}}, since {{since}}</dd>
    </dl>
    <div class="row">
    <form class="inline" method="post" action="/dashboard/key/check">
    <input type="hidden" name="form" value="{{form}}">
    <button class="quiet">Ask the provider about it</button></form>
    </div>
    {{/installed}}
    {{^installed}}<p>No key is installed. Until there is one, every question is refused.</p>
    {{/installed}}
    </section>
    <section>
    <h2>{{#installed}}Replace the key{{/installed}}{{^installed}}Install a key{{/installed}}</h2>
    <p class="soft small">The provider is asked first: models, embeddings and one short answer.
    Until it has accepted the new key nothing changes; then every new question uses it, and what
    is being answered is finished with the key that it began with.</p>
    <form method="post" action="/dashboard/key">
    <input type="hidden" name="form" value="{{form}}">
    <label><span>OpenAI API key</span>
    <input name="api_key" type="password" required autocomplete="off" maxlength="512"></label>
    <input type="hidden" name="provider" value="openai">
    <button>{{#installed}}Replace{{/installed}}{{^installed}}Install{{/installed}}</button>
    </form>
    <details><summary>A key of an Azure OpenAI resource instead</summary>
    <form method="post" action="/dashboard/key">
    <input type="hidden" name="form" value="{{form}}">
    <input type="hidden" name="provider" value="azure">
    <label><span>Endpoint</span><input name="endpoint" required maxlength="300"
      placeholder="https://NAME.openai.azure.com"></label>
    <label><span>Deployment for chat</span>
    <input name="chat_deployment" required maxlength="64"></label>
    <label><span>Deployment for embeddings</span>
    <input name="embeddings_deployment" required maxlength="64"></label>
    <label><span>API version (empty for v1)</span><input name="api_version" maxlength="20"></label>
    <label><span>Key</span>
    <input name="api_key" type="password" required autocomplete="off" maxlength="512"></label>
    <button>Install</button>
    </form></details>
    </section>
    {{#installed}}
    <section>
    <h2>Remove the key</h2>
    <p class="soft small">From that moment the assistant makes no call for your organization, even
    where the provider would still take the key.</p>
    <form method="post" action="/dashboard/key/remove">
    <input type="hidden" name="form" value="{{form}}">
    <label><span>Type <code>remove</code> to confirm</span>
    <input name="confirmation" required autocomplete="off" maxlength="20"></label>
    <button class="danger">Remove</button>
    </form>
    </section>
    {{/installed}}
    <section>
    <h2>History</h2>
    {{#hasVersions}}
    <table><thead><tr><th>Version</th><th>Provider</th><th>Ended in</th><th>Installed</th>
    <th>Destroyed</th></tr></thead><tbody>
    {{#versions}}<tr><td data-label="Version">{{version}}</td>
    <td data-label="Provider">{{provider}}</td>
    <td data-label="Ended in"><code>{{lastFour}}</code></td>
    <td data-label="Installed">{{installed}}</td><td data-label="Destroyed">{{ended}}</td></tr>
    {{/versions}}</tbody></table>
    {{/hasVersions}}
    {{^hasVersions}}<p class="soft">No key was installed yet.</p>{{/hasVersions}}
    </section>
    """
}

struct KeyView {
  struct Installed {
    var tone: String
    var state: String
    var provider: String
    var endpoint: String?
    var deployments: String?
    var lastFour: String
    var fingerprint: String
    var version: String
    var since: String
    var form: String
  }

  struct Version {
    var version: String
    var provider: String
    var lastFour: String
    var installed: String
    var ended: String
  }

  var form: String
  var installed: Installed?
  var versions: [Version]
  /// Stored: the template engine sees stored properties alone.
  let hasVersions: Bool

  init(form: String, installed: Installed?, versions: [Version]) {
    self.form = form
    self.installed = installed
    self.versions = versions
    hasVersions = !versions.isEmpty
  }
}
