import Wire

/// What the mock's content filter takes offence at. It judges no words: it acts on an instruction
/// in the prompt, so that a test decides what is filtered, and a story never is by accident:
///
///     INSTRUCTION: trip the content filter
///     INSTRUCTION: trip the content filter for self_harm
///
/// Without a category it is violence.
enum ContentFilter {
  private static let marker = Array("instruction: trip the content filter".utf8)
  private static let naming = Array(" for ".utf8)

  /// The category that stops this prompt; nil for one that may pass.
  static func objection(to prompt: String) -> ContentFilterFindings.Category? {
    var prompt = prompt
    return prompt.withUTF8 { bytes in
      guard bytes.count >= marker.count else { return nil }
      for start in 0...(bytes.count - marker.count) where holds(marker, bytes, at: start) {
        return category(in: bytes, from: start + marker.count)
      }
      return nil
    }
  }

  private static func category(
    in bytes: UnsafeBufferPointer<UInt8>,
    from start: Int
  ) -> ContentFilterFindings.Category {
    guard start + naming.count <= bytes.count, holds(naming, bytes, at: start) else {
      return .violence
    }
    let rest = bytes[(start + naming.count)...].prefix(16)
    let name = rest.prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7a || $0 == 0x5f }
    return ContentFilterFindings.Category(
      rawValue: String(decoding: name, as: UTF8.self).lowercased()
    ) ?? .violence
  }

  /// - Parameter words: in lower case.
  private static func holds(
    _ words: [UInt8],
    _ bytes: UnsafeBufferPointer<UInt8>,
    at start: Int
  ) -> Bool {
    guard bytes[start] | 0x20 == words[0] || bytes[start] == words[0] else { return false }
    for offset in words.indices {
      let byte = bytes[start + offset]
      let folded = (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
      guard folded == words[offset] else { return false }
    }
    return true
  }
}
