/// Seeded randomness, split by name: drawing one number more under one name moves nothing under
/// another.
package struct Randomness: Sendable {
  package let seed: UInt64

  package init(seed: UInt64) {
    self.seed = seed
  }

  /// The numbers of one purpose, for instance `"network"` or `"model/call-17"`.
  package func generator(_ name: String) -> SeededGenerator {
    SeededGenerator(seed: mixed(with: name))
  }

  /// The numbers of one purpose among very many, which a text and two numbers name: no text is made
  /// of them.
  package func generator(_ name: String, _ first: UInt64, _ second: UInt64) -> SeededGenerator {
    var generator = SeededGenerator(seed: mixed(with: name) ^ first)
    generator = SeededGenerator(seed: generator.next() ^ second)
    return SeededGenerator(seed: generator.next())
  }

  /// Randomness for a part that splits further itself.
  package func scoped(_ name: String) -> Randomness {
    Randomness(seed: mixed(with: name))
  }

  private func mixed(with name: String) -> UInt64 {
    // FNV-1a: Swift's own hashing differs from process to process.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ seed
    for byte in name.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
    var generator = SeededGenerator(seed: hash ^ seed &* 0x9e37_79b9_7f4a_7c15)
    return generator.next()
  }
}

/// SplitMix64: our own, so that no toolchain update changes what a seed means.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A number in `0..<bound`; modulo bias is below 2^-32 for the bounds in use here.
  package mutating func below(_ bound: Int) -> Int {
    Int(next() % UInt64(bound))
  }

  /// A number in `[0, 1)`.
  package mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// True `numerator` times out of `denominator`.
  package mutating func chance(_ numerator: Int, in denominator: Int) -> Bool {
    below(denominator) < numerator
  }

  /// A duration between the bounds, evenly.
  package mutating func duration(in range: ClosedRange<Duration>) -> Duration {
    let span = range.upperBound.nanoseconds - range.lowerBound.nanoseconds
    return range.lowerBound + .nanoseconds(Int64(Double(span) * unit()))
  }

  /// `count` characters of `[0-9a-f]`, for identifiers.
  package mutating func hex(_ count: Int) -> String {
    characters(count, from: Self.hexDigits)
  }

  /// `count` characters of `[A-Za-z0-9]`, for identifiers and mock keys.
  package mutating func alphanumerics(_ count: Int) -> String {
    characters(count, from: Self.letters)
  }

  private mutating func characters(_ count: Int, from alphabet: [UInt8]) -> String {
    String(
      unsafeUninitializedCapacity: count,
      initializingUTF8With: { buffer in
        for index in 0..<count { buffer[index] = alphabet[below(alphabet.count)] }
        return count
      }
    )
  }

  private static let hexDigits = Array("0123456789abcdef".utf8)
  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8
  )
}
