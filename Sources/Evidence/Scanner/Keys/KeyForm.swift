/// The forms in which a key's value is read back out of bytes, character by character. Escapes of
/// URLs and JSON are no forms: they are undone before the search.
enum KeyForm: UInt8, CaseIterable {
  case plain
  case reversed
  /// In digits of either case.
  case hex
  /// Base64 in either alphabet; the key begins so many bytes after a group of three.
  case base64
  case base64Shifted1
  case base64Shifted2
  /// Two bytes a character, of either byte order.
  case utf16

  /// What the evidence calls it.
  var name: String {
    switch self {
    case .plain: "plain"
    case .reversed: "reversed"
    case .hex: "hex"
    case .base64, .base64Shifted1, .base64Shifted2: "base64"
    case .utf16: "utf-16"
    }
  }

  /// How a key looks, as far as the key alone determines it: what windows are cut from.
  func looks(of value: [UInt8]) -> [[UInt8]] {
    let forms: [EncodedForm] =
      switch self {
      case .plain: [.plain]
      case .reversed: [.reversed]
      case .hex: [.hexLower, .hexUpper]
      case .base64: [.base64, .base64URL]
      case .base64Shifted1: [.base64Shifted1, .base64URLShifted1]
      case .base64Shifted2: [.base64Shifted2, .base64URLShifted2]
      case .utf16: [.utf16]
      }
    return forms.map { $0.encode(value) }
  }

  /// The least number of bytes that so many characters of a key determine, wherever they stand.
  func length(of characters: Int) -> Int {
    switch self {
    case .plain, .reversed: characters
    case .hex: 2 * characters
    case .base64, .base64Shifted1, .base64Shifted2:
      (0..<3).map { 8 * ($0 + characters) / 6 - (8 * $0 + 5) / 6 }.min() ?? 0
    case .utf16: 2 * characters - 1
    }
  }

  private var shift: Int {
    switch self {
    case .base64Shifted1: 1
    case .base64Shifted2: 2
    default: 0
    }
  }

  /// Where in the bytes the first character of the key would begin, for a window that stands at
  /// `position` and was cut from the key's look at `offset`. For base64, where its group begins.
  func start(position: Int, offset: Int) -> Int {
    switch self {
    case .plain, .reversed, .hex, .utf16: position - offset
    case .base64, .base64Shifted1, .base64Shifted2: position - offset - (8 * shift + 5) / 6
    }
  }

  /// A character of the key that such a window surely holds whole.
  func character(at offset: Int, of count: Int) -> Int {
    switch self {
    case .plain: offset
    case .reversed: count - 1 - offset
    case .hex, .utf16: (offset + 1) / 2
    case .base64, .base64Shifted1, .base64Shifted2:
      (6 * (offset + (8 * shift + 5) / 6) - 8 * shift + 7) / 8
    }
  }

  /// The character of the key at `index`, if there is one in this form; `start` as above.
  func read(
    _ index: Int,
    of count: Int,
    in bytes: UnsafeRawBufferPointer,
    start: Int
  ) -> UInt8? {
    func byte(_ position: Int) -> UInt8? {
      position >= 0 && position < bytes.count ? bytes[position] : nil
    }
    switch self {
    case .plain: return byte(start + index)
    case .reversed: return byte(start + count - 1 - index)
    case .hex:
      guard let high = byte(start + 2 * index).flatMap(Self.hexDigit),
        let low = byte(start + 2 * index + 1).flatMap(Self.hexDigit)
      else { return nil }
      return high << 4 | low
    case .utf16:
      let place = start + 2 * index
      guard byte(place + 1) == 0 || byte(place - 1) == 0 else { return nil }
      return byte(place)
    case .base64, .base64Shifted1, .base64Shifted2:
      let bit = 8 * (shift + index)
      guard let first = byte(start + bit / 6).flatMap(Self.base64Digit),
        let second = byte(start + bit / 6 + 1).flatMap(Self.base64Digit)
      else { return nil }
      return UInt8(truncatingIfNeeded: (first << 6 | second) >> (4 - UInt16(bit % 6)))
    }
  }

  static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  static func base64Digit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt16(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt16(byte - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
