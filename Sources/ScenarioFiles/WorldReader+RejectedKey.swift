import Worlds
import Yams

extension WorldReader {
  /// How long a message waits in a world that does not say.
  static let ordinaryWait = Duration.minutes(30)

  /// `{ messages: wait, for: 20m, tell: eva }`
  func rejectedKey(
    _ node: Node,
    of tenant: String,
    people: [WorldDescription.Person],
    _ deployment: WorldDescription.Deployment
  ) -> WorldDescription.RejectedKey? {
    guard
      let fields = Fields(node, what: "'rejected-key'", shape: .rejectedKey, reporter: reporter)
    else { return nil }
    if fields.keys.isEmpty { reporter.error("'rejected-key' says nothing", at: node) }
    if deployment == .hosted {
      reporter.error(
        "tenant '\(tenant)' is hosted: it has no key that could be rejected",
        at: node
      )
    }
    var wanted = WorldDescription.RejectedKey()
    let policy = fields["messages"].flatMap {
      reporter.word($0, kind: "policy", among: ["refused", "wait"])
    }
    let span = fields["for"].flatMap {
      reporter.duration($0, what: "'for'", above: .milliseconds(1))
    }
    wanted.waitsAtMost = fields["at-most"].flatMap {
      reporter.integer($0, what: "'at-most'", in: 1...10_000)
    }
    if policy == "wait" {
      wanted.waitsFor = span ?? Self.ordinaryWait
    } else if policy != nil || fields["messages"] == nil {
      for word in ["for", "at-most"] {
        guard let entry = fields.entry(word) else { continue }
        reporter.error("'\(word)' belongs to 'messages: wait'", at: entry.keyNode)
      }
    }
    wanted.tells = fields["tell"].flatMap {
      reporter.word($0, kind: "person", among: people.map(\.id))
    }
    return wanted
  }
}
