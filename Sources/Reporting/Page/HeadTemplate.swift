/// The first screen: the question, the answer, how sure, what it does not prove; of whom, when and
/// by whom.
enum HeadTemplate {
  static let text = """
    <header class="head {{tone}}">
    <p class="eyebrow">Keyproof report</p>
    <h1><span class="question">Does the vendor keep what “bring your own key” promises?</span>
    <span class="answer">{{headline}}</span></h1>
    {{#reservations}}
    <p class="reservation">{{.}}</p>
    {{/reservations}}
    <ul class="counters">
    {{#counters}}
    <li class="{{counterStyle}}"><span class="symbol">{{counterSymbol}}</span>
    <strong>{{counterNumber}}</strong> {{counterWord}}</li>
    {{/counters}}
    </ul>
    <dl class="metas">
    {{#metas}}
    <div{{#metaWide}} class="wide"{{/metaWide}}><dt>{{term}}</dt>
    <dd><bdi>{{meaning}}</bdi></dd></div>
    {{/metas}}
    </dl>
    <div class="columns">
    <section aria-labelledby="how-sure">
    <h2 id="how-sure">How sure</h2>
    <ul>
    {{#sureties}}
    <li><b>{{suretyName}}:</b> {{suretyText}}</li>
    {{/sureties}}
    </ul>
    </section>
    <section aria-labelledby="not-proved">
    <h2 id="not-proved">What it does not prove</h2>
    <ul>
    {{#doubts}}
    <li>{{.}}</li>
    {{/doubts}}
    </ul>
    </section>
    </div>
    <nav aria-label="Parts of this report"><a href="#questions">Questions to a vendor</a>
    <a href="#promises">Promises</a> <a href="#limits">Limits</a>
    {{#hasFlows}}<a href="#flows">Data</a>{{/hasFlows}}
    {{#hasModels}}<a href="#models">Models</a>{{/hasModels}}
    {{#hasMoney}}<a href="#money">Money</a>{{/hasMoney}}
    {{#hasMoments}}<a href="#moments">Keys, to the second</a>{{/hasMoments}}
    <a href="#matrix">Matrix</a> <a href="#stories">Stories</a> <a href="#legend">Legend</a>
    <a href="#files">Files</a></nav>
    </header>

    """
}

/// What the guide tells a buyer to ask a vendor: one sheet of paper.
enum QuestionsTemplate {
  static let text = """
    <section id="questions" class="sheet">
    <h2>What the guide tells you to ask a vendor</h2>
    <p class="hint">Answered with what was seen in this run, of <bdi>{{subject}}</bdi>. The words in
    quotation marks are the guide's.</p>
    <div class="scroll" tabindex="0" role="region" aria-label="Questions to a vendor">
    <table class="asked">
    <thead><tr><th scope="col">Question</th><th scope="col">Answer</th>
    <th scope="col">Evidence of this run</th></tr></thead>
    <tbody>
    {{#answers}}
    <tr id="question-{{answerID}}"><th scope="row">{{answerQuestion}}
    <q>{{answerSource}}</q></th>
    <td><span class="badge {{answerStyle}}"><span class="symbol">{{answerSymbol}}</span>
    {{answerWord}}</span> <bdi>{{answerSentence}}</bdi></td>
    <td class="proof"><bdi>{{answerProof}}</bdi>
    {{#answerLinks}}
    <a href="#promise-{{.}}"><code>{{.}}</code></a>
    {{/answerLinks}}</td></tr>
    {{/answers}}
    </tbody>
    </table>
    </div>
    </section>

    """
}
