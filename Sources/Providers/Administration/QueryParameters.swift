import Foundation
import Wire

/// The query of a request. A list may be written `name=a&name=b` or `name[]=a&name[]=b`: examples
/// and client libraries disagree.
struct QueryParameters: Sendable {
  private let values: [String: [String]]

  init(_ query: String?) {
    var values: [String: [String]] = [:]
    for pair in (query ?? "").split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      var name = Self.decoded(parts[0])
      if name.hasSuffix("[]") { name.removeLast(2) }
      values[name, default: []].append(parts.count > 1 ? Self.decoded(parts[1]) : "")
    }
    self.values = values
  }

  private static func decoded(_ text: Substring) -> String {
    let text = text.replacing("+", with: " ")
    return text.removingPercentEncoding ?? String(text)
  }

  func text(_ name: String) -> String? {
    values[name]?.last
  }

  func list(_ name: String) -> [String] {
    values[name] ?? []
  }

  /// - Throws: `Refusal` for what is no whole number within the range.
  func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let text = text(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      let wanted = "an integer from \(range.lowerBound) to \(range.upperBound)"
      throw Refusal(RequestFault.invalid(parameter: name, wanted: wanted))
    }
    return number
  }

  /// - Throws: `Refusal` for anything but `true` and `false`.
  func flag(_ name: String) throws -> Bool? {
    guard let text = text(name) else { return nil }
    guard let flag = Bool(text) else {
      throw Refusal(RequestFault.invalid(parameter: name, wanted: "true or false"))
    }
    return flag
  }

  /// - Throws: `Refusal` for a value that is none of these words.
  func word(_ name: String, of words: [String]) throws -> String? {
    guard let text = text(name) else { return nil }
    guard words.contains(text) else {
      let wanted = "one of " + words.map { "'\($0)'" }.joined(separator: ", ")
      throw Refusal(RequestFault.invalid(parameter: name, wanted: wanted))
    }
    return text
  }

  /// - Throws: `Refusal` for the first name, by the alphabet, that is none of these.
  func allow(_ names: Set<String>) throws {
    if let stranger = values.keys.filter({ !names.contains($0) }).min() {
      throw Refusal(RequestFault.unknown(parameter: String(stranger.prefix(100))))
    }
  }
}
