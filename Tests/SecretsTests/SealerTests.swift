import Crypto
import Foundation
import Secrets
import Testing

@Suite struct SealerTests {
  private let sealer = Sealer(masterKey: SymmetricKey(data: Data(repeating: 7, count: 32)))
  private let key = Secret("sk-proj-mock-5f0c2b7d9e1a4c6b")

  @Test func whatIsSealedOpensAgain() throws {
    for secret in [key, Secret(""), Secret("schlüssel-🔑")] {
      let sealed = try sealer.seal(secret, context: "acme/1")
      #expect(try sealer.open(sealed, context: "acme/1") == secret)
    }
  }

  @Test func theSealHidesTheValue() throws {
    let sealed = try sealer.seal(key, context: "acme/1")
    #expect(key.reveal { sealed.range(of: Data($0.utf8)) } == nil)
    #expect(sealed.range(of: Data("mock".utf8)) == nil)
  }

  @Test func noTwoSealsAreAlike() throws {
    #expect(try sealer.seal(key, context: "acme/1") != sealer.seal(key, context: "acme/1"))
  }

  @Test(arguments: ["acme/2", "globex/1", "", "acme/1 "])
  func anotherContextIsRefused(context: String) throws {
    let sealed = try sealer.seal(key, context: "acme/1")
    #expect(throws: SealingError.broken) { try sealer.open(sealed, context: context) }
  }

  @Test func everyChangedByteIsRefused() throws {
    let sealed = try sealer.seal(key, context: "acme/1")
    for index in sealed.indices {
      var changed = sealed
      changed[index] ^= 1
      #expect(throws: SealingError.broken) { try sealer.open(changed, context: "acme/1") }
    }
  }

  @Test func whatIsCutOffIsRefused() throws {
    let sealed = try sealer.seal(key, context: "acme/1")
    for count in [0, 1, 11, 12, 27, 28, sealed.count - 1] {
      #expect(throws: SealingError.broken) {
        try sealer.open(Data(sealed.prefix(count)), context: "acme/1")
      }
    }
    #expect(throws: SealingError.broken) { try sealer.open(sealed + [0], context: "acme/1") }
  }

  @Test func anotherMasterKeyIsRefused() throws {
    let other = Sealer(masterKey: SymmetricKey(data: Data(repeating: 8, count: 32)))
    let sealed = try sealer.seal(key, context: "acme/1")
    #expect(throws: SealingError.broken) { try other.open(sealed, context: "acme/1") }
  }
}
