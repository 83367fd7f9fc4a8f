package import Secrets

extension Vault {
  /// The body of `POST auth/approle/login`.
  package struct AppRoleLogin: Sendable, Hashable {
    package var roleID: String
    package var secretID: Secret

    package init(roleID: String, secretID: Secret) {
      self.roleID = roleID
      self.secretID = secretID
    }

    package init?(json: [UInt8]) {
      guard let value = try? JSONValue(json: json), let roleID = value["role_id"]?.text,
        let secretID = value["secret_id"]?.text
      else { return nil }
      self.init(roleID: roleID, secretID: Secret(secretID))
    }

    package func json() -> [UInt8] {
      secretID.reveal { secretID in
        let value: JSONValue = ["role_id": .string(roleID), "secret_id": .string(secretID)]
        return value.json()
      }
    }
  }

  /// What a login gives: a token, and for how long.
  package struct Authentication: Sendable, Hashable {
    package var token: Secret
    package var accessor: String
    package var policies: [String]
    /// In seconds; 0 for a token without end.
    package var leaseDuration: Int
    package var renewable: Bool

    package init(
      token: Secret,
      accessor: String,
      policies: [String],
      leaseDuration: Int,
      renewable: Bool
    ) {
      self.token = token
      self.accessor = accessor
      self.policies = policies
      self.leaseDuration = leaseDuration
      self.renewable = renewable
    }

    /// From the `auth` of an envelope; nil for anything else.
    package init?(_ auth: JSONValue) {
      guard let token = auth["client_token"]?.text, !token.isEmpty,
        let duration = auth["lease_duration"]?.wholeNumber, duration >= 0
      else { return nil }
      self.init(
        token: Secret(token),
        accessor: auth["accessor"]?.text ?? "",
        policies: auth["policies"]?.elements?.compactMap(\.text) ?? [],
        leaseDuration: duration,
        renewable: auth["renewable"]?.flag ?? false
      )
    }

    package func value(role: String) -> JSONValue {
      let names = JSONValue.array(policies.map(JSONValue.string))
      return [
        "client_token": .string(token.reveal { $0 }), "accessor": .string(accessor),
        "policies": names, "token_policies": names,
        "metadata": ["role_name": .string(role)], "lease_duration": .integer(leaseDuration),
        "renewable": .bool(renewable), "entity_id": .string(""), "token_type": .string("service"),
        "orphan": .bool(true), "mfa_requirement": .null, "num_uses": .integer(0),
      ]
    }
  }
}
