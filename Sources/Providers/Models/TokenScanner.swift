/// Cuts UTF-8 into the pieces within which a tokenizer merges, and tells what each costs.
struct TokenScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  /// Where the next piece begins.
  private(set) var position = 0
  private let weights: UnsafeBufferPointer<Int8>

  /// Lends a scanner at the beginning of `text`.
  static func scan<Result>(_ text: String, _ body: (inout TokenScanner) -> Result) -> Result {
    var text = text
    return text.withUTF8 { bytes in
      TokenWeights.table.withUnsafeBufferPointer { weights in
        var scanner = TokenScanner(bytes: bytes, weights: weights)
        return body(&scanner)
      }
    }
  }

  /// The cost of the next piece, in parts of a token; nil at the end.
  mutating func next() -> Int? {
    guard position < bytes.count else { return nil }
    let start = position
    let first = scalar(at: start)
    switch first.kind {
    case .blank, .lineBreak: return blanks()
    case .digit: return number()
    case .upper, .lower: return word(from: start, prefix: .none)
    case .letter(let script): return letters(script)
    case .mark:
      let next = start + first.length
      if next < bytes.count {
        switch scalar(at: next).kind {
        case .upper, .lower: return word(from: next, prefix: .other)
        case .letter(let script):
          position = next
          return letters(script)
        default: break
        }
      }
      return marks()
    }
  }

  /// A run of blanks: up to the last line break it is one token; then all but the last blank,
  /// which goes to the word or the marks that follow.
  private mutating func blanks() -> Int {
    var end = position
    var afterLineBreak: Int?
    loop: while end < bytes.count {
      switch bytes[end] {
      case 0x0a, 0x0d: afterLineBreak = end + 1
      case 0x20, 0x09, 0x0b, 0x0c: break
      default: break loop
      }
      end += 1
    }
    if let afterLineBreak {
      position = afterLineBreak
      return TokenEstimate.unit
    }
    if end - position > 1, end < bytes.count {
      position = end - 1
      return TokenEstimate.unit
    }
    let last = end - 1
    position = end
    guard end < bytes.count else { return TokenEstimate.unit }
    switch scalar(at: end).kind {
    case .upper, .lower: return word(from: end, prefix: bytes[last] == 0x20 ? .space : .other)
    case .letter(let script): return letters(script)
    case .mark where bytes[last] == 0x20: return marks()
    default: return TokenEstimate.unit
    }
  }

  private mutating func number() -> Int {
    let start = position
    while position < bytes.count, position - start < 3, (0x30...0x39).contains(bytes[position]) {
      position += 1
    }
    return TokenEstimate.unit
  }

  /// A word of Latin letters: capitals, then small letters.
  private mutating func word(from start: Int, prefix: TokenWeights.Prefix) -> Int {
    position = start
    var capitals = 0
    var small = 0
    letters: while position < bytes.count {
      // What most words go on with.
      if (0x61...0x7a).contains(bytes[position]) {
        small += 1
        position += 1
        continue
      }
      let next = scalar(at: position)
      switch next.kind {
      case .upper where small == 0: capitals += 1
      case .lower: small += 1
      default: break letters
      }
      position += next.length
    }
    let letters = UnsafeBufferPointer(rebasing: bytes[start..<position])
    skipContraction()
    let capitalization: TokenWeights.Capitals =
      capitals == 0 ? .none : small == 0 && capitals > 1 ? .all : .first
    return TokenWeights.cost(of: letters, prefix, capitalization, weights)
  }

  /// `'s`, `'ll` and their like belong to their word.
  private mutating func skipContraction() {
    guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "'") else { return }
    func letter(_ offset: Int) -> UInt8 {
      position + offset < bytes.count ? bytes[position + offset] | 0x20 : 0
    }
    switch (letter(1), letter(2)) {
    case (UInt8(ascii: "l"), UInt8(ascii: "l")), (UInt8(ascii: "r"), UInt8(ascii: "e")),
      (UInt8(ascii: "v"), UInt8(ascii: "e")):
      position += 3
    case (UInt8(ascii: "s"), _), (UInt8(ascii: "t"), _), (UInt8(ascii: "m"), _),
      (UInt8(ascii: "d"), _):
      position += 2
    default: break
    }
  }

  /// A run of letters without capitals, or of another script than Latin.
  private mutating func letters(_ script: Script) -> Int {
    var cost = script.base
    var first = true
    while position < bytes.count {
      let next = scalar(at: position)
      guard case .letter(let script) = next.kind else { break }
      if first { cost = script.base }
      first = false
      cost += script.perLetter
      position += next.length
    }
    return max(TokenEstimate.unit, cost)
  }

  /// Marks, with the line breaks and slashes that follow.
  private mutating func marks() -> Int {
    var ascii = 0
    var other = 0
    while position < bytes.count {
      let next = scalar(at: position)
      guard case .mark = next.kind else { break }
      if next.length == 1 { ascii += 1 } else { other += markCost(length: next.length) }
      position += next.length
    }
    while position < bytes.count,
      bytes[position] == 0x0a || bytes[position] == 0x0d || bytes[position] == 0x2f
    {
      position += 1
    }
    let unit = TokenEstimate.unit
    if other > 0 { return max(unit, other + ascii * unit * 2 / 5) }
    switch ascii {
    case ...2: return unit
    case 3: return unit * 6 / 5
    case ...20: return unit + (ascii - 2) * unit * 8 / 25
    default: return unit * 7 + ascii * unit / 20
    }
  }

  /// What a sign beyond ASCII costs: emoji more than arrows, those more than typographic marks.
  private func markCost(length: Int) -> Int {
    let unit = TokenEstimate.unit
    let (second, third) = (bytes[position + 1], length > 2 ? bytes[position + 2] : 0)
    switch (length, bytes[position]) {
    case (4, _):
      // The letters of flags.
      let isFlag = second == 0x9f && third == 0x87
      return isFlag ? unit * 3 / 2 : unit * 7 / 4
    case (3, 0xe2) where second == 0x80 && third == 0x8d: return unit * 4 / 5
    case (3, 0xe2) where second >= 0x98: return unit * 13 / 10
    default: return unit
    }
  }
}
