/// Base64 written straight into bytes: Foundation's way there costs more than the vector itself.
extension [UInt8] {
  package mutating func append(base64 bytes: UnsafeRawBufferPointer) {
    reserveCapacity(count + (bytes.count + 2) / 3 * 4)
    Self.base64Alphabet.withUnsafeBufferPointer { alphabet in
      var index = 0
      while index + 3 <= bytes.count {
        let group = Int(bytes[index]) << 16 | Int(bytes[index + 1]) << 8 | Int(bytes[index + 2])
        append(alphabet[group >> 18])
        append(alphabet[group >> 12 & 0x3f])
        append(alphabet[group >> 6 & 0x3f])
        append(alphabet[group & 0x3f])
        index += 3
      }
      switch bytes.count - index {
      case 1:
        let group = Int(bytes[index]) << 4
        append(alphabet[group >> 6])
        append(alphabet[group & 0x3f])
        append(json: "==")
      case 2:
        let group = Int(bytes[index]) << 10 | Int(bytes[index + 1]) << 2
        append(alphabet[group >> 12])
        append(alphabet[group >> 6 & 0x3f])
        append(alphabet[group & 0x3f])
        append(json: "=")
      default: break
      }
    }
  }

  private static let base64Alphabet = [UInt8](
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )
}
