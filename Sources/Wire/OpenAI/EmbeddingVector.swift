package import Foundation

/// A vector as an embeddings response carries it: numbers, or their little-endian float32 bytes
/// in base64, which is some fifty times cheaper to read and write.
package struct EmbeddingVector: Sendable, Equatable {
  package var values: [Float]
  /// How it travels; reading takes either.
  package var format: EmbeddingsRequest.Format

  package init(values: [Float], format: EmbeddingsRequest.Format = .base64) {
    self.values = values
    self.format = format
  }

  /// - Parameter bytes: little-endian float32, one after the other.
  package init?(littleEndian bytes: Data) {
    let width = MemoryLayout<Float>.size
    guard bytes.count.isMultiple(of: width) else { return nil }
    let values = bytes.withUnsafeBytes { raw in
      [Float](unsafeUninitializedCapacity: raw.count / width) { buffer, count in
        for index in 0..<(raw.count / width) {
          let bits = raw.loadUnaligned(fromByteOffset: index * width, as: UInt32.self)
          buffer.initializeElement(at: index, to: Float(bitPattern: UInt32(littleEndian: bits)))
        }
        count = raw.count / width
      }
    }
    self.init(values: values)
  }

  /// Little-endian float32, one after the other.
  package var littleEndianBytes: Data {
    values.map { $0.bitPattern.littleEndian }.withUnsafeBytes { Data($0) }
  }
}

extension EmbeddingVector: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let text = try? container.decode(String.self) else {
      self.init(values: try container.decode([Float].self), format: .float)
      return
    }
    guard let bytes = Data(base64Encoded: text), let vector = Self(littleEndian: bytes) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "not the base64 of float32 numbers"
      )
    }
    self = vector
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch format {
    case .float: try container.encode(values)
    case .base64: try container.encode(littleEndianBytes.base64EncodedString())
    }
  }
}

extension EmbeddingVector {
  init(from reader: inout JSONReader) throws {
    guard try reader.nextKind() == .string else {
      var values: [Float] = []
      try reader.readArray { reader in values.append(Float(try reader.readDouble())) }
      self.init(values: values, format: .float)
      return
    }
    guard let bytes = Data(base64Encoded: Data(try reader.readStringBytes())),
      let vector = Self(littleEndian: bytes)
    else { throw JSONFault.unexpected(.string, at: 0) }
    self = vector
  }

  func append(to bytes: inout [UInt8]) {
    switch format {
    case .base64:
      bytes.append(UInt8(ascii: "\""))
      values.map { $0.bitPattern.littleEndian }.withUnsafeBytes { bytes.append(base64: $0) }
      bytes.append(UInt8(ascii: "\""))
    case .float:
      bytes.append(json: "[")
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(json: ",") }
        // Float's own shortest form: it reads back as the same float32.
        bytes.append(contentsOf: value.isFinite ? value.description.utf8 : "0".utf8)
      }
      bytes.append(json: "]")
    }
  }
}
