import Foundation

/// A JSON web token in JWS compact serialisation (RFC 7515), taken apart. Nothing that it says is
/// proved before `verify(with:)` has returned.
package struct CompactToken: Sendable {
  /// What the token says of its own signature. Whoever verifies compares it with what the key is
  /// for, and never chooses by it how to verify.
  package struct Header: Sendable, Equatable {
    package var alg: String
    package var kid: String?

    package init(alg: String, kid: String?) {
      self.alg = alg
      self.kid = kid
    }
  }

  /// In bytes.
  package static let longest = 8 << 10

  package let header: Header
  private let payload: [UInt8]
  private let signingInput: ArraySlice<UInt8>
  private let signature: [UInt8]

  package init(_ text: String) throws(TokenFault) {
    guard text.utf8.count <= Self.longest else { throw .tooLong }
    let bytes = Array(text.utf8)
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3, let header = Base64URL.bytes(of: parts[0]),
      let payload = Base64URL.bytes(of: parts[1]), let signature = Base64URL.bytes(of: parts[2])
    else { throw .malformed }
    self.header = try Header(json: header)
    do {
      try JSONReader.readDistinctMembers(of: payload) { _, reader in try reader.skipValue() }
    } catch {
      throw .malformed
    }
    self.payload = payload
    self.signature = signature
    signingInput = bytes[..<parts[1].endIndex]
  }

  /// - Throws: `TokenFault.algorithm` or `.signature`.
  package func verify(with key: some TokenVerificationKey) throws(TokenFault) {
    guard header.alg == key.algorithm else { throw .algorithm }
    guard key.isValid(signature, for: signingInput) else { throw .signature }
  }

  /// What the token claims, proved or not. No date in it is looked at.
  ///
  /// - Throws: `TokenFault.claims`.
  package func claims<Claims: Decodable>(
    as _: Claims.Type = Claims.self
  ) throws(TokenFault) -> Claims {
    do {
      return try JSONDecoder().decode(Claims.self, from: Data(payload))
    } catch {
      throw .claims
    }
  }
}

extension CompactToken.Header {
  fileprivate init(json: [UInt8]) throws(TokenFault) {
    var alg: String?
    var kid: String?
    var isExtended = false
    do {
      try JSONReader.readDistinctMembers(of: json) { name, reader in
        switch name {
        case "alg": alg = try reader.readString()
        case "kid": kid = try reader.readString()
        case "crit":
          isExtended = true
          try reader.skipValue()
        default: try reader.skipValue()
        }
      }
    } catch {
      throw .malformed
    }
    guard let alg else { throw .malformed }
    guard !isExtended else { throw .criticalExtension }
    self.init(alg: alg, kid: kid)
  }
}

extension JSONReader {
  /// Of two members with one name two readers may see different ones, so there must not be any.
  fileprivate static func readDistinctMembers(
    of json: [UInt8],
    _ member: (String, inout JSONReader) throws -> Void
  ) throws {
    var reader = JSONReader(json)
    var names: Set<String> = []
    try reader.readObject { name, reader in
      guard names.insert(name).inserted else { throw TokenFault.malformed }
      try member(name, &reader)
    }
    try reader.finish()
  }
}
