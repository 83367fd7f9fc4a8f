package import Foundation

/// A file of lines, about a megabyte of them at a time: a long log is never in memory as a whole.
package enum LinePieces {
  private static let size = 1 << 20

  /// Hands out the pieces in their order. Each ends where a line ends; the last one of a file that
  /// was cut off does not.
  ///
  /// - Throws: what the file system and `take` throw.
  package static func read(_ file: URL, _ take: (_ piece: Data) throws -> Void) throws {
    let handle = try FileHandle(forReadingFrom: file)
    defer { try? handle.close() }
    var piece = Data()
    while let read = try handle.read(upToCount: size), !read.isEmpty {
      guard let end = read.lastIndex(of: UInt8(ascii: "\n")) else {
        piece.append(read)
        continue
      }
      piece.append(read[...end])
      try take(piece)
      piece = Data(read[(end + 1)...])
    }
    if !piece.isEmpty { try take(piece) }
  }
}
