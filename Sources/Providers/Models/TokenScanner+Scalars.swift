/// Letters and signs, told by the first bytes of their UTF-8.
extension TokenScanner {
  /// Scripts whose words are counted by their length alone.
  enum Script {
    case han
    case kana
    case hangul
    case cyrillic
    case other

    /// What a run of letters costs beside its letters, in parts of a token.
    var base: Int {
      switch self {
      case .han, .kana: 0
      case .hangul: TokenEstimate.unit * 2 / 5
      case .cyrillic: TokenEstimate.unit / 2
      case .other: TokenEstimate.unit / 5
      }
    }

    var perLetter: Int {
      switch self {
      case .han: TokenEstimate.unit * 77 / 100
      case .kana: TokenEstimate.unit * 68 / 100
      case .hangul: TokenEstimate.unit * 53 / 100
      case .cyrillic: TokenEstimate.unit * 19 / 100
      case .other: TokenEstimate.unit * 39 / 100
      }
    }
  }

  enum Kind {
    case blank
    case lineBreak
    case digit
    case upper
    case lower
    case letter(Script)
    case mark
  }

  /// Nearly all is ASCII, and told here without a call.
  @inline(__always)
  func scalar(at index: Int) -> (kind: Kind, length: Int) {
    let byte = bytes[index]
    switch byte {
    case 0x61...0x7a: return (.lower, 1)
    case 0x41...0x5a: return (.upper, 1)
    case 0x30...0x39: return (.digit, 1)
    case 0x20, 0x09, 0x0b, 0x0c: return (.blank, 1)
    case 0x0a, 0x0d: return (.lineBreak, 1)
    case ..<0x80: return (.mark, 1)
    default: return longScalar(at: index, byte)
    }
  }

  @inline(never)
  private func longScalar(at index: Int, _ byte: UInt8) -> (kind: Kind, length: Int) {
    switch byte {
    case ..<0xe0: return (twoBytes(byte, unit(at: index + 1)), min(2, bytes.count - index))
    case ..<0xf0:
      let kind = threeBytes(byte, unit(at: index + 1), unit(at: index + 2))
      return (kind, min(3, bytes.count - index))
    default:
      // Beyond the first plane: rare Chinese characters, and signs.
      let isHan = byte == 0xf0 && (0xa0...0xb2).contains(unit(at: index + 1))
      return (isHan ? .letter(.han) : .mark, min(4, bytes.count - index))
    }
  }

  private func unit(at index: Int) -> UInt8 {
    index < bytes.count ? bytes[index] : 0
  }

  private func twoBytes(_ first: UInt8, _ second: UInt8) -> Kind {
    switch first {
    case 0xc2: return second == 0xaa || second == 0xb5 || second == 0xba ? .lower : .mark
    case 0xc3:
      if second == 0x97 || second == 0xb7 { return .mark }
      return second < 0x9f ? .upper : .lower
    // Capitals and small letters take turns; small ones are far more frequent.
    case 0xc4...0xc9: return .lower
    case 0xcc, 0xcd: return .mark
    case 0xd0...0xd3: return .letter(.cyrillic)
    default: return .letter(.other)
    }
  }

  private func threeBytes(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Kind {
    switch first {
    case 0xe0, 0xe1: return .letter(.other)
    case 0xe2: return .mark
    case 0xe3:
      switch second {
      case 0x80: return .mark
      case 0x81...0x83: return second == 0x83 && third == 0xbb ? .mark : .letter(.kana)
      case ..<0x90: return .letter(.han)
      default: return .letter(.han)
      }
    case 0xe4...0xe9: return .letter(.han)
    case 0xea: return second < 0xb0 ? .letter(.other) : .letter(.hangul)
    case 0xeb, 0xec, 0xed: return .letter(.hangul)
    case 0xef where second == 0xbd && third >= 0xa6: return .letter(.kana)
    case 0xef where second == 0xa4 || second == 0xa5: return .letter(.han)
    default: return .mark
    }
  }
}
