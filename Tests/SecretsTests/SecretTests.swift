import Foundation
import Secrets
import Testing

@Suite struct SecretTests {
  private static let value = "sk-proj-mock-5f0c2b7d9e1a4c6b"
  private let secret = Secret(value)

  @Test func noWayOfPrintingShowsIt() {
    var dumped = ""
    dump(secret, to: &dumped)
    var written = ""
    print(secret, [secret], ["key": secret], to: &written)
    debugPrint(secret, to: &written)
    let shown = [
      "\(secret)", secret.description, secret.debugDescription, String(describing: secret),
      String(reflecting: secret), dumped, written, "\(Optional(secret) as Any)",
      String(reflecting: Holder(key: secret)), "\(Failure.refused(secret))",
    ]
    for text in shown {
      #expect(!text.contains(Self.value))
      #expect(!text.contains("mock"), "not even a part of it: \(text)")
    }
    #expect("\(secret)" == "[secret]")
  }

  @Test func nobodyReflectsIt() {
    #expect(Mirror(reflecting: secret).children.isEmpty)
    #expect(Mirror(reflecting: Holder(key: secret)).descendant("key", "value") == nil)
  }

  @Test func nobodyEncodesIt() {
    #expect(!((secret as Any) is any Encodable))
  }

  @Test func itsValueComesOutThroughRevealAlone() throws {
    #expect(secret.reveal { $0 } == Self.value)
    #expect(throws: Failure.self) { try secret.reveal { _ in throw Failure.refused(secret) } }
  }

  @Test func equalityIsThatOfTheValues() {
    #expect(secret == Secret(Self.value))
    #expect(secret != Secret(Self.value + "0"))
    #expect(secret != Secret(String(Self.value.dropLast())))
    #expect(secret != Secret(String(Self.value.dropLast() + "c")))
    #expect(Secret("") == Secret(""))
    #expect(Set([secret, Secret(Self.value), Secret("other")]).count == 2)
  }

  @Test(
    arguments: [
      ("abcdefghijklmnop", "mnop"), ("abcdefghijklmno", ""), ("", ""),
      ("sk-proj-mock-123456", "3456"),
    ])
  func lastFourAreShownOfLongValuesOnly(value: String, shown: String) {
    #expect(Secret(value).lastFour == shown)
  }

  private struct Holder {
    var key: Secret
  }

  private enum Failure: Error {
    case refused(Secret)
  }
}
