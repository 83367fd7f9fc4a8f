import Foundation

/// What a person may tell the assistant itself to do, in place of a question.
enum Command: String, Sendable {
  case help = "/help"
  case forget = "/forget"

  /// Nil for a question.
  init?(_ text: String) {
    guard text.utf8.first == UInt8(ascii: "/"), text.utf8.count <= 64 else { return nil }
    self.init(rawValue: text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased())
  }
}

/// What the assistant says in its own words, without a model; the raw value is what is stored.
package enum Notice: String, Hashable, Sendable, CaseIterable {
  case help
  case forgotten
}
