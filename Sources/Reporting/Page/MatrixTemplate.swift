/// The matrix of promises against stories, with its legend.
enum MatrixTemplate {
  static let text = """
    <section id="matrix">
    <h2>Promises against stories</h2>
    <p class="hint">A ring marks what a story is there to test. Each cell leads to its details.</p>
    <div class="scroll" tabindex="0" role="region" aria-label="Matrix">
    <table class="matrix">
    <thead><tr><th scope="col" class="corner">Story</th>
    {{#columns}}
    <th scope="col"><a href="#promise-{{columnID}}"><span>{{columnID}}</span></a></th>
    {{/columns}}
    </tr></thead>
    {{#families}}
    <tbody>
    <tr class="family">
    <th scope="rowgroup" colspan="{{familyWidth}}"><span><bdi>{{familyName}}</bdi>
    </span></th></tr>
    {{#rows}}
    <tr><th scope="row"><a href="#{{rowTarget}}"><bdi>{{rowTitle}}</bdi></a>
    {{#rowNote}}<small>{{.}}</small>{{/rowNote}}{{#rowAlarm}}<small
     class="alarm">{{.}}</small>{{/rowAlarm}}</th>
    {{#cells}}
    <td><a href="#{{cellTarget}}" class="cell {{cellStyle}}{{#cellShown}} shown{{/cellShown}}"
     title="{{cellWord}}"><span aria-hidden="true">{{cellSymbol}}</span>
    <span class="spoken">{{cellWord}}</span></a></td>
    {{/cells}}
    </tr>
    {{/rows}}
    </tbody>
    {{/families}}
    </table>
    </div>
    <dl class="legend" id="legend">
    {{#legend}}
    <div><dt><span class="cell {{legendStyle}}">{{legendSymbol}}</span> {{legendWord}}</dt>
    <dd>{{legendMeaning}}</dd></div>
    {{/legend}}
    </dl>
    <p class="hint">In the timelines every stroke is a message, a reply or a call; where there are
    too many, columns show how many there were. A blue bar is a key: in the vendor's settings, or
    as long as the provider takes it. Numbers are listed below each drawing, blue for a key made or
    set, red for an end or a crash. A shaded span is a fault that the story plays. A dashed red
    line with a flag stands where a witness of a violation was seen.</p>
    </section>

    """
}
