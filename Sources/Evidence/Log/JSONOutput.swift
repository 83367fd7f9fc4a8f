/// The bytes of one JSON value as they come about. Containers of `Codable` are never told that
/// they are complete; so each write names its depth, and whatever is open below it is closed.
final class JSONOutput {
  private(set) var bytes: [UInt8] = []
  private var open: [Bracket] = []

  private struct Bracket {
    var closing: UInt8
    var isEmpty = true
  }

  func reset() {
    bytes.removeAll(keepingCapacity: true)
    open.removeAll(keepingCapacity: true)
  }

  func open(_ opening: Unicode.Scalar, closedBy closing: Unicode.Scalar, at depth: Int) {
    close(downTo: depth)
    bytes.append(UInt8(ascii: opening))
    open.append(Bracket(closing: UInt8(ascii: closing)))
  }

  func close(downTo depth: Int) {
    while open.count > depth, let bracket = open.popLast() { bytes.append(bracket.closing) }
  }

  func key(_ name: String, at depth: Int) -> JSONOutput {
    separate(at: depth)
    string(name)
    bytes.append(UInt8(ascii: ":"))
    return self
  }

  func element(at depth: Int) -> JSONOutput {
    separate(at: depth)
    return self
  }

  func null() { bytes.append(contentsOf: "null".utf8) }

  func boolean(_ value: Bool) { bytes.append(contentsOf: (value ? "true" : "false").utf8) }

  func real(_ value: Double) throws {
    guard value.isFinite else {
      throw EncodingError.invalidValue(
        value,
        EncodingError.Context(codingPath: [], debugDescription: "JSON has no such number.")
      )
    }
    bytes.append(contentsOf: value.description.utf8)
  }

  func integer(_ value: some FixedWidthInteger) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    var rest = value.magnitude
    repeat {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
      rest = quotient
    } while rest > 0
    bytes[start...].reverse()
  }

  func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { characters in
      if characters.contains(where: Self.mustEscape) {
        for character in characters { appendEscaped(character) }
      } else {
        bytes.append(contentsOf: characters)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private func separate(at depth: Int) {
    close(downTo: depth)
    let last = open.count - 1
    if !open[last].isEmpty { bytes.append(UInt8(ascii: ",")) }
    open[last].isEmpty = false
  }

  private static func mustEscape(_ character: UInt8) -> Bool {
    character < 0x20 || character == UInt8(ascii: "\"") || character == UInt8(ascii: "\\")
  }

  private func appendEscaped(_ character: UInt8) {
    guard Self.mustEscape(character) else { return bytes.append(character) }
    bytes.append(UInt8(ascii: "\\"))
    switch character {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(character)
    case UInt8(ascii: "\n"): bytes.append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): bytes.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): bytes.append(UInt8(ascii: "t"))
    default:
      let digits = Array("0123456789abcdef".utf8)
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(digits[Int(character >> 4)])
      bytes.append(digits[Int(character & 15)])
    }
  }
}
