import Secrets

/// Which calls a rule or a scripted answer is for: those for which everything stated here holds.
/// With nothing stated, all of them.
package struct CallMatch: Sendable, Codable, Hashable {
  /// As the request names it. A `*` at the end stands for anything.
  package var model: String?
  /// As `model`.
  package var path: String?
  /// The id of the key, or its fingerprint.
  package var key: String?
  /// Found in the last message of the user, or in the input of an embeddings call.
  package var text: TextPattern?
  /// Found anywhere in the prompt.
  package var prompt: TextPattern?
  package var streamed: Bool?

  package init(
    model: String? = nil,
    path: String? = nil,
    key: String? = nil,
    text: TextPattern? = nil,
    prompt: TextPattern? = nil,
    streamed: Bool? = nil
  ) {
    self.model = model
    self.path = path
    self.key = key
    self.text = text
    self.prompt = prompt
    self.streamed = streamed
  }

  static let everything = CallMatch()

  /// What was captured, when everything holds; nil otherwise.
  func captures(in call: CallFacts, fingerprinter: Fingerprinter?) -> [String: String]? {
    if let model, !Self.holds(model, call.model) { return nil }
    if let path, !Self.holds(path, call.path) { return nil }
    if let streamed, streamed != call.streamed { return nil }
    if let key, !holds(key: key, call, fingerprinter) { return nil }
    var captures: [String: String] = [:]
    for (pattern, text) in [(prompt, call.prompt), (text, call.question)] {
      guard let pattern else { continue }
      guard let found = pattern.captures(in: text) else { return nil }
      captures.merge(found) { $1 }
    }
    return captures
  }

  /// Whether `value` is what is wanted, in which a `*` at the end stands for anything.
  static func holds(_ wanted: String, _ value: String) -> Bool {
    wanted.utf8.last == UInt8(ascii: "*") ? value.hasPrefix(wanted.dropLast()) : value == wanted
  }

  private func holds(key: String, _ call: CallFacts, _ fingerprinter: Fingerprinter?) -> Bool {
    if call.keyID == key { return true }
    guard let presented = call.presented, let fingerprinter else { return false }
    return fingerprinter.fingerprint(of: presented).description == key
  }
}

/// What rules may look at of a call.
struct CallFacts: Sendable {
  var path: String
  var model: String
  var keyID: String?
  var presented: Secret?
  var streamed: Bool
  /// The last message of the user, or the inputs of an embeddings call.
  var question: String
  var prompt: String
}
