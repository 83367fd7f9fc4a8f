import Evidence
import NIOCore
import Synchronization

/// Makes of the bodies of one story what evidence keeps of them.
final class PayloadMaker: Sendable {
  /// Bodies with an excerpt. A reader looks at some of them, and a long story has a hundred
  /// thousand; as many of failures have one, whenever they come.
  private static let excerpts = 2_000

  private struct Left {
    var ordinary = excerpts
    var failures = excerpts
  }

  private let scanner: SurfaceScanner
  private let left = Mutex(Left())

  init(scanner: SurfaceScanner) {
    self.scanner = scanner
  }

  /// - Parameters:
  ///   - pieces: the whole body, in order.
  ///   - status: of the exchange; 0 where no response came.
  /// - Returns: nil for an empty body.
  func payload(of pieces: [ByteBuffer], status: Int) -> Payload? {
    var hasher = PayloadDigest.Hasher()
    var bytes = 0
    for piece in pieces {
      bytes += piece.readableBytes
      piece.withUnsafeReadableBytes { hasher.add($0) }
    }
    guard bytes > 0 else { return nil }
    return Payload(
      bytes: bytes,
      digest: hasher.finish(),
      excerpt: takesExcerpt(isFailure: !(200..<300).contains(status)) ? excerpt(of: pieces) : nil
    )
  }

  private func takesExcerpt(isFailure: Bool) -> Bool {
    left.withLock { left in
      if left.ordinary > 0 {
        left.ordinary -= 1
        return true
      }
      guard isFailure, left.failures > 0 else { return false }
      left.failures -= 1
      return true
    }
  }

  /// Nil where a part of a key or a marker would stand in it all the same.
  private func excerpt(of pieces: [ByteBuffer]) -> String? {
    var whole = pieces[0]
    for var piece in pieces.dropFirst() { whole.writeBuffer(&piece) }
    guard var text = whole.withUnsafeReadableBytes(PayloadExcerpt.text) else { return nil }
    let isLeaking = text.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      return CanarySearch.isFound(in: bytes) || !scanner.scanForKeys(bytes).isEmpty
    }
    return isLeaking ? nil : text
  }
}
