import Evidence
import Worlds

/// Of a customer whose contract says so, nothing is kept of what people ask and are answered. Files
/// may hold a question or an answer while its message is in work, and until `allowance` after the
/// reply to it: what is erased must also get out of free pages and write-ahead logs. While the
/// vendor is down, or a fault is on, that time does not run. Logs, a process's output and requests
/// to strangers may hold none at any moment, nor a retrieved text. Documents that the customer
/// uploaded are in the files, of course. Words that somebody without such a contract has asked,
/// too, accuse nobody.
///
/// Held only where files and logs were searched for texts when an answer of such a customer's was
/// old enough to be gone. Without a contract it is observed all the same, over all customers.
enum NoQueryLogging {
  static let guarantee = Guarantee(
    id: "no-query-logging",
    statement: "Where a contract forbids it, no question, answer or retrieved text is kept in the "
      + "vendor's files and logs once its message is out of work.",
    source: "The vendor cannot log your queries in their own systems - they can unless "
      + "contractually prohibited",
    consequence: "What people asked in confidence lies in the vendor's systems, for its engineers, "
      + "its backups and whoever breaks in.",
    bounds: [
      "in files until \(allowance.inSeconds) after the reply to a message; in a log never"
    ],
    claims: .byContract,
    check: check
  )

  static let allowance = Duration.minutes(2)

  static func check(_ story: Story) -> Finding {
    let tenants = bound(story)
    var breaches = Breaches()
    var inWork = 0
    for sighting in story.sightings {
      guard case .canary(let canary) = sighting.of.subject,
        let text = Text(canary, seen: sighting, of: tenants, in: story)
      else { continue }
      if sighting.of.surface == .storage, text.isInWork {
        inWork += 1
      } else if sighting.of.surface != .storage || text.kind != .retrieved {
        breaches.add(
          "\(text.kind.words) of \(text.owner) was seen in \(sighting.of.place) "
            + "(\(sighting.of.surface.rawValue), \(sighting.of.encoding)).",
          events: [sighting.event] + text.events,
          weight: sighting.of.surface == .storage ? 0 : 1
        )
      }
    }
    let looks = Looks(story)
    let settled = looks.last.map { last in
      story.messages.count { message in
        tenants.contains(message.of.tenant) && !story.answers(to: message).isEmpty
          && !isInWork(message, at: last, story)
      }
    }
    return .judged(
      breaches,
      exercise: [
        Finding.Count("texts looked for", looks.texts),
        Finding.Count("bytes searched for texts", looks.bytes),
        Finding.Count("answers that had to be gone", settled ?? 0),
        Finding.Count("texts seen while their message was in work", inWork),
      ],
      missing: settled == nil
        ? "Nobody looked for texts in files and logs."
        : settled == 0 ? "No answer was old enough to be gone when the files were searched." : nil,
      held: "Of \(looks.texts.of("question or answer", "questions and answers")) none was in files "
        + "or logs once its message was out of work: \((settled ?? 0).of("answer")) had to be gone."
    )
  }

  /// The customers with such a contract; without any, all of them.
  private static func bound(_ story: Story) -> Set<String> {
    let bound = story.facts.tenants.filter { $0.contracts?.contains(guarantee.id) ?? false }
    return Set((bound.isEmpty ? story.facts.tenants : bound).map(\.id))
  }

  /// Whether a message may still stand in files at a moment.
  fileprivate static func isInWork(
    _ message: Story.Message,
    at moment: Timestamp,
    _ story: Story
  ) -> Bool {
    let replies = message.replies.map { story.replies[$0].at }
    guard let last = replies.last(where: { $0 <= moment }),
      let due = story.deadline(allowance, after: last)
    else { return true }
    return moment <= due
  }

  /// When files and logs were searched for texts.
  private struct Looks {
    private(set) var texts = 0
    private(set) var bytes = 0
    /// By when both had been; nil where they had not.
    let last: Timestamp?

    init(_ story: Story) {
      var latest: [Event.Surface: Timestamp] = [:]
      for search in story.searches {
        guard let texts = search.of.texts, search.of.items > 0 else { continue }
        self.texts = max(self.texts, texts)
        bytes += search.of.bytes
        latest[search.of.surface] = search.at
      }
      last = latest[.storage].flatMap { files in latest[.log].map { min(files, $0) } }
    }
  }
}

/// A text that was seen where it may not stay.
private struct Text {
  enum Kind {
    case question
    case answer
    case retrieved

    var words: String {
      switch self {
      case .question: "The question"
      case .answer: "The answer"
      case .retrieved: "A text"
      }
    }
  }

  var kind: Kind
  /// Whose it is, for a reader.
  var owner: String
  var isInWork = false
  /// Of the messages that it belongs to, the newest.
  var events: [Int] = []

  /// Nil for what is none of these customers', or theirs and somebody else's.
  init?(
    _ canary: String,
    seen sighting: Story.Occurrence<Event.Sighting>,
    of tenants: Set<String>,
    in story: Story
  ) {
    if let document = story.document(of: canary) {
      guard tenants.contains(document.tenant) else { return nil }
      (kind, owner) = (.retrieved, "document \(document.id)")
      return
    }
    let call = story.call(completing: canary)
    let asking =
      call?.possibleMessages.map { story.messages[$0] }
      ?? story.messages(asking: canary).filter { $0.sentAt <= sighting.at }
    guard let newest = asking.last, asking.allSatisfy({ tenants.contains($0.of.tenant) })
    else { return nil }
    kind = call == nil ? .question : .answer
    owner = "message \(newest.of.message)"
    events = [newest.event]
    isInWork = asking.contains { NoQueryLogging.isInWork($0, at: sighting.at, story) }
  }
}
