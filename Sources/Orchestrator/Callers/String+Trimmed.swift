import Foundation

extension String {
  /// Without white space at its ends. Most questions begin and end in ASCII, and spare the way
  /// through Foundation.
  var trimmed: String {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0d).contains($0) }
    guard let first = utf8.firstIndex(where: { !isBlank($0) }),
      let last = utf8.lastIndex(where: { !isBlank($0) })
    else { return "" }
    let isPlain: (UInt8) -> Bool = { (0x21...0x7e).contains($0) }
    guard isPlain(utf8[first]), isPlain(utf8[last]) else {
      return trimmingCharacters(in: .whitespacesAndNewlines)
    }
    return String(Substring(utf8[first...last]))
  }
}
