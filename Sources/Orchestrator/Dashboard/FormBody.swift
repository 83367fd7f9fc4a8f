/// The fields of an HTML form, as browsers send them.
struct FormBody: Sendable {
  private var fields: [String: String] = [:]

  /// Nil when it is no such form: bad escapes, bytes that are not UTF-8, a field given twice, or
  /// more than fifty fields.
  init?(_ bytes: [UInt8]) {
    for pair in bytes.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(
        separator: UInt8(ascii: "="),
        maxSplits: 1,
        omittingEmptySubsequences: false
      )
      guard let name = Self.decoded(parts[0]),
        let value = parts.count > 1 ? Self.decoded(parts[1]) : "",
        fields[name] == nil, fields.count < 50
      else { return nil }
      fields[name] = value
    }
  }

  subscript(name: String) -> String? { fields[name] }

  /// Those that were filled in, without blanks around them.
  func filled(_ names: some Sequence<String>) -> [String: String] {
    var filled: [String: String] = [:]
    for name in names {
      let value = fields[name]?.trimmed ?? ""
      if !value.isEmpty { filled[name] = value }
    }
    return filled
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      switch bytes[index] {
      case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard index + 2 < bytes.endIndex, let high = nibble(bytes[index + 1]),
          let low = nibble(bytes[index + 2])
        else { return nil }
        decoded.append(high << 4 | low)
        index += 2
      case let byte: decoded.append(byte)
      }
      index += 1
    }
    return String(validating: decoded, as: UTF8.self)
  }

  private static func nibble(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
