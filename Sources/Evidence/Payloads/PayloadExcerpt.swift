/// What may be shown of a body: the beginning of its structure. A string that is long enough for a
/// marker, a key or a sentence is replaced by its length.
package enum PayloadExcerpt {
  /// Bytes of an excerpt, one string more or less.
  package static let longest = 200
  /// A marker has one byte more, and a key has many.
  static let longestString = CanarySearch.length - 1

  /// Nil for what is neither JSON nor a stream of it: nobody can tell what would stand there.
  package static func text(of body: UnsafeRawBufferPointer) -> String? {
    guard let first = body.first(where: { $0 > space }),
      first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || body.starts(with: Self.stream)
    else { return nil }
    var excerpt: [UInt8] = []
    excerpt.reserveCapacity(longest + 2 * longestString)
    var place = 0
    while place < body.count, excerpt.count < longest {
      let byte = body[place]
      if byte == quote {
        place = append(body, from: place + 1, to: &excerpt)
        continue
      }
      if byte > space, byte < 127 {
        excerpt.append(byte)
      } else if excerpt.last != space {
        excerpt.append(space)
      }
      place += 1
    }
    if place < body.count { excerpt += " …".utf8 }
    return String(decoding: excerpt, as: UTF8.self)
  }

  private static let space = UInt8(ascii: " ")
  private static let quote = UInt8(ascii: "\"")
  private static let stream = Array("data:".utf8)

  /// Appends the string whose content begins at `start`, or its length.
  ///
  /// - Returns: the place behind its closing quote.
  private static func append(
    _ body: UnsafeRawBufferPointer,
    from start: Int,
    to excerpt: inout [UInt8]
  ) -> Int {
    var end = start
    var isPlain = true
    while end < body.count, body[end] != quote {
      isPlain = isPlain && body[end] >= space && body[end] < 127 && body[end] != UInt8(ascii: "\\")
      end += body[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    end = min(end, body.count)
    excerpt.append(quote)
    if isPlain, end - start <= longestString {
      excerpt += body[start..<end]
    } else {
      excerpt += "[\(end - start) bytes]".utf8
    }
    excerpt.append(quote)
    return end + 1
  }
}
