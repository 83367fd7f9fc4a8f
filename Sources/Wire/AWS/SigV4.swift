import Crypto
import Foundation
package import Secrets

/// AWS's signature version 4: what is signed, and how. No clock and no network in it.
package enum SigV4 {
  package static let algorithm = "AWS4-HMAC-SHA256"

  /// What a signature is good for: a day, a region and a service.
  package struct Scope: Sendable, Hashable {
    /// `20261123`.
    package var date: String
    package var region: String
    package var service: String

    package init(date: String, region: String, service: String) {
      self.date = date
      self.region = region
      self.service = service
    }

    package var text: String { "\(date)/\(region)/\(service)/aws4_request" }
  }

  /// A request, as far as it is signed.
  package struct SignedParts: Sendable, Hashable {
    package var method: String
    /// Encoded as it is sent.
    package var path: String
    /// `name=value` pairs, encoded and sorted.
    package var query: String
    /// Names in lower case.
    package var headers: [String: String]
    package var body: [UInt8]

    package init(
      method: String,
      path: String,
      query: String = "",
      headers: [String: String],
      body: [UInt8]
    ) {
      self.method = method
      self.path = path
      self.query = query
      self.headers = headers
      self.body = body
    }

    /// - Parameter names: of the headers that are signed; sorted here.
    package func canonicalText(signing names: [String]) -> String {
      let names = names.sorted()
      let lines = names.map { "\($0):\(Self.trimmed(headers[$0] ?? ""))\n" }.joined()
      return [
        method, path.isEmpty ? "/" : path, query, lines, names.joined(separator: ";"),
        hex(SHA256.hash(data: body)),
      ].joined(separator: "\n")
    }

    /// Without blanks around, and with one where there were several.
    private static func trimmed(_ value: String) -> String {
      value.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
  }

  /// - Parameters:
  ///   - moment: as the header `x-amz-date` has it, for instance `20261123T131955Z`.
  ///   - names: of the headers that are signed.
  /// - Returns: hexadecimal digits.
  package static func signature(
    of parts: SignedParts,
    signing names: [String],
    at moment: String,
    in scope: Scope,
    with secretAccessKey: Secret
  ) -> String {
    let canonical = parts.canonicalText(signing: names)
    let text = [
      algorithm, moment, scope.text, hex(SHA256.hash(data: Data(canonical.utf8))),
    ].joined(separator: "\n")
    let first = secretAccessKey.reveal { SymmetricKey(data: Data(("AWS4" + $0).utf8)) }
    let key = [scope.date, scope.region, scope.service, "aws4_request"].reduce(first) { key, part in
      SymmetricKey(data: Data(HMAC<SHA256>.authenticationCode(for: Data(part.utf8), using: key)))
    }
    return hex(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
  }

  /// The value of the `Authorization` header.
  package struct Authorization: Sendable, Hashable {
    package var accessKeyID: String
    package var scope: Scope
    package var signedHeaders: [String]
    package var signature: String

    package init(
      accessKeyID: String,
      scope: Scope,
      signedHeaders: [String],
      signature: String
    ) {
      self.accessKeyID = accessKeyID
      self.scope = scope
      self.signedHeaders = signedHeaders
      self.signature = signature
    }

    package var text: String {
      "\(SigV4.algorithm) Credential=\(accessKeyID)/\(scope.text), "
        + "SignedHeaders=\(signedHeaders.sorted().joined(separator: ";")), Signature=\(signature)"
    }

    /// Nil for anything else.
    package init?(_ text: String) {
      guard text.hasPrefix(SigV4.algorithm + " ") else { return nil }
      var fields: [String: String] = [:]
      for part in text.dropFirst(SigV4.algorithm.count + 1).split(separator: ",") {
        let sides = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
        guard sides.count == 2 else { return nil }
        fields[String(sides[0])] = String(sides[1])
      }
      guard let credential = fields["Credential"]?.split(separator: "/").map(String.init),
        credential.count == 5, credential[4] == "aws4_request",
        let signed = fields["SignedHeaders"], let signature = fields["Signature"]
      else { return nil }
      self.init(
        accessKeyID: credential[0],
        scope: Scope(date: credential[1], region: credential[2], service: credential[3]),
        signedHeaders: signed.split(separator: ";").map(String.init),
        signature: signature
      )
    }
  }

  private static func hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
