import Worlds
import Yams

/// A point in a story as files write it: `5m`, `revoked`, `30s after revoked`, `10s before it`.
enum MomentText: Equatable {
  case absolute(Duration)
  /// So long after the step of this name begins; before it, where the offset is negative.
  case relative(to: String, by: Duration)

  /// Nil unless the whole text is a moment.
  init?(_ text: String) {
    if let duration = DurationText.duration(text) {
      self = .absolute(duration)
      return
    }
    let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard let name = parts.last, Self.isName(name) else { return nil }
    switch parts.count {
    case 1: self = .relative(to: name, by: .zero)
    case 3 where parts[1] == "after" || parts[1] == "before":
      guard let offset = DurationText.duration(parts[0]) else { return nil }
      self = .relative(to: name, by: parts[1] == "after" ? offset : .zero - offset)
    default: return nil
    }
  }

  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, (97...122).contains(first), text.utf8.count <= 40 else {
      return false
    }
    return text.utf8.allSatisfy { byte in
      (97...122).contains(byte) || (48...57).contains(byte) || byte == 45
    }
  }
}

/// When the steps that have a name begin, so that others can count from them.
struct StepMoments {
  private(set) var beginnings: [String: Duration] = [:]
  /// Names whose own moment is wrong: what counts from them is not reported a second time.
  private var broken: Set<String> = []

  var names: [String] { beginnings.keys.sorted() }

  static let expected =
    "must be a duration such as 250ms, 30s, 5m, 1h30m, 3d, 12w or 2y; or the name of a step; "
    + "or '30s after NAME'"

  /// - Parameter steps: the entries of a timeline.
  init(_ steps: [Node], reporter: Reporter) {
    var written: [String: (text: String?, place: Node)] = [:]
    var order: [String] = []
    for step in steps {
      guard let node = step.value(of: "name"), let name = node.scalar?.string,
        MomentText.isName(name)
      else { continue }
      guard written[name] == nil else {
        reporter.error("a step is named '\(name)' already", at: node)
        continue
      }
      let place = step.value(of: "at") ?? step.value(of: "from")
      let text = place.map { $0.scalar?.string } ?? (step.value(of: "every") == nil ? nil : "0s")
      written[name] = (text, place ?? node)
      order.append(name)
    }
    for name in order { resolve(name, written, reporter) }
  }

  /// Follows the names to one whose time is known, without recursion: a file may chain thousands.
  private mutating func resolve(
    _ name: String,
    _ written: [String: (text: String?, place: Node)],
    _ reporter: Reporter
  ) {
    var chain: [(name: String, offset: Duration)] = []
    var onChain: Set<String> = []
    var next = name
    while beginnings[next] == nil {
      guard onChain.insert(next).inserted else {
        if let place = written[name]?.place {
          reporter.error("'\(name)' counts from itself, by way of '\(next)'", at: place)
        }
        return give(up: chain)
      }
      // A name that no step has is reported where it stands, once.
      guard let target = written[next] else { return give(up: chain) }
      guard !broken.contains(next), let moment = target.text.flatMap(MomentText.init)
      else { return give(up: chain + [(next, .zero)]) }
      switch moment {
      case .absolute(let beginning): beginnings[next] = beginning
      case .relative(let target, let offset):
        chain.append((next, offset))
        next = target
      }
    }
    guard var beginning = beginnings[next] else { return }
    for link in chain.reversed() {
      beginning += link.offset
      beginnings[link.name] = beginning
    }
  }

  private mutating func give(up chain: [(name: String, offset: Duration)]) {
    broken.formUnion(chain.map(\.name))
  }

  /// The duration from the story's beginning; a report where there is none.
  func moment(_ node: Node, what: String, reporter: Reporter) -> Duration? {
    guard let text = reporter.text(node, what: what) else { return nil }
    guard let moment = MomentText(text) else {
      reporter.error("\(what) \(Self.expected)", at: node)
      return nil
    }
    guard case .relative(let name, let offset) = moment else {
      if case .absolute(let duration) = moment { return duration }
      return nil
    }
    guard let beginning = beginnings[name] else {
      if !broken.contains(name) {
        reporter.unknown(name, kind: "step", among: Array(names.prefix(500)), at: node)
      }
      return nil
    }
    let sum = beginning + offset
    guard sum >= .zero else {
      reporter.error("\(what) is before the story begins", at: node)
      return nil
    }
    guard sum <= DurationText.longest else {
      reporter.error("\(what) is more than a century away", at: node)
      return nil
    }
    return sum
  }
}
