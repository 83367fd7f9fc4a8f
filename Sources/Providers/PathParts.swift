extension String {
  /// Whether a path has two slashes in a row, or one at its end. Routers pass over such; keys and
  /// books go by the path as it stands.
  var hasEmptyParts: Bool {
    let slash = UInt8(ascii: "/")
    var last: UInt8 = 0
    for byte in utf8 {
      if byte == slash, last == slash { return true }
      last = byte
    }
    return last == slash && utf8.count > 1
  }
}
