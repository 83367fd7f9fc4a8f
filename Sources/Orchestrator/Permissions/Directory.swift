import Foundation
import NIOCore
import Wire
import Worlds

/// Who belongs to which department, asked of the customer's directory for every message: a person
/// who has moved must not be served by yesterday's answer.
struct Directory: Sendable {
  /// The directory gave no answer: nothing is known, so nothing may be shown.
  struct Unavailable: Error {}

  private let graph: Endpoint
  private let google: Endpoint
  private let calls: PlatformCalls

  init(
    _ settings: OrchestratorConfiguration.Directory,
    calls: PlatformCalls
  ) throws(ConfigurationFault) {
    graph = try Endpoint(settings.graphBase, setting: "directory.graphBase")
    google = try Endpoint(settings.googleBase, setting: "directory.googleBase")
    self.calls = calls
  }

  /// Nil for a person whom the customer's directory does not know, or who is barred or in no
  /// department.
  ///
  /// - Throws: `Unavailable`, or what ends the task.
  func department(
    of person: String,
    on platform: ReceivedMessage.Platform,
    in tenant: OrchestratorConfiguration.Tenant,
    named name: String
  ) async throws -> String? {
    guard !person.isEmpty else { return nil }
    do {
      switch platform {
      case .teams: return try await microsoftDepartment(of: person, in: tenant, named: name)
      case .googleChat: return try await googleDepartment(of: person, in: tenant, named: name)
      }
    } catch PlatformCalls.Failure.refused(status: 404) {
      return nil
    } catch let error where error.endsTheRun {
      throw error
    } catch {
      throw Unavailable()
    }
  }

  private func microsoftDepartment(
    of person: String,
    in tenant: OrchestratorConfiguration.Tenant,
    named name: String
  ) async throws -> String? {
    guard let entraTenant = tenant.teamsTenantID else { return nil }
    let body = try await calls.get(
      "/v1.0/users/\(person.percentEncoded)?$select=id,department,accountEnabled",
      at: graph,
      as: .graph(entraTenant: entraTenant),
      named: "\(name)/directory/\(person)"
    )
    var reader = JSONReader(body.bytes)
    var department: String?
    var isEnabled = true
    try reader.readObject { name, reader in
      switch (name, try reader.nextKind()) {
      case ("department", .string): department = try reader.readString()
      case ("accountEnabled", .boolean): isEnabled = try reader.readBool()
      default: try reader.skipValue()
      }
    }
    return isEnabled ? department : nil
  }

  private func googleDepartment(
    of person: String,
    in tenant: OrchestratorConfiguration.Tenant,
    named name: String
  ) async throws -> String? {
    let body = try await calls.get(
      "/admin/directory/v1/users/\(person.percentEncoded)?projection=full",
      at: google,
      as: .googleDirectory(subject: tenant.googleDirectoryAdmin),
      named: "\(name)/directory/\(person)"
    )
    let user = try GoogleDirectory.User(json: body.bytes)
    // One directory service may answer for several customers.
    if let customer = user.customerId, customer != tenant.googleDomainID { return nil }
    return user.suspended == true ? nil : user.department
  }
}
