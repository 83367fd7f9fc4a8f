/// Finds the records of a stream of server-sent events, wherever the network cuts it. Lines end
/// with LF, CRLF or CR; comments and other fields than `data` are skipped.
package struct ServerSentEventParser: Sendable {
  /// A record, or a line, was longer than the parser takes.
  package struct RecordTooLarge: Error, Equatable {
    package var limit: Int
  }

  private let limit: Int
  private var line: [UInt8] = []
  private var data: [UInt8]?
  private var lastWasCarriageReturn = false

  /// - Parameter limit: the most bytes that a record may have.
  package init(limit: Int = 1 << 18) {
    self.limit = limit
  }

  /// The payloads of the records that these bytes complete. What follows the last blank line
  /// waits for more; a record that the end of the stream cuts off is none.
  ///
  /// - Throws: `RecordTooLarge`; the parser is of no use after it.
  package mutating func feed(_ bytes: some Sequence<UInt8>) throws -> [[UInt8]] {
    var payloads: [[UInt8]] = []
    let fed: Void? = try bytes.withContiguousStorageIfAvailable { buffer in
      try scan(UnsafeRawBufferPointer(buffer), into: &payloads)
    }
    if fed == nil {
      try Array(bytes).withUnsafeBytes { try scan($0, into: &payloads) }
    }
    return payloads
  }

  private mutating func scan(
    _ bytes: UnsafeRawBufferPointer,
    into payloads: inout [[UInt8]]
  ) throws {
    var start = 0
    for index in 0..<bytes.count {
      let byte = bytes[index]
      guard byte == 0x0a || byte == 0x0d else { continue }
      defer { start = index + 1 }
      if byte == 0x0a, lastWasCarriageReturn, index == start, line.isEmpty {
        lastWasCarriageReturn = false
        continue
      }
      lastWasCarriageReturn = byte == 0x0d
      line.append(contentsOf: bytes[start..<index])
      try endLine(into: &payloads)
    }
    if start < bytes.count {
      lastWasCarriageReturn = false
      line.append(contentsOf: bytes[start...])
      guard line.count <= limit else { throw RecordTooLarge(limit: limit) }
    }
  }

  private mutating func endLine(into payloads: inout [[UInt8]]) throws {
    defer { line.removeAll(keepingCapacity: true) }
    guard !line.isEmpty else {
      if let data { payloads.append(data) }
      data = nil
      return
    }
    guard line.starts(with: Self.field) else { return }
    var value = line.dropFirst(Self.field.count)
    if value.isEmpty {
      // `data` alone is the field with an empty value.
    } else if value.first == UInt8(ascii: ":") {
      value = value.dropFirst()
      if value.first == 0x20 { value = value.dropFirst() }
    } else {
      return
    }
    guard value.count + (data?.count ?? 0) < limit else { throw RecordTooLarge(limit: limit) }
    if data == nil {
      data = Array(value)
    } else {
      data?.append(0x0a)
      data?.append(contentsOf: value)
    }
  }

  private static let field = Array("data".utf8)
}
