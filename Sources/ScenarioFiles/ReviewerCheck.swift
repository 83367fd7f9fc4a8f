/// A check that the story's writer adds to those of the catalogue: over the history, without code.
package struct ReviewerCheck: Sendable, Equatable {
  /// Unique in its file.
  package var id: String
  package var about: String
  /// One of `subjects`.
  package var subject: String
  /// Words of the subject, with what they must be, in the file's order.
  package var filters: [Filter]
  package var claim: Claim
  package var from: Duration?
  package var until: Duration?
  package var line: Int

  package init(
    id: String,
    about: String,
    subject: String,
    filters: [Filter],
    claim: Claim,
    from: Duration?,
    until: Duration?,
    line: Int
  ) {
    self.id = id
    self.about = about
    self.subject = subject
    self.filters = filters
    self.claim = claim
    self.from = from
    self.until = until
    self.line = line
  }

  package struct Filter: Sendable, Equatable {
    package var word: String
    package var value: String

    package init(_ word: String, _ value: String) {
      self.word = word
      self.value = value
    }
  }

  package enum Claim: Sendable, Equatable {
    case never
    case every([Filter])
    case count(atLeast: Int?, atMost: Int?)
    /// So many tokens of calls, or cents of lines of invoices.
    case sum(atLeast: Int?, atMost: Int?)
  }

  /// What can be added up, and of what.
  package static let measures = ["tokens": "calls", "cents": "invoices"]

  /// What can be looked at, and by which words events are told apart. The names are those of
  /// `Facts.Check`, which this module does not import.
  package static let subjects: [(name: String, about: String, words: [String])] = [
    ("messages", "what people send", ["tenant", "by", "in", "outcome", "slower-than"]),
    (
      "replies", "what the platform takes from the vendor",
      ["tenant", "by", "seen-by", "in", "outcome", "carries", "slower-than"]
    ),
    (
      "calls", "what providers are asked",
      ["tenant", "by", "key", "account", "host", "endpoint", "outcome", "status", "carries"]
    ),
    ("retrievals", "reads of a key in a secret manager", ["tenant", "key", "outcome"]),
    ("requests", "exchanges that the vendor opens", ["host", "key", "status"]),
    ("finds", "keys and markers that a search found", ["key", "carries", "surface"]),
    ("invoices", "lines of the vendor's invoices", ["tenant", "item"]),
  ]

  /// The outcomes that each subject knows.
  package static let outcomes: [String: [String]] = [
    "messages": ["answered", "refused", "silent", "undelivered", "waiting"],
    "replies": ["answer", "refusal", "partial"],
    "calls": ["completed", "cut-off", "refused"],
    "retrievals": ["given", "refused"],
  ]

  package static let surfaces = [
    "storage", "log", "reply", "adminResponse", "deliveryResponse", "request", "metrics",
    "environment", "arguments", "output",
  ]
}
