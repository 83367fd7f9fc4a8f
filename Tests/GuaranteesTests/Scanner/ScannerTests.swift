import Evidence
import Foundation
import Secrets
import Testing

@Suite struct ScannerTests {
  private static let value = "canary/7f3a9c41-ÿ?>b2"
  private static let keyValue = "sk-proj-mock-Zx81kQpLm02Vt77Yb3RnW5"

  private func scanner() -> SurfaceScanner {
    let scanner = SurfaceScanner()
    scanner.add(Canary(id: "d1", kind: .document, value: Self.value))
    scanner.add(Secret(Self.keyValue), fingerprint: Fingerprint("a1"))
    return scanner
  }

  /// Foundation's own encodings, so that ours are not judged by themselves.
  private static func encodings(_ value: String) -> [(name: String, bytes: [UInt8])] {
    let data = Data(value.utf8)
    var all: [(name: String, bytes: [UInt8])] = [
      ("plain", Array(value.utf8)),
      ("hex", Array(data.map { String(format: "%02x", $0) }.joined().utf8)),
      ("hex-upper", Array(data.map { String(format: "%02X", $0) }.joined().utf8)),
      ("percent", Array(data.map { String(format: "%%%02X", $0) }.joined().utf8)),
      ("reversed", data.reversed()),
    ]
    for shift in 0..<3 {
      for tail in 0..<3 {
        let padded = Data(repeating: 0x55, count: shift) + data + Data(repeating: 0xaa, count: tail)
        let text = padded.base64EncodedString()
        all.append(("base64", Array(text.utf8)))
        let forURL = text.replacingOccurrences(of: "+", with: "-")
          .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
        all.append(("base64url", Array(forURL.utf8)))
      }
    }
    for encoding in [String.Encoding.utf16LittleEndian, .utf16BigEndian]
    where data.allSatisfy({
      $0 < 128
    }) {
      if let wide = value.data(using: encoding) { all.append(("utf-16", Array(wide))) }
    }
    return all
  }

  /// What was clean before a key was made is searched again after it.
  @Test func whatIsSearchedOnceIsSearchedAgainForAKeyThatCameLater() {
    let scanner = SurfaceScanner()
    scanner.add(Secret("sk-proj-mock-Hq7cD4uXo91Ej6sKf8TgN2"), fingerprint: Fingerprint("a0"))
    let header = "Bearer \(Self.keyValue)"
    #expect(scanner.scanForKeys(repeated: header).isEmpty)
    #expect(scanner.scanForKeys(repeated: header).isEmpty)
    scanner.add(Secret(Self.keyValue), fingerprint: Fingerprint("a1"))
    for _ in 0..<2 {
      let hits = scanner.scanForKeys(repeated: header)
      #expect(hits.map(\.subject) == [.key(Fingerprint("a1"))])
    }
  }

  @Test func findsEveryEncodingAtEveryPlace() {
    let scanner = scanner()
    for (value, subject) in [
      (Self.value, Event.Sighting.Subject.canary("d1")),
      (Self.keyValue, .key(Fingerprint("a1"))),
    ] {
      for (name, bytes) in Self.encodings(value) {
        for offset in 0..<9 {
          let text = Array(repeating: UInt8(ascii: "x"), count: offset) + bytes + [10]
          let hits = scanner.scan(text)
          // What has no `+` and no `/` is the same in both alphabets, and goes by the first name.
          // Of keys, both alphabets and both cases go by it.
          let other = ["base64url": "base64", "hex-upper": "hex"][name]
          let isFound = hits.contains {
            $0.subject == subject && ($0.encoding == name || $0.encoding == other)
          }
          #expect(isFound, "\(name) at \(offset): \(hits)")
        }
      }
    }
  }

  @Test func findsEscapedForms() throws {
    let scanner = SurfaceScanner()
    let value = "say \"canary\"/7f3a9c41\\\n"
    scanner.add(Canary(id: "d1", kind: .document, value: value))
    let json = try JSONEncoder().encode([value])
    #expect(scanner.scan(Array(json)).map(\.encoding) == ["json"])
    let percent = value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    #expect(scanner.scan(percent).map(\.encoding) == ["percent"])
    let escaped = value.utf8.map { String(format: "\\u%04x", $0) }.joined()
    #expect(scanner.scan(escaped).map(\.encoding) == ["json"])
  }

  @Test func aMarkerThatIsCutIsNotFound() {
    let scanner = scanner()
    let bytes = Array(Self.value.utf8)
    for missing in 1..<bytes.count {
      #expect(scanner.scan(Array(bytes.dropLast(missing))).isEmpty)
      #expect(scanner.scan(Array(bytes.dropFirst(missing))).isEmpty)
    }
  }

  @Test func plainScanFindsPlainAlone() {
    let scanner = scanner()
    #expect(scanner.scanPlain("a \(Self.value) b").map(\.kind) == [.document])
    #expect(scanner.scanPlain(Data(Self.value.utf8).base64EncodedString()).isEmpty)
  }

  @Test func hitsStandOnceInTheOrderOfTheirFirstPlaces() {
    let scanner = SurfaceScanner()
    for index in 0..<3 {
      scanner.add(Canary(id: "c\(index)", kind: .question, value: "marker-\(index)-marker"))
    }
    let text = "marker-2-marker marker-0-marker marker-2-marker marker-1-marker"
    #expect(
      scanner.scan(text).map(\.subject) == [.canary("c2"), .canary("c0"), .canary("c1")]
    )
  }

  @Test func `Markers of every length are found wherever they begin, in order`() {
    let scanner = SurfaceScanner()
    let values = ["12345678", "abcdefghij", "klmnopqrstu", "a-marker-of-some-length"]
    for (index, value) in values.enumerated() {
      scanner.add(Canary(id: "c\(index)", kind: .question, value: value))
    }
    for lead in 0..<12 {
      let text = String(repeating: "x", count: lead) + values.reversed().joined(separator: "/")
      let subjects: [Event.Sighting.Subject] = [
        .canary("c3"), .canary("c2"), .canary("c1"), .canary("c0"),
      ]
      #expect(scanner.scanPlain(text).map(\.subject) == subjects, "\(lead)")
      #expect(scanner.scan(text).map(\.subject) == subjects, "\(lead)")
      #expect(scanner.scanPlain(text.dropLast().description).count == 3, "\(lead)")
    }
  }

  @Test func refusesWhatIsShortOrKnown() {
    let scanner = SurfaceScanner()
    #expect(!scanner.add(Canary(id: "a", kind: .question, value: "1234567")))
    #expect(scanner.add(Canary(id: "a", kind: .question, value: "12345678")))
    #expect(!scanner.add(Canary(id: "b", kind: .question, value: "12345678")))
    #expect(scanner.scan("12345678").map(\.subject) == [.canary("a")])
  }

  @Test func manyMarkersAreToldApartAndOrdinaryTextHitsNothing() {
    let scanner = SurfaceScanner()
    for index in 0..<2_000 {
      scanner.add(
        Canary(id: "c\(index)", kind: .completion, value: "canary-\(index * 7_919 + 1_000_000)")
      )
    }
    for index in stride(from: 0, to: 2_000, by: 97) {
      let hits = scanner.scanPlain("so canary-\(index * 7_919 + 1_000_000), said the model")
      #expect(hits.map(\.subject) == [.canary("c\(index)")])
    }
    let text = String(repeating: "How many vacation days do I have left this year? ", count: 200)
    #expect(scanner.scan(text).isEmpty)
    #expect(scanner.scan("").isEmpty)
  }

  @Test func `A key is found wherever it begins, in every form, by the search for keys alone`() {
    let scanner = scanner()
    for form in ["plain", "hex", "reversed"] {
      let text =
        switch form {
        case "hex":
          Self.keyValue.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
            .joined()
        case "reversed": String(Self.keyValue.reversed())
        default: Self.keyValue
        }
      for lead in 0..<40 {
        let padded =
          String(repeating: "x", count: lead) + text + String(repeating: "y", count: lead)
        #expect(scanner.scanForKeys(padded).map(\.encoding) == [form])
      }
    }
    #expect(scanner.scanForKeys("a \(Self.value) b").isEmpty)
  }

  @Test func `A short key is found by the search for keys alone`() {
    let scanner = SurfaceScanner()
    scanner.add(Secret("k3y-Qz7w"), fingerprint: Fingerprint("b2"))
    for lead in 0..<20 {
      let text = String(repeating: "-", count: lead) + "k3y-Qz7w"
      #expect(scanner.scanForKeys(text).map(\.encoding) == ["plain"])
    }
  }
}
