import Foundation

/// JSON of ours: keys sorted, indented, the same bytes for the same values.
enum JSONBytes {
  static func encode(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    var bytes = try encoder.encode(value)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }
}
