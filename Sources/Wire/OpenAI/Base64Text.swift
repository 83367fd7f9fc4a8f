/// Base64 written straight into bytes: Foundation's way there costs more than the vector itself.
extension [UInt8] {
  package mutating func append(base64 bytes: UnsafeRawBufferPointer) {
    // Three bytes at a time through a buffer: appending one by one costs several times as much.
    let whole = bytes.count / 3 * 3
    reserveCapacity(count + (bytes.count + 2) / 3 * 4)
    Self.base64Alphabet.withUnsafeBufferPointer { alphabet in
      let groups = [UInt8](unsafeUninitializedCapacity: whole / 3 * 4) { text, count in
        for index in stride(from: 0, to: whole, by: 3) {
          let group = Int(bytes[index]) << 16 | Int(bytes[index + 1]) << 8 | Int(bytes[index + 2])
          text.initializeElement(at: count, to: alphabet[group >> 18])
          text.initializeElement(at: count + 1, to: alphabet[group >> 12 & 0x3f])
          text.initializeElement(at: count + 2, to: alphabet[group >> 6 & 0x3f])
          text.initializeElement(at: count + 3, to: alphabet[group & 0x3f])
          count += 4
        }
      }
      append(contentsOf: groups)
      let index = whole
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
