package import Secrets

/// Azure Key Vault's secrets on the wire.
package enum KeyVault {
  package static let apiVersion = "7.4"
  package static let apiVersions = ["7.4", "7.5", "7.6", "2025-07-01", "2026-04-01"]

  /// What a vault says to a request without a token: where to get one, and for what.
  package struct Challenge: Sendable, Hashable {
    /// `https://login.windows.net/{tenant}`.
    package var authorization: String
    /// `https://vault.azure.net`.
    package var resource: String

    package init(authorization: String, resource: String) {
      self.authorization = authorization
      self.resource = resource
    }

    package var text: String {
      "Bearer authorization=\"\(authorization)\", resource=\"\(resource)\""
    }

    /// Nil for anything else.
    package init?(_ header: String) {
      guard header.hasPrefix("Bearer ") else { return nil }
      var fields: [String: String] = [:]
      for part in header.dropFirst(7).split(separator: ",") {
        let sides = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
        guard sides.count == 2 else { continue }
        fields[String(sides[0])] = String(sides[1].drop { $0 == "\"" }.prefix { $0 != "\"" })
      }
      guard let authorization = fields["authorization"] ?? fields["authorization_uri"],
        let resource = fields["resource"]
      else { return nil }
      self.init(authorization: authorization, resource: resource)
    }
  }

  /// A secret with its attributes; without the value where only these were asked for.
  package struct Bundle: Sendable, Hashable {
    package var value: Secret?
    /// `https://{vault}/secrets/{name}/{version}`.
    package var id: String
    package var enabled: Bool
    package var created: Int64
    package var updated: Int64
    package var contentType: String?
    package var tags: [String: String]

    package init(
      value: Secret?,
      id: String,
      enabled: Bool,
      created: Int64,
      updated: Int64,
      contentType: String? = nil,
      tags: [String: String] = [:]
    ) {
      self.value = value
      self.id = id
      self.enabled = enabled
      self.created = created
      self.updated = updated
      self.contentType = contentType
      self.tags = tags
    }

    package init?(json: [UInt8]) {
      guard let whole = try? JSONValue(json: json) else { return nil }
      self.init(whole)
    }

    package init?(_ whole: JSONValue) {
      guard let id = whole["id"]?.text else { return nil }
      let attributes = whole["attributes"]
      self.init(
        value: whole["value"]?.text.map { Secret($0) },
        id: id,
        enabled: attributes?["enabled"]?.flag ?? true,
        created: Int64(attributes?["created"]?.wholeNumber ?? 0),
        updated: Int64(attributes?["updated"]?.wholeNumber ?? 0),
        contentType: whole["contentType"]?.text,
        tags: (whole["tags"]?.members ?? []).reduce(into: [:]) { $0[$1.name] = $1.value.text }
      )
    }

    /// The last part of the id.
    package var version: String { id.split(separator: "/").last.map(String.init) ?? "" }

    package var members: [JSONValue.Member] {
      var members: [JSONValue.Member] = []
      if let value { members.append(.init("value", .string(value.reveal { $0 }))) }
      if let contentType { members.append(.init("contentType", .string(contentType))) }
      members.append(.init("id", .string(id)))
      members.append(
        .init(
          "attributes",
          [
            "enabled": .bool(enabled), "created": .integer(Int(created)),
            "updated": .integer(Int(updated)),
            "recoveryLevel": .string("Recoverable+Purgeable"), "recoverableDays": .integer(90),
          ]
        )
      )
      let named = tags.sorted { $0.key < $1.key }.map {
        JSONValue.Member($0.key, .string($0.value))
      }
      members.append(.init("tags", .object(named)))
      return members
    }
  }

  /// A page of a list: secrets or versions, without their values.
  package struct Page: Sendable, Hashable {
    package var bundles: [Bundle]
    /// The address of the next page, as the vault gives it.
    package var next: String?

    package init?(json: [UInt8]) {
      guard let whole = try? JSONValue(json: json), let elements = whole["value"]?.elements else {
        return nil
      }
      bundles = elements.compactMap { Bundle($0) }
      guard bundles.count == elements.count else { return nil }
      next = whole["nextLink"]?.text
    }
  }

  /// `{"error":{"code":"Forbidden","message":"…","innererror":{"code":"SecretDisabled"}}}`.
  package struct ErrorBody: Sendable, Hashable {
    package var code: String
    package var message: String
    package var inner: String?

    package init(code: String, message: String, inner: String? = nil) {
      self.code = code
      self.message = message
      self.inner = inner
    }

    package init?(json: [UInt8]) {
      guard let error = (try? JSONValue(json: json))?["error"], let code = error["code"]?.text
      else { return nil }
      self.init(
        code: code,
        message: error["message"]?.text ?? "",
        inner: error["innererror"]?["code"]?.text
      )
    }

    package func json() -> [UInt8] {
      var members: [JSONValue.Member] = [
        .init("code", .string(code)), .init("message", .string(message)),
      ]
      if let inner { members.append(.init("innererror", ["code": .string(inner)])) }
      let value: JSONValue = ["error": .object(members)]
      return value.json()
    }
  }
}
