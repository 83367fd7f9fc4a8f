/// The limits, demonstrated: which data was seen in whose network.
enum FlowsTemplate {
  static let text = """
    {{#hasFlows}}
    <section id="flows">
    <h2>Where the data went</h2>
    <p class="hint">By the wires alone: how often each class of data was seen in whose network.
    Whoever brings a key changes who pays, not this map; a self-hosted deployment does. A text
    counts as seen at the provider when its marker stood in a prompt. Who asked is looked for where
    messages are delivered, and not in prompts.</p>
    {{#flows}}
    <figure><figcaption><b>{{flowModel}}</b></figcaption>
    <div class="scroll" tabindex="0" role="group" aria-label="Map">{{{flowMap}}}</div></figure>
    {{/flows}}
    <div class="scroll" tabindex="0" role="region" aria-label="Data flow">
    <table class="matrix flows">
    <thead>
    <tr><th scope="col" class="corner">Seen by</th>
    {{#flowKinds}}
    <th scope="col">{{.}}</th>
    {{/flowKinds}}
    </tr>
    </thead>
    {{#flows}}
    <tbody>
    <tr><th scope="rowgroup" colspan="6">{{flowModel}}</th></tr>
    {{#flowRows}}
    <tr><th scope="row">{{flowZone}}</th>
    {{#flowCells}}
    <td class="{{flowStyle}}">{{flowWord}}</td>
    {{/flowCells}}
    </tr>
    {{/flowRows}}
    </tbody>
    {{/flows}}
    </table>
    </div>
    </section>
    {{/hasFlows}}

    """
}
