import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Secrets
import Wire
import Worlds

/// The dashboard's accounts in the admin API: with its token the first account is made.
struct AdminAccounts: Sendable {
  let accounts: Accounts
  let audit: AuditLog

  private struct Listing: Encodable {
    var accounts: [Accounts.Account]
  }

  @Sendable
  func list(_: Request, _: ServerContext, _ tenant: String) throws -> Response {
    try .json(Listing(accounts: try accounts.all(of: tenant)))
  }

  /// `{"role": "admin", "password": "..."}`
  @Sendable
  func set(
    _ request: Request,
    _ context: ServerContext,
    _ tenant: String
  ) async throws -> Response {
    let body = try await request.body.collect(upTo: 1 << 12)
    var role: Accounts.Role?
    var password: String?
    do {
      var reader = JSONReader(body.bytes)
      try reader.readObject { name, reader in
        switch name {
        case "role": role = Accounts.Role(rawValue: try reader.readString())
        case "password": password = try reader.readString()
        default: try reader.skipValue()
        }
      }
      try reader.finish()
    } catch {
      return Self.malformed
    }
    guard let role, let password else { return Self.malformed }
    let account = Accounts.Account(name: Self.name(context), role: role)
    do {
      try accounts.set(account, password: Secret(password), of: tenant)
    } catch Accounts.Refusal.badName {
      return .failure(.badRequest, "bad_name", "This cannot be an account's name.")
    } catch Accounts.Refusal.weakPassword {
      return .failure(.badRequest, "weak_password", "A password has 12 to 200 bytes.")
    }
    let detail = "\(account.name), \(role.rawValue)"
    try audit.note(.accountSet, detail, of: tenant, by: AuditLog.apiActor)
    return try .json(account)
  }

  @Sendable
  func remove(_: Request, _ context: ServerContext, _ tenant: String) throws -> Response {
    let name = Self.name(context)
    guard try accounts.remove(name, of: tenant) else {
      return .failure(.notFound, "unknown_account", "There is no such account.")
    }
    try audit.note(.accountRemoved, name, of: tenant, by: AuditLog.apiActor)
    return Response(status: .noContent)
  }

  private static func name(_ context: ServerContext) -> String {
    context.parameters.get("account")?.removingPercentEncoding ?? ""
  }

  private static var malformed: Response {
    .failure(
      .badRequest,
      "bad_request",
      "The body must be {'role': 'admin' or 'engineer', 'password': '...'}."
    )
  }
}
