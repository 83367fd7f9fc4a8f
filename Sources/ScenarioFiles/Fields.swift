import Yams

/// A mapping read by its shape. Words outside of it are reported when it is opened.
struct Fields {
  let node: Node
  /// As messages name it, for instance `'ask'` or `a scenario`.
  let what: String
  private let entries: [Entry]
  /// What the unknown words were probably meant to be: not missing, then.
  private let mistyped: [String]
  private let reporter: Reporter

  init?(_ node: Node, what: String, shape: Shape, reporter: Reporter) {
    let allowed = shape.keys
    guard let entries = reporter.entries(of: node, what: what) else { return nil }
    var mistyped: [String] = []
    for entry in entries where !allowed.contains(entry.key) && !reporter.isFull {
      let meant = NearestWord.meant(by: entry.key, among: allowed)
      reporter.unknown(
        entry.key,
        kind: "word in \(what):",
        among: allowed,
        at: entry.keyNode,
        meant: meant
      )
      if let meant { mistyped.append(meant) }
    }
    self.mistyped = mistyped
    self.node = node
    self.what = what
    self.entries = entries
    self.reporter = reporter
  }

  var keys: [String] { entries.map(\.key) }

  func entry(_ key: String) -> Entry? {
    entries.first { $0.key == key }
  }

  subscript(_ key: String) -> Node? {
    entry(key)?.value
  }

  /// The value, or a report that it is missing.
  func required(_ key: String) -> Node? {
    if let value = self[key] { return value }
    if mistyped.contains(key) { return nil }
    reporter.error("\(what) needs '\(key)'", at: node)
    return nil
  }

  func requiredText(_ key: String) -> String? {
    required(key).flatMap { reporter.text($0, what: "'\(key)'") }
  }
}
