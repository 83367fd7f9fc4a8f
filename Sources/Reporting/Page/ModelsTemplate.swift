/// The matrix of deployment models against promises: claimed and observed side by side.
enum ModelsTemplate {
  static let text = """
    {{#hasModels}}
    <section id="models">
    <h2>Deployment models against promises</h2>
    <p class="hint">What each model claims, and apart from it what was observed in the stories of
    that model. Flip a claim, and the observations stay. Under a hybrid vendor the promises are
    claimed for calls of the model; what its own account embeds is observed all the same.</p>
    <div class="scroll" tabindex="0" role="region" aria-label="Deployment models">
    <table class="matrix models">
    <thead>
    <tr><th scope="col" rowspan="2" class="corner">Promise</th>
    {{#modelNames}}
    <th scope="colgroup" colspan="2">{{.}}</th>
    {{/modelNames}}
    </tr>
    <tr>
    {{#modelNames}}
    <th scope="col"><small>claimed</small></th><th scope="col"><small>observed</small></th>
    {{/modelNames}}
    </tr>
    </thead>
    <tbody>
    {{#modelRows}}
    <tr><th scope="row"><a href="#promise-{{modelPromise}}">{{modelPromise}}</a></th>
    {{#modelCells}}
    <td class="claim">{{claimWord}}</td>
    <td><span class="cell {{observedStyle}}" title="{{observedTitle}}"><span
     aria-hidden="true">{{observedSymbol}}</span>
    <span class="spoken">{{observedWord}}</span></span></td>
    {{/modelCells}}
    </tr>
    {{/modelRows}}
    </tbody>
    </table>
    </div>
    </section>
    {{/hasModels}}

    """
}
