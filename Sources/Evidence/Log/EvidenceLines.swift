/// The lines of a log as they come about, encoded and chained.
struct EvidenceLines {
  private let encoder = LineEncoder()
  private var chain = HashChain()
  private(set) var events = 0
  /// Whole lines that nobody has taken yet.
  private(set) var pending: [UInt8] = []

  /// Of all lines so far.
  var root: String { chain.root }

  mutating func begin(_ facts: Facts) throws {
    try append(line: EvidenceLog.Head(format: EvidenceLog.formatVersion, facts: facts))
  }

  mutating func append(_ event: Event) throws {
    events += 1
    try append(line: event)
  }

  mutating func end() throws {
    try append(line: EvidenceLog.End(end: EvidenceLog.complete, events: events))
  }

  mutating func takePending() -> [UInt8] {
    defer { pending.removeAll(keepingCapacity: true) }
    return pending
  }

  private mutating func append(line: some Encodable) throws {
    chain.append(try encoder.encode(line), to: &pending)
  }
}
