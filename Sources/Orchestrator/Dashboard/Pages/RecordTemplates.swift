/// Pages that only show what was noted down.
enum RecordTemplates {
  static let people = """
    <h1>People and seats</h1>
    <section class="figures">
    <div><b>{{seats}}</b><span class="soft small">people asked in the last 30 days</span></div>
    <div><b>{{everybody}}</b><span class="soft small">people have ever asked</span></div>
    </section>
    <section>
    {{#hasPeople}}<table><thead><tr><th>Person</th><th>Platform</th>
    <th class="number">Questions</th><th>Last asked</th></tr></thead><tbody>
    {{#people}}<tr><td data-label="Person">{{name}}</td>
    <td data-label="Platform">{{platform}}</td>
    <td data-label="Questions" class="number">{{questions}}</td>
    <td data-label="Last asked" class="time">{{last}}</td></tr>
    {{/people}}</tbody></table>{{/hasPeople}}
    {{^hasPeople}}<p class="soft">Nobody has asked anything yet.</p>{{/hasPeople}}
    </section>
    """

  static let usage = """
    <h1>Usage</h1>
    <section>
    <h2>Tokens since {{from}}</h2>
    {{#hasTotals}}<table><thead><tr><th>Paid by</th><th>Key</th><th>Model</th>
    <th class="number">Calls</th><th class="number">Cut off</th><th class="number">Prompt</th>
    <th class="number">Completion</th></tr></thead><tbody>
    {{#totals}}<tr><td data-label="Paid by">{{payer}}</td>
    <td data-label="Key">{{key}}</td>
    <td data-label="Model">{{model}}<br>
    <span class="soft small">{{endpoint}}</span></td>
    <td data-label="Calls" class="number">{{calls}}</td>
    <td data-label="Cut off" class="number">{{cutOff}}</td>
    <td data-label="Prompt" class="number">{{prompt}}</td>
    <td data-label="Completion" class="number">{{completion}}</td></tr>
    {{/totals}}</tbody></table>{{/hasTotals}}
    {{^hasTotals}}<p class="soft">No model was called yet.</p>{{/hasTotals}}
    <p class="soft small">As the provider stated it, call by call: compare it with the provider's
    own usage page. A call that was cut off has its tokens in the provider's books alone.</p>
    </section>
    <section>
    <h2>Questions</h2>
    {{#hasDays}}<table><thead><tr><th>Day (UTC)</th><th class="number">Asked</th>
    <th class="number">Answered</th><th class="number">Refused</th></tr></thead><tbody>
    {{#days}}<tr><td data-label="Day" class="time">{{day}}</td>
    <td data-label="Asked" class="number">{{asked}}</td>
    <td data-label="Answered" class="number">{{answered}}</td>
    <td data-label="Refused" class="number">{{refused}}</td></tr>
    {{/days}}</tbody></table>{{/hasDays}}
    {{^hasDays}}<p class="soft">No question was asked yet.</p>{{/hasDays}}
    </section>
    {{#hasReasons}}<section>
    <h2>Why questions were refused</h2>
    <table><tbody>{{#reasons}}<tr><td>{{reason}}</td><td class="number">{{count}}</td></tr>
    {{/reasons}}</tbody></table>
    </section>{{/hasReasons}}
    """

  static let invoices = """
    <h1>Invoices</h1>
    {{#documents}}<section>
    <h2>{{title}}</h2>
    <p class="soft small">{{from}} to {{through}}{{#issued}}, issued on {{issued}}{{/issued}}</p>
    <table><thead><tr><th>Item</th><th class="number">Quantity</th><th class="number">Amount</th>
    </tr></thead><tbody>
    {{#lines}}<tr><td data-label="Item">{{item}}</td>
    <td data-label="Quantity" class="number">{{quantity}}</td>
    <td data-label="Amount" class="number">{{amount}}</td></tr>{{/lines}}
    <tr><td data-label="Item"><strong>Total (USD)</strong></td><td data-label="Quantity"></td>
    <td data-label="Amount" class="number"><strong>{{total}}</strong></td></tr>
    </tbody></table>
    </section>{{/documents}}
    {{^hasDocuments}}<section><p class="soft">Nothing was charged yet.</p></section>
    {{/hasDocuments}}
    """

  static let notifications = """
    <h1>Notifications</h1>
    <section>
    {{#hasEntries}}<table><thead><tr><th>When</th><th>What</th><th>State</th></tr></thead><tbody>
    {{#entries}}<tr><td data-label="When" class="time">{{at}}</td>
    <td data-label="What">{{words}}</td>
    <td data-label="State" class="{{tone}}">{{state}}</td></tr>
    {{/entries}}</tbody></table>{{/hasEntries}}
    {{^hasEntries}}<p class="soft">Nothing to tell.</p>{{/hasEntries}}
    </section>
    """

  static let audit = """
    <h1>Audit log</h1>
    <section>
    {{#hasEntries}}<table><thead><tr><th>When (UTC)</th><th>Who</th><th>What</th>
    <th>Detail</th></tr></thead><tbody>
    {{#entries}}<tr><td data-label="When" class="time">{{at}}</td>
    <td data-label="Who">{{actor}}</td>
    <td data-label="What">{{action}}</td><td data-label="Detail">{{detail}}</td></tr>
    {{/entries}}</tbody></table>{{/hasEntries}}
    {{^hasEntries}}<p class="soft">Nothing was done yet.</p>{{/hasEntries}}
    </section>
    <p class="soft small">Entries are added and never changed; the newest 200 are shown.</p>
    """
}

struct PeopleView {
  struct Person {
    var name: String
    var platform: String
    var questions: String
    var last: String
  }

  var seats: String
  var everybody: String
  var people: [Person]
  var hasPeople: Bool
}

struct UsageView {
  struct Total {
    var payer: String
    var key: String
    var model: String
    var endpoint: String
    var calls: String
    var cutOff: String
    var prompt: String
    var completion: String
  }

  struct Day {
    var day: String
    var asked: String
    var answered: String
    var refused: String
  }

  struct Reason {
    var reason: String
    var count: String
  }

  var from: String
  var totals: [Total]
  var hasTotals: Bool
  var days: [Day]
  var hasDays: Bool
  var reasons: [Reason]
  var hasReasons: Bool
}

struct InvoicesView {
  struct Line {
    var item: String
    var quantity: String
    var amount: String
  }

  struct Document {
    var title: String
    var from: String
    var through: String
    var issued: String?
    var lines: [Line]
    var total: String
  }

  var documents: [Document]
  var hasDocuments: Bool
}

struct NotificationsView {
  struct Entry {
    var at: String
    var words: String
    var tone: String
    var state: String
  }

  var entries: [Entry]
  var hasEntries: Bool
}

struct AuditView {
  struct Entry {
    var at: String
    var actor: String
    var action: String
    var detail: String
  }

  var entries: [Entry]
  var hasEntries: Bool
}
