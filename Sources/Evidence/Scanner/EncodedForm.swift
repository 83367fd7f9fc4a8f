/// The forms in which a marker is looked for, as it stands in each. A form that looks like an
/// earlier one of the same marker is left out.
enum EncodedForm: UInt8, CaseIterable {
  case plain
  case base64
  /// Base64 of a longer text in which the value begins one byte after a group of three.
  case base64Shifted1
  case base64Shifted2
  case base64URL
  case base64URLShifted1
  case base64URLShifted2
  case hexLower
  case hexUpper
  /// As URLs escape it: whatever is not unreserved.
  case percent
  /// Every byte escaped.
  case percentWhole
  case json
  /// With an escaped slash, as some writers do.
  case jsonSlash
  /// Every character as `\u00xx`.
  case jsonWhole
  /// Two bytes a character, of either byte order: the outermost zero bytes are left out.
  case utf16
  case reversed

  /// What the evidence calls it.
  var name: String {
    switch self {
    case .plain: "plain"
    case .base64, .base64Shifted1, .base64Shifted2: "base64"
    case .base64URL, .base64URLShifted1, .base64URLShifted2: "base64url"
    case .hexLower: "hex"
    case .hexUpper: "hex-upper"
    case .percent, .percentWhole: "percent"
    case .json, .jsonSlash, .jsonWhole: "json"
    case .utf16: "utf-16"
    case .reversed: "reversed"
    }
  }

  /// Whether the bytes that are hashed stand at the beginning rather than at the end.
  var windowStandsFirst: Bool { self == .reversed }

  func encode(_ value: [UInt8]) -> [UInt8] {
    switch self {
    case .plain: value
    case .base64: Self.base64(value, shift: 0, digits: Self.base64Digits)
    case .base64Shifted1: Self.base64(value, shift: 1, digits: Self.base64Digits)
    case .base64Shifted2: Self.base64(value, shift: 2, digits: Self.base64Digits)
    case .base64URL: Self.base64(value, shift: 0, digits: Self.base64URLDigits)
    case .base64URLShifted1: Self.base64(value, shift: 1, digits: Self.base64URLDigits)
    case .base64URLShifted2: Self.base64(value, shift: 2, digits: Self.base64URLDigits)
    case .hexLower: Self.hex(value, prefix: "", digits: Self.lowerDigits)
    case .hexUpper: Self.hex(value, prefix: "", digits: Self.upperDigits)
    case .percent: Self.percent(value)
    case .percentWhole: Self.hex(value, prefix: "%", digits: Self.upperDigits)
    case .json: Self.json(value, escapesSlash: false)
    case .jsonSlash: Self.json(value, escapesSlash: true)
    case .jsonWhole: Self.hex(value, prefix: "\\u00", digits: Self.lowerDigits)
    case .utf16: Self.utf16(value)
    case .reversed: Array(value.reversed())
    }
  }

  private static let lowerDigits = Array("0123456789abcdef".utf8)
  private static let upperDigits = Array("0123456789ABCDEF".utf8)
  private static let base64Digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )
  private static let base64URLDigits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8
  )

  /// Only the characters that the value alone determines, whatever stands before and after it.
  private static func base64(_ value: [UInt8], shift: Int, digits: [UInt8]) -> [UInt8] {
    let firstBit = shift * 8
    let bits = firstBit + value.count * 8
    var characters: [UInt8] = []
    characters.reserveCapacity(bits / 6)
    for character in (firstBit + 5) / 6..<bits / 6 {
      let bit = character * 6 - firstBit
      let high = Int(value[bit / 8]) << 8
      let low = bit / 8 + 1 < value.count ? Int(value[bit / 8 + 1]) : 0
      characters.append(digits[(high | low) >> (10 - bit % 8) & 63])
    }
    return characters
  }

  private static func hex(_ value: [UInt8], prefix: String, digits: [UInt8]) -> [UInt8] {
    var characters: [UInt8] = []
    characters.reserveCapacity(value.count * (prefix.utf8.count + 2))
    for byte in value {
      characters.append(contentsOf: prefix.utf8)
      characters.append(digits[Int(byte >> 4)])
      characters.append(digits[Int(byte & 15)])
    }
    return characters
  }

  private static func percent(_ value: [UInt8]) -> [UInt8] {
    var characters: [UInt8] = []
    for byte in value {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        characters.append(byte)
      default:
        characters.append(UInt8(ascii: "%"))
        characters.append(upperDigits[Int(byte >> 4)])
        characters.append(upperDigits[Int(byte & 15)])
      }
    }
    return characters
  }

  private static func json(_ value: [UInt8], escapesSlash: Bool) -> [UInt8] {
    var characters: [UInt8] = []
    for byte in value {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        characters += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "/") where escapesSlash:
        characters += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): characters += "\\n".utf8
      case UInt8(ascii: "\r"): characters += "\\r".utf8
      case UInt8(ascii: "\t"): characters += "\\t".utf8
      default: characters.append(byte)
      }
    }
    return characters
  }

  private static func utf16(_ value: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    for unit in String(decoding: value, as: UTF8.self).utf16 {
      bytes.append(UInt8(truncatingIfNeeded: unit))
      bytes.append(UInt8(truncatingIfNeeded: unit >> 8))
    }
    // The other byte order has the same bytes one place further on, as long as the text is ASCII.
    if bytes.last == 0 { bytes.removeLast() }
    return bytes
  }
}
