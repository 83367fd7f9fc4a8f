/// The beginning that keys of a kind have in common. It names the provider and no key, so whoever
/// shows it has shown nothing.
enum PublicPrefix {
  private static let words: Set<String> = [
    "sk", "proj", "svcacct", "admin", "azure", "mock", "None",
  ]

  static func length(of value: [UInt8]) -> Int {
    var length = 0
    while let end = value[length...].firstIndex(of: UInt8(ascii: "-")),
      words.contains(String(decoding: value[length..<end], as: UTF8.self))
    {
      length = end + 1
    }
    return length
  }
}
