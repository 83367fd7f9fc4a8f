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
    {{#people}}<tr><td>{{name}}</td><td>{{platform}}</td><td class="number">{{questions}}</td>
    <td>{{last}}</td></tr>
    {{/people}}</tbody></table>{{/hasPeople}}
    {{^hasPeople}}<p class="soft">Nobody has asked anything yet.</p>{{/hasPeople}}
    </section>
    """

  static let usage = """
    <h1>Usage</h1>
    <section>
    <h2>Questions</h2>
    {{#hasDays}}<table><thead><tr><th>Day (UTC)</th><th class="number">Asked</th>
    <th class="number">Answered</th><th class="number">Refused</th></tr></thead><tbody>
    {{#days}}<tr><td>{{day}}</td><td class="number">{{asked}}</td>
    <td class="number">{{answered}}</td><td class="number">{{refused}}</td></tr>
    {{/days}}</tbody></table>{{/hasDays}}
    {{^hasDays}}<p class="soft">No question was asked yet.</p>{{/hasDays}}
    </section>
    {{#hasReasons}}<section>
    <h2>Why questions were refused</h2>
    <table><tbody>{{#reasons}}<tr><td>{{reason}}</td><td class="number">{{count}}</td></tr>
    {{/reasons}}</tbody></table>
    </section>{{/hasReasons}}
    """

  static let notifications = """
    <h1>Notifications</h1>
    <section>
    {{#hasEntries}}<table><thead><tr><th>When</th><th>What</th><th>State</th></tr></thead><tbody>
    {{#entries}}<tr><td>{{at}}</td><td>{{words}}<br><span class="soft small">{{told}}</span></td>
    <td class="{{tone}}">{{state}}</td></tr>
    {{/entries}}</tbody></table>{{/hasEntries}}
    {{^hasEntries}}<p class="soft">Nothing to tell.</p>{{/hasEntries}}
    </section>
    """

  static let audit = """
    <h1>Audit log</h1>
    <section>
    {{#hasEntries}}<table><thead><tr><th>When (UTC)</th><th>Who</th><th>What</th>
    <th>Detail</th></tr></thead><tbody>
    {{#entries}}<tr><td>{{at}}</td><td>{{actor}}</td><td>{{action}}</td><td>{{detail}}</td></tr>
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

  var days: [Day]
  var hasDays: Bool
  var reasons: [Reason]
  var hasReasons: Bool
}

struct NotificationsView {
  struct Entry {
    var at: String
    var words: String
    var told: String
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
