import Worlds

/// What chance gives one call. Keyed by what the call says, not by when it comes: one call more
/// elsewhere changes nothing here.
struct CallDraws: Sendable {
  let requestID: String
  let completionID: String
  let marker: String
  /// For what only some calls need.
  private let later: SeededGenerator

  init(_ generator: SeededGenerator) {
    var generator = generator
    requestID = "req_" + generator.hex(32)
    completionID = "chatcmpl-" + generator.alphanumerics(29)
    marker = "cm-" + generator.hex(20)
    later = generator
  }

  /// - Parameter number: among the calls of one completion.
  func toolCallID(_ number: Int) -> String {
    var generator = SeededGenerator(seed: later.peek &+ UInt64(number))
    return "call_" + generator.alphanumerics(24)
  }

  /// An id in the form of the responses API: `resp_`, `msg_` or `fc_` and 50 hexadecimal digits.
  func responseID(_ prefix: String, _ number: Int = 0) -> String {
    var generator = SeededGenerator(
      seed: later.peek ^ ContentDigest(prefix).value &+ UInt64(number)
    )
    return prefix + generator.hex(50)
  }
}

extension SeededGenerator {
  /// The next number, which stays the next.
  fileprivate var peek: UInt64 {
    var copy = self
    return copy.next()
  }
}
