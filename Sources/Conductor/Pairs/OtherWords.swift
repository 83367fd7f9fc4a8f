import Providers
import Worlds

/// Writes other words in the place of those that stand in a text: each as long, capitals where
/// capitals were, digits for digits, and blanks and marks as they are. All words together cost as
/// many tokens, as nearly as words of that length can.
struct OtherWords: Sendable {
  private static let candidates = 600
  private static let longest = 24
  private static let tries = 12

  private let randomness: Randomness
  /// By length; each with its cost in parts of a token, the cheapest first.
  private let words: [[(word: [UInt8], cost: Int)]]

  init(randomness: Randomness) {
    self.randomness = randomness
    words = (0...Self.longest).map { length in
      guard length > 0 else { return [] }
      var generator = randomness.generator("words/\(length)")
      return (0..<Self.candidates).map { _ in
        let word = Self.word(length, &generator)
        return (word, Self.cost(word))
      }.sorted { $0.cost < $1.cost }
    }
  }

  /// - Parameters:
  ///   - name: of the text, for its randomness.
  ///   - marker: an identifier that gets other digits and stays one.
  func text(_ text: String, named name: String, marker: String? = nil) -> String {
    let tokens = TokenEstimate.count(text)
    var other = text
    var owed = 0
    for number in 0..<Self.tries {
      other = varied(text, marker, randomness.generator("text/\(name)/\(number)"), owed: owed)
      let difference = tokens - TokenEstimate.count(other)
      if difference == 0 { break }
      owed += difference * TokenEstimate.partsOfToken
    }
    return other
  }

  /// Another value of the same shape, for a key or a marker: letters of its kind for letters,
  /// hexadecimal where it was.
  func identifier(_ value: String, named name: String, prefix: Int) -> String {
    var generator = randomness.generator("identifier/\(name)")
    let bytes = Array(value.utf8)
    let isHexadecimal = bytes[min(prefix, bytes.count)...].allSatisfy(Self.isHexadecimal)
    return String(
      decoding: bytes.enumerated().map { index, byte in
        index < prefix ? byte : Self.other(byte, isHexadecimal, &generator)
      },
      as: UTF8.self
    )
  }

  /// - Parameter begun: parts of a token by which the words are to cost more than those before.
  private func varied(
    _ text: String,
    _ marker: String?,
    _ seeded: SeededGenerator,
    owed begun: Int
  ) -> String {
    var generator = seeded
    let bytes = Array(text.utf8)
    let kept = marker.map { Array($0.utf8) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var owed = begun
    var index = 0
    while index < bytes.count {
      if let kept, bytes[index...].starts(with: kept) {
        // The canary's own place: `SecretVariation` puts another one there.
        result += kept
        index += kept.count
        continue
      }
      let end = bytes[index...].firstIndex { !Self.isLetter($0) } ?? bytes.count
      guard end > index else {
        result.append(
          Self.isDigit(bytes[index]) ? Self.other(bytes[index], false, &generator) : bytes[index]
        )
        index += 1
        continue
      }
      let word = Array(bytes[index..<end])
      let other = self.other(word, &owed, &generator)
      result += zip(word, other).map { old, new in old < 0x60 ? new & 0xdf : new }
      index = end
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// - Parameter owed: parts of a token that earlier words cost too few, or below 0 too many.
  private func other(
    _ word: [UInt8],
    _ owed: inout Int,
    _ generator: inout SeededGenerator
  ) -> [UInt8] {
    let lowered = word.map { $0 | 0x20 }
    guard word.count <= Self.longest else {
      return lowered.map { Self.other($0, false, &generator) }
    }
    let cost = Self.cost(lowered)
    let offered = words[word.count]
    let wanted = cost + owed
    let place = offered.firstIndex { $0.cost >= wanted } ?? offered.count - 1
    // A few of about that cost, so that a word that recurs is not always the same.
    let window = max(0, place - 3)...min(offered.count - 1, place + 3)
    var chosen = offered[window.lowerBound + generator.below(window.count)]
    if chosen.word == lowered { chosen = offered[(place + 7) % offered.count] }
    owed = wanted - chosen.cost
    return chosen.word
  }

  private static func cost(_ word: [UInt8]) -> Int {
    TokenEstimate.cost(of: " " + String(decoding: word, as: UTF8.self))
  }

  /// Consonants and vowels by turns, so that it reads like a word.
  private static func word(_ length: Int, _ generator: inout SeededGenerator) -> [UInt8] {
    let beginsWithVowel = generator.chance(1, in: 3)
    return (0..<length).map { index in
      let letters = (index % 2 == 0) == beginsWithVowel ? vowels : consonants
      return letters[generator.below(letters.count)]
    }
  }

  private static let vowels = Array("aeiou".utf8)
  private static let consonants = Array("bcdfghjklmnprstvw".utf8)

  /// Another character of the same kind; others than letters and digits stay.
  private static func other(
    _ byte: UInt8,
    _ isHexadecimal: Bool,
    _ generator: inout SeededGenerator
  ) -> UInt8 {
    let (first, count): (UInt8, Int) =
      switch byte {
      case 0x30...0x39: (0x30, 10)
      case 0x41...0x5a: (0x41, isHexadecimal ? 6 : 26)
      case 0x61...0x7a: (0x61, isHexadecimal ? 6 : 26)
      default: (byte, 1)
      }
    guard count > 1 else { return byte }
    let step = 1 + generator.below(count - 1)
    return first + UInt8((Int(byte - first) + step) % count)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x66).contains(byte)
  }
}
