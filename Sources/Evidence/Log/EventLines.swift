/// Events as the log writes them, taken apart for whoever keeps them in another way.
package struct EventLines {
  private static let kind = #""kind":""#
  private static let payload = #","of":"#

  private let encoder = LineEncoder()

  package init() {}

  /// The name of the event's kind, and its payload as JSON; nil where the kind has none.
  package func line(of event: Event) throws -> (kind: String, payload: String?) {
    let text = String(decoding: try encoder.encode(event), as: UTF8.self)
    // Numbers alone stand before the kind, and letters alone are in it.
    let rest = text.utf8.dropFirst(
      text.firstRange(of: Self.kind).map { range in
        text.utf8.distance(from: text.startIndex, to: range.upperBound)
      } ?? 0
    )
    let name = rest.prefix { $0 != UInt8(ascii: "\"") }
    let payload = rest.dropFirst(name.count + 1 + Self.payload.utf8.count).dropLast()
    return (
      String(decoding: name, as: UTF8.self),
      payload.isEmpty ? nil : String(decoding: payload, as: UTF8.self)
    )
  }
}
