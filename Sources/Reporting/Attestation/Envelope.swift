import Foundation

/// A signed payload as DSSE has it: https://github.com/secure-systems-lab/dsse, version 1.0.2.
struct Envelope: Codable {
  static let inTotoType = "application/vnd.in-toto+json"

  var payload: String
  var payloadType: String
  var signatures: [Signature]

  struct Signature: Codable {
    var keyid: String
    var sig: String
  }

  init(_ payload: Data, signedBy key: SigningKey) throws {
    let signed = Self.preAuthenticationEncoding(Self.inTotoType, payload)
    self.payload = payload.base64EncodedString()
    payloadType = Self.inTotoType
    signatures = [
      Signature(
        keyid: key.verifying.id,
        sig: try key.signature(of: signed).base64EncodedString()
      )
    ]
  }

  /// The payload, if the key has signed it.
  ///
  /// - Throws: `EnvelopeError`.
  func payload(signedBy key: VerifyingKey) throws(EnvelopeError) -> Data {
    guard payloadType == Self.inTotoType else { throw .otherType }
    guard let payload = Data(base64Encoded: payload) else { throw .unreadable }
    let signed = Self.preAuthenticationEncoding(payloadType, payload)
    let ofKey = signatures.filter { $0.keyid == key.id }
    guard !ofKey.isEmpty else { throw .otherKey(signatures.first?.keyid ?? "none") }
    guard
      ofKey.contains(where: { signature in
        Data(base64Encoded: signature.sig).map { key.isValid($0, for: signed) } ?? false
      })
    else { throw .invalid }
    return payload
  }

  /// What is signed: the type and the payload with their lengths, so that neither can pass for a
  /// part of the other.
  static func preAuthenticationEncoding(_ type: String, _ payload: Data) -> Data {
    Data("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
  }
}

enum EnvelopeError: Error, Equatable, CustomStringConvertible {
  case otherType
  case unreadable
  case otherKey(String)
  case invalid

  var description: String {
    switch self {
    case .otherType: "the payload is no in-toto statement"
    case .unreadable: "the payload is not in base64"
    case .otherKey(let id): "it is signed by another key: \(PlainText.line(id, limit: 80))"
    case .invalid: "the signature is not of this payload"
    }
  }
}
