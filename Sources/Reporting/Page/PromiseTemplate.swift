/// One promise with its verdict.
enum PromiseTemplate {
  static let text = """
    <article class="promise {{promiseStyle}}" id="promise-{{promiseID}}">
    <p class="badge"><span class="symbol">{{promiseSymbol}}</span> {{promiseWord}}</p>
    <div class="body">
    <h3><bdi>{{statement}}</bdi></h3>
    <p class="found"><bdi>{{promiseSentence}}</bdi></p>
    {{#warns}}{{#consequence}}
    <p class="consequence"><b>What it means:</b> <bdi>{{.}}</bdi></p>
    {{/consequence}}{{/warns}}
    <details>
    <summary><code>{{promiseID}}</code>: the guide's words, the deciding stories, controls</summary>
    {{#source}}
    <blockquote><bdi>{{.}}</bdi></blockquote>
    {{/source}}
    {{^warns}}{{#consequence}}
    <p><b>If it failed:</b> <bdi>{{.}}</bdi></p>
    {{/consequence}}{{/warns}}
    <p><b>Rests on</b> {{basis}}</p>
    <ul class="deciding">
    {{#deciding}}
    <li><a href="#{{linkTarget}}"><bdi>{{linkText}}</bdi></a></li>
    {{/deciding}}
    </ul>
    {{#controlled}}
    <p class="controls"><b>Bears on:</b> <bdi>{{controlNumbers}}</bdi>.
    <small>{{controlNotice}}</small></p>
    {{/controlled}}
    </details>
    </div>
    </article>

    """
}
