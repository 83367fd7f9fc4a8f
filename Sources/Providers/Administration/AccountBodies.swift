import Secrets
import Worlds

/// Accounts as the administration API shows them.
extension ProviderAccounts.Project {
  var body: JSONBody {
    [
      "id": .string(id),
      "object": "organization.project",
      "name": .string(name),
      "created_at": .seconds(createdAt),
      "archived_at": .seconds(archivedAt),
      "status": archivedAt == nil ? "active" : "archived",
      "external_key_id": nil,
      "residency": nil,
    ]
  }
}

extension ProviderAccounts.ServiceAccount {
  var members: [(String, JSONBody)] {
    [
      ("object", "organization.project.service_account"), ("id", .string(id)),
      ("name", .string(name)), ("role", .string(role)), ("created_at", .seconds(createdAt)),
    ]
  }
}

extension ProviderAccounts.User {
  var body: JSONBody {
    [
      "object": "organization.user",
      "id": .string(id),
      "name": .string(name),
      "email": .string(email),
      "role": .string(role),
      "added_at": .seconds(addedAt),
      "api_key_last_used_at": .seconds(lastUsedAt),
    ]
  }
}

extension ProviderAccounts {
  /// Nil for a deleted key.
  func keyBody(_ index: Int) -> JSONBody? {
    let record = keys[index]
    guard !record.life.isDeleted else { return nil }
    return [
      "object": "organization.project.api_key",
      "id": .string(record.key.id),
      "name": .string(record.name),
      "redacted_value": .string(record.life.redactedValue),
      "created_at": .seconds(record.life.createdAt),
      "last_used_at": .seconds(record.life.lastUsedAt),
      "expires_at": .seconds(record.life.expiresAt),
      "owner_project_access": "active",
      "owner": ownerBody(record.owner),
    ]
  }

  private func ownerBody(_ owner: Owner) -> JSONBody {
    switch owner {
    case .user(let id):
      guard let user = users[id] else { return ["type": "user", "user": nil] }
      return [
        "type": "user",
        "user": [
          "id": .string(user.id), "email": .string(user.email), "name": .string(user.name),
          "created_at": .seconds(user.addedAt), "role": .string(user.role),
        ],
      ]
    case .serviceAccount(let id):
      guard let account = serviceAccounts[id] else {
        return ["type": "service_account", "service_account": nil]
      }
      return [
        "type": "service_account",
        "service_account": [
          "id": .string(account.id), "name": .string(account.name),
          "created_at": .seconds(account.createdAt), "role": .string(account.role),
        ],
      ]
    }
  }

  func adminKeyMembers(_ index: Int) -> [(String, JSONBody)] {
    let key = adminKeys[index]
    let owner = users[key.ownerID]
    return [
      ("object", "organization.admin_api_key"),
      ("id", .string(key.id)),
      ("name", .string(key.name)),
      ("redacted_value", .string(key.life.redactedValue)),
      ("created_at", .seconds(key.life.createdAt)),
      ("expires_at", .seconds(key.life.expiresAt)),
      ("last_used_at", .seconds(key.life.lastUsedAt)),
      (
        "owner",
        [
          "type": "user", "object": "organization.user", "id": .string(key.ownerID),
          "name": .optional(owner?.name), "created_at": .seconds(owner?.addedAt),
          "role": "owner",
        ]
      ),
    ]
  }
}

extension JSONBody {
  /// A moment as the API writes it, in whole seconds.
  static func seconds(_ moment: Timestamp?) -> JSONBody {
    moment.map { .integer(Int($0.unixSeconds)) } ?? .null
  }
}
