import Evidence
import Foundation
import Secrets
import Testing

/// What counts as a key come to light: any twelve characters of its value beyond its public prefix,
/// in every form, wherever they stand; eleven do not, nor does the prefix.
@Suite struct KeySearchTests {
  private static let prefix = "sk-proj-mock-"
  private static let secret = "Zx81kQpLm02Vt77Yb3RnW5aHc9Dq4Ee6Gf"
  private static let key = prefix + secret

  private static let scanner: SurfaceScanner = {
    let scanner = SurfaceScanner()
    scanner.add(Secret(key), fingerprint: Fingerprint("a1"))
    return scanner
  }()

  private func found(_ bytes: some Sequence<UInt8>) -> [String] {
    Array(bytes).withUnsafeBytes { Self.scanner.scanForKeys($0) }.map(\.encoding)
  }

  private func found(_ text: String) -> [String] { found(text.utf8) }

  /// Every part of the secret of a length, at every place of a text.
  private func parts(of length: Int) -> [(part: Substring, lead: Int)] {
    let starts = 0...(Self.secret.count - length)
    return starts.map { start in
      (Self.secret.dropFirst(start).prefix(length), start % 9)
    }
  }

  /// Foundation's encodings, so that ours are not judged by themselves.
  private static let forms: [(name: String, encode: @Sendable (String) -> [UInt8])] = [
    ("part", { Array($0.utf8) }),
    ("part in reversed", { Array($0.utf8.reversed()) }),
    ("part in hex", { Array($0.utf8.map { String(format: "%02x", $0) }.joined().utf8) }),
    ("part in hex", { Array($0.utf8.map { String(format: "%02X", $0) }.joined().utf8) }),
    ("part in base64", { Array(Data($0.utf8).base64EncodedString().utf8) }),
    ("part in base64", { Array(Data(("!" + $0).utf8).base64EncodedString().utf8) }),
    ("part in base64", { Array(Data(("~!" + $0 + "~").utf8).base64EncodedString().utf8) }),
    (
      "part in base64",
      {
        let text = Data(("~ÿ" + $0 + "?>").utf8).base64EncodedString()
        return Array(
          text.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .utf8
        )
      }
    ),
    ("part in percent", { Array($0.utf8.map { String(format: "%%%02X", $0) }.joined().utf8) }),
    ("part in percent", { Array($0.utf8.map { String(format: "%%%02x", $0) }.joined().utf8) }),
    ("part in json", { Array($0.utf8.map { String(format: "\\u%04x", $0) }.joined().utf8) }),
    ("part in json", { Array($0.utf8.map { String(format: "\\u%04X", $0) }.joined().utf8) }),
    ("part in utf-16", { Array($0.data(using: .utf16LittleEndian) ?? Data()) }),
    ("part in utf-16", { Array($0.data(using: .utf16BigEndian) ?? Data()) }),
  ]

  @Test(arguments: forms.indices)
  func `Twelve characters are found in every form, wherever they stand`(form: Int) {
    let (name, encode) = Self.forms[form]
    for (part, lead) in parts(of: 12) {
      let before = [UInt8](repeating: UInt8(ascii: "<"), count: lead)
      #expect(found(before + encode(String(part)) + [UInt8(ascii: ">")]) == [name], "\(part)")
    }
  }

  @Test(arguments: forms.indices)
  func `Eleven characters are not`(form: Int) {
    for (part, lead) in parts(of: 11) {
      let before = [UInt8](repeating: UInt8(ascii: "<"), count: lead)
      let encoded = Self.forms[form].encode(String(part))
      #expect(found(before + encoded + [UInt8(ascii: ">")]).isEmpty, "\(part)")
    }
  }

  @Test(arguments: forms.indices)
  func `The public prefix is not, nor with eleven characters`(form: Int) {
    for count in 0...11 {
      let text = Self.prefix + Self.secret.prefix(count)
      #expect(found(Self.forms[form].encode("\(text)*")).isEmpty, "\(text)")
    }
    #expect(!found(Self.forms[form].encode(Self.prefix + Self.secret.prefix(12))).isEmpty)
  }

  /// Found by exploration: one pair of sixty has the first character of its own in common.
  @Test func `Two keys of one resource are no parts of each other`() {
    let scanner = SurfaceScanner()
    let first = "azure-mock-Q7" + String(repeating: "x", count: 20)
    let second = "azure-mock-Q9" + String(repeating: "y", count: 20)
    scanner.add(Secret(first), fingerprint: Fingerprint("a1"))
    scanner.add(Secret(second), fingerprint: Fingerprint("a2"))
    let hits = Array("api-key: \(first)".utf8).withUnsafeBytes { scanner.scanForKeys($0) }
    #expect(hits.count == 1)
  }

  @Test func `The whole key is no news in parts`() {
    for (name, encode) in Self.forms {
      let whole = name == "part" ? "plain" : String(name.dropFirst("part in ".count))
      #expect(found(encode(Self.key)) == [whole])
      #expect(found(encode("a \(Self.key) b \(Self.secret.prefix(14))*")) == [whole])
    }
  }

  @Test func `A form with escapes here and there is undone`() {
    #expect(found(Self.key.replacingOccurrences(of: "-", with: "%2D")) == ["percent"])
    #expect(found("\"\(Self.key.replacingOccurrences(of: "k", with: "\\u006b"))\"") == ["json"])
    #expect(found("100 % of \\u00e9, and %zz").isEmpty)
    let escaped = "s\\u006b\(Self.key.dropFirst(2))"
    for lead in 0..<20 {
      let text = String(repeating: "\\n", count: lead) + escaped
      #expect(found(text) == ["json"], "\(lead)")
    }
  }

  private static func json(_ text: String) -> String {
    let data = try? JSONEncoder().encode([text])
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  private static func escaped(_ text: String, _ format: String) -> String {
    text.utf8.map { String(format: format, $0) }.joined()
  }

  private static func base64(_ text: String) -> String {
    Data(text.utf8).base64EncodedString()
  }

  /// What one program encodes another encodes again: forms in forms.
  private static let nested: [(name: String, encode: @Sendable (String) -> String)] = [
    ("JSON in JSON", { json(json(escaped($0, "\\u%04x"))) }),
    ("JSON in JSON in JSON", { json("{\"a\":\(json(escaped($0, "\\u%04x")))}") }),
    ("percent, twice", { escaped($0, "%%25%02X") }),
    ("percent of percent signs", { escaped(escaped($0, "%%%02x"), "%%%02x") }),
    ("JSON of a form", { escaped(escaped($0, "%%%02X"), "\\u%04x") }),
    ("base64 of escaped JSON", { base64("{\"key\":\"\(escaped($0, "\\u%04x"))\"}") }),
    ("base64 of a form", { base64("key=\(escaped($0, "%%%02X"))&more=1") }),
    ("base64, twice", { base64(base64("Bearer \($0)")) }),
    ("base64 of hex", { base64("key: " + escaped($0, "%02x")) }),
    ("hex of base64", { escaped(base64("Bearer \($0)"), "%02x") }),
    ("base64 in a log's line", { "warn body=/" + base64("\u{7f}" + base64($0)) + " end" }),
  ]

  @Test(arguments: nested.indices)
  func `What was encoded twice is found, whole and in part`(form: Int) {
    let (name, encode) = Self.nested[form]
    #expect(!found(encode(Self.key)).isEmpty, "\(name)")
    #expect(!found("x " + encode(String(Self.secret.prefix(20)))).isEmpty, "\(name), a part")
    #expect(found(encode(Self.prefix + Self.secret.prefix(8))).isEmpty, "\(name), the prefix")
    #expect(found(encode(Self.prefix + "0123456789012345678901234567890123")).isEmpty, "\(name)")
  }

  /// Twelve characters are a find and eleven are none: one byte too few would hide the find.
  @Test(arguments: 0..<4)
  func `A stretch is decoded to its last byte`(lead: Int) {
    func unpadded(_ text: String) -> String { Self.base64(text).filter { $0 != "=" } }
    let telling = String(repeating: "x", count: lead) + Self.secret.prefix(12)
    #expect(!found(unpadded(unpadded(telling))).isEmpty)
    #expect(!found(Self.escaped(unpadded(telling), "%02x")).isEmpty)
    #expect(found(unpadded(unpadded(String(telling.dropLast())))).isEmpty)
  }

  @Test(arguments: [8, 9, 10, 11])
  func `A key that was cut over neighbouring fields is found`(length: Int) {
    var pieces: [String] = []
    var rest = Substring(Self.secret)
    while !rest.isEmpty {
      pieces.append("\"part_\(pieces.count)\": \"\(rest.prefix(length))\"")
      rest = rest.dropFirst(length)
    }
    #expect(found("{\(pieces.joined(separator: ", "))}") == ["part"])
  }

  @Test func `Pieces count by their sum, near to each other and in their order`() {
    let (first, second) = (Self.secret.prefix(8), Self.secret.dropFirst(8))
    #expect(found("\(first) \(second.prefix(4))") == ["part"])
    #expect(found("\(first) \(second.prefix(3))").isEmpty)
    let gap = String(repeating: ".", count: 64)
    #expect(found("\(first)\(gap.dropLast())\(second.prefix(4))") == ["part"])
    #expect(found("\(first)\(gap)\(second.prefix(4))").isEmpty)
    #expect(found("\(second.prefix(4)) \(first)").isEmpty)
    let end = Self.secret.suffix(8)
    #expect(found("\(Self.secret.dropLast(8).suffix(4))|\(end)") == ["part"])
    #expect(found("\(Self.secret.dropLast(8).suffix(3))|\(end)").isEmpty)
  }

  @Test func `What settings pages show of a key is no find`() {
    #expect(found("\(Self.prefix)…\(Self.secret.suffix(4))").isEmpty)
    #expect(found("\(Self.prefix)\(Self.secret.prefix(3))***\(Self.secret.suffix(4))").isEmpty)
  }

  @Test func `A key of another kind has no public prefix, and a short one must be whole`() {
    let scanner = SurfaceScanner()
    scanner.add(Secret("0f9e8d7c6b5a49382716"), fingerprint: Fingerprint("az"))
    scanner.add(Secret("sk-proj-mock-1"), fingerprint: Fingerprint("t1"))
    scanner.add(Secret("k3y-Qz7w"), fingerprint: Fingerprint("b2"))
    #expect(scanner.scanForKeys("=0f9e8d7c6b5a;").map(\.encoding) == ["part"])
    #expect(scanner.scanForKeys("=0f9e8d7c6b5;").isEmpty)
    #expect(scanner.scanForKeys("..k3y-Qz7w").map(\.encoding) == ["plain"])
    #expect(scanner.scanForKeys("..k3y-Qz7.").isEmpty)
    #expect(scanner.scanForKeys("sk-proj-mock-2").isEmpty)
    #expect(scanner.scanForKeys("is sk-proj-mock-1!").map(\.encoding) == ["plain"])
  }

  @Test func `Keys are told apart, by value and not by prefix`() {
    let scanner = SurfaceScanner()
    var keys: [String] = []
    for index in 0..<40 {
      let value = (0..<107).map { place -> String in
        let digits = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        return String(digits[(place * place * 31 + index * 7_919 + place * index) % digits.count])
      }.joined()
      keys.append(Self.prefix + value)
      scanner.add(Secret(keys[index]), fingerprint: Fingerprint("k\(index)"))
    }
    for (index, key) in keys.enumerated() {
      let hits = scanner.scanForKeys("Authorization: Bearer \(key)").filter(\.isWhole)
      #expect(hits.map(\.subject) == [.key(Fingerprint("k\(index)"))])
    }
    #expect(scanner.scanForKeys("Bearer \(Self.key)").isEmpty)
  }
}
