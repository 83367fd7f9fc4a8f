/// Which answers helped, in numbers alone.
enum FeedbackTemplate {
  static let text = """
    <h1>Feedback</h1>
    <section class="figures">
    <div><b>{{helpful}}</b><span class="soft small">answers helped in the last 30 days</span></div>
    <div><b>{{unhelpful}}</b><span class="soft small">did not</span></div>
    {{#share}}<div><b>{{share}}</b><span class="soft small">of those that were judged helped\
    </span></div>{{/share}}
    </section>
    {{#hasBases}}<section>
    <h2>By knowledge base</h2>
    <table><thead><tr><th>Base</th><th class="number">Helpful</th>
    <th class="number">Not helpful</th></tr></thead><tbody>
    {{#bases}}<tr><td data-label="Base">{{name}}</td>
    <td data-label="Helpful" class="number">{{helpful}}</td>
    <td data-label="Not helpful" class="number">{{unhelpful}}</td></tr>
    {{/bases}}</tbody></table>
    </section>{{/hasBases}}
    <section>
    <h2>By day</h2>
    {{#hasDays}}<table><thead><tr><th>Day (UTC)</th><th class="number">Helpful</th>
    <th class="number">Not helpful</th></tr></thead><tbody>
    {{#days}}<tr><td data-label="Day" class="time">{{name}}</td>
    <td data-label="Helpful" class="number">{{helpful}}</td>
    <td data-label="Not helpful" class="number">{{unhelpful}}</td></tr>
    {{/days}}</tbody></table>{{/hasDays}}
    {{^hasDays}}<p class="soft">Nobody has pressed a button yet.</p>{{/hasDays}}
    </section>
    <p class="soft small">People say it by the buttons under an answer, one voice for each answer
    and person. Nothing of a question or an answer is kept with it. An answer that drew on several
    bases counts for each of them.</p>
    """
}

struct FeedbackView {
  struct Row {
    var name: String
    var helpful: String
    var unhelpful: String
  }

  var helpful: String
  var unhelpful: String
  var share: String?
  var days: [Row]
  var hasDays: Bool
  var bases: [Row]
  var hasBases: Bool
}
