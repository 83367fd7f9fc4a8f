import Foundation
import Testing

@testable import Reporting

@Suite struct AttestationTests {
  /// The vector of DSSE's own specification.
  @Test func whatIsSignedNamesTypeAndLengths() {
    let signed = Envelope.preAuthenticationEncoding(
      "http://example.com/HelloWorld",
      Data("hello world".utf8)
    )
    #expect(
      String(decoding: signed, as: UTF8.self)
        == "DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )
  }

  @Test func aSignatureIsOfItsPayloadAndItsKeyAlone() throws {
    let key = SigningKey()
    let envelope = try Envelope(Data("a".utf8), signedBy: key)
    #expect(try envelope.payload(signedBy: key.verifying) == Data("a".utf8))
    let other = SigningKey().verifying
    #expect(throws: EnvelopeError.otherKey(key.verifying.id)) {
      try envelope.payload(signedBy: other)
    }
    var changed = envelope
    changed.payload = Data("b".utf8).base64EncodedString()
    #expect(throws: EnvelopeError.invalid) { try changed.payload(signedBy: key.verifying) }
    changed = envelope
    changed.payloadType = "text/plain"
    #expect(throws: EnvelopeError.otherType) { try changed.payload(signedBy: key.verifying) }
  }

  /// Worked out once with securesystemslib 1.6.0, for the key of RFC 8032's first test vector.
  @Test func theKeysIDIsSecuresystemslibs() throws {
    let raw = Data([
      0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c,
      0xc4, 0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae,
      0x7f, 0x60,
    ])
    let key = try SigningKey(rawRepresentation: raw)
    #expect(
      key.verifying.id
        == "74c181c7ad8a0855d4b55e44d2ba87aabdddb196832571f15f92fece332e4916"
    )
  }

  @Test func aKeyIsMadeOnceAndReadByItsOwnerAlone() throws {
    let folder = try ReportFolder()
    defer { folder.remove() }
    let file = folder.parent.appending(path: "settings/keyproof/signing-key.pem")
    let (first, isNew) = try SigningKey.readOrMake(file)
    #expect(isNew)
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    let (second, isNewAgain) = try SigningKey.readOrMake(file)
    #expect(!isNewAgain)
    #expect(first.verifying == second.verifying)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path)
        == ["signing-key.pem"]
    )
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
    #expect(throws: SigningKeyError.readableByOthers(file.path)) { try SigningKey.read(file) }
  }

  @Test func aPublicKeyIsReadBack() throws {
    let folder = try ReportFolder()
    defer { folder.remove() }
    let key = SigningKey().verifying
    let file = folder.parent.appending(path: "key.pem")
    try key.pem.write(to: file)
    #expect(try VerifyingKey(file: file) == key)
    try Data("no key".utf8).write(to: file)
    #expect(throws: SigningKeyError.self) { try VerifyingKey(file: file) }
  }

  @Test func theKeyIsWhereTheUsersSettingsAre() {
    #expect(
      SigningKey.standardFile(["HOME": "/home/a"])?.path
        == "/home/a/.config/keyproof/signing-key.pem"
    )
    #expect(
      SigningKey.standardFile(["HOME": "/home/a", "XDG_CONFIG_HOME": "/etc/a"])?.path
        == "/etc/a/keyproof/signing-key.pem"
    )
    #expect(SigningKey.standardFile([:]) == nil)
  }
}
