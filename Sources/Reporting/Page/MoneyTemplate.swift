/// Money, reconciled: what was seen against each set of books.
enum MoneyTemplate {
  static let text = """
    {{#hasMoney}}
    <section id="money">
    <h2>Money, reconciled</h2>
    <p class="hint">Over all stories. What was seen on the wire, and what each set of books says of
    it; the difference is in tokens, summed up story by story. Calls that were cut off before their
    usage was sent may stand in a provider's books or not. Azure OpenAI has no usage API by key.</p>
    <div class="scroll" tabindex="0" role="region" aria-label="Money, reconciled">
    <table class="matrix money">
    <thead><tr><th scope="col" class="corner">Account</th><th scope="col">Seen, completed</th>
    <th scope="col">Seen, cut off</th>
    {{#bookNames}}
    <th scope="col">{{.}}</th>
    {{/bookNames}}
    </tr></thead>
    <tbody>
    {{#moneyRows}}
    <tr><th scope="row">{{moneyAccount}}</th><td>{{moneySeen}}</td><td>{{moneyCutOff}}</td>
    {{#moneyBooks}}
    <td class="{{bookStyle}}">{{bookStated}} <small>{{bookDifference}}</small></td>
    {{/moneyBooks}}
    </tr>
    {{/moneyRows}}
    </tbody>
    </table>
    </div>
    <ul class="statements">
    {{#statements}}
    <li>{{.}}</li>
    {{/statements}}
    </ul>
    </section>
    {{/hasMoney}}

    """
}

/// Keys that ended or changed, with the moments that count.
enum MomentsTemplate {
  static let text = """
    {{#hasMoments}}
    <section id="moments">
    <h2>Keys that ended or changed, to the second</h2>
    <p class="hint">From the stories that are about it, with the vendor named in each. Times count
    from the end of the key; drawings stand in the stories.</p>
    <div class="scroll" tabindex="0" role="region" aria-label="Keys, to the second">
    <table class="matrix moments">
    <thead><tr><th scope="col" class="corner">Key</th><th scope="col">What became of it</th>
    <th scope="col">Last call before</th><th scope="col">First refusal</th>
    <th scope="col">Calls that passed after</th><th scope="col">Slowest notice</th>
    <th scope="col">Successor handed over</th><th scope="col">First answer after</th></tr></thead>
    <tbody>
    {{#moments}}
    <tr><th scope="row"><bdi>{{momentKey}}</bdi>
    <small><a href="#{{momentTarget}}"><bdi>{{momentStory}}</bdi></a></small></th>
    <td>{{momentWhat}}</td>
    {{#momentCells}}
    <td>{{.}}</td>
    {{/momentCells}}
    </tr>
    {{/moments}}
    </tbody>
    </table>
    </div>
    {{#momentsOmitted}}
    <p class="hint">{{.}}</p>
    {{/momentsOmitted}}
    </section>
    {{/hasMoments}}

    """
}

/// Drawings inside of a story: keys to the second, and latency by quantiles.
enum CloseUpTemplate {
  static let text = """
    {{#closeUps}}
    <figure class="close-up">
    <figcaption>{{closeUpTitle}}</figcaption>
    <div class="scroll" tabindex="0" role="group" aria-label="Close-up">{{{closeUpDrawing}}}</div>
    <ol class="marks">
    {{#closeUpMarks}}
    <li><span class="n">{{markNumber}}</span><time>{{markTime}}</time>
    <span><bdi>{{markWords}}</bdi></span></li>
    {{/closeUpMarks}}
    </ol>
    </figure>
    {{/closeUps}}
    {{#plots}}
    <figure class="latency">
    <figcaption><b>{{plotTitle}}.</b> {{plotNote}}
    <span class="swatch subject"></span> {{plotSubject}}
    <span class="swatch control"></span> {{plotControl}}</figcaption>
    <div class="pair">{{{plotQuantiles}}}{{{plotMargins}}}</div>
    <table class="matrix"><thead><tr><th scope="col">Quantile</th><th scope="col">Difference</th>
    <th scope="col">90 % interval</th><th scope="col">Margin</th></tr></thead><tbody>
    {{#plotRows}}
    <tr><th scope="row">{{plotQuantile}}</th><td>{{plotDifference}}</td><td>{{plotInterval}}</td>
    <td>{{plotMargin}}</td></tr>
    {{/plotRows}}
    </tbody></table>
    </figure>
    {{/plots}}

    """
}
