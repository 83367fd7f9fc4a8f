/// What a checker found in one story, with the numbers and the witnesses.
enum FindingTemplate {
  static let text = """
    <details class="finding {{findingStyle}}" id="{{findingAnchor}}"
    {{#findingOpen}} open{{/findingOpen}}>
    <summary><span class="badge {{findingStyle}}"><span class="symbol">{{findingSymbol}}</span>
    {{findingWord}}</span> <code>{{findingID}}</code>
    <bdi class="sentence">{{findingSentence}}</bdi></summary>
    <p class="label">How it was exercised</p>
    <ul class="exercise">
    {{#exercise}}
    <li><strong>{{exerciseCount}}</strong> <bdi>{{exerciseName}}</bdi></li>
    {{/exercise}}
    {{^exercise}}
    <li>No number: nothing was exercised.</li>
    {{/exercise}}
    </ul>
    {{#witnessCount}}
    <p class="label">{{.}}</p>
    {{/witnessCount}}
    {{#witnesses}}
    <div class="witness"><p><b>{{witnessRank}}:</b> <bdi>{{witnessWhat}}</bdi></p>
    {{#sides}}
    <dl class="sides"><dt>first play</dt><dd><bdi>{{sideFirst}}</bdi></dd>
    <dt>second play</dt><dd><bdi>{{sideSecond}}</bdi></dd></dl>
    {{/sides}}
    <ol>
    {{#quotes}}
    <li><code>{{quoteID}}</code><time>{{quoteTime}}</time>
    <span><bdi>{{quoteWords}}</bdi></span></li>
    {{/quotes}}
    </ol>
    {{#quotesOmitted}}
    <p><small>{{.}}</small></p>
    {{/quotesOmitted}}
    </div>
    {{/witnesses}}
    </details>

    """
}
