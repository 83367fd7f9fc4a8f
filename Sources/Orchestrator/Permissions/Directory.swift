import NIOCore
import Wire
import Worlds

/// Who belongs to which department, asked of the customer's directory for every message: a person
/// who has moved must not be served by yesterday's answer.
struct Directory: Sendable {
  /// The directory gave no answer: nothing is known, so nothing may be shown.
  struct Unavailable: Error {}

  let graph: Endpoint
  let google: Endpoint
  let calls: PlatformCalls

  /// Nobody is in so many groups that more pages than this were needed.
  static let mostPages = 100

  init(
    _ settings: OrchestratorConfiguration.Directory,
    calls: PlatformCalls
  ) throws(ConfigurationFault) {
    graph = try Endpoint(settings.graphBase, setting: "directory.graphBase")
    google = try Endpoint(settings.googleBase, setting: "directory.googleBase")
    self.calls = calls
  }

  /// - Throws: `Unavailable`, or what ends the task.
  func standing(
    of person: String,
    on platform: ReceivedMessage.Platform,
    in tenant: OrchestratorConfiguration.Tenant,
    named name: String
  ) async throws -> Standing {
    guard !person.isEmpty else { return .unknown }
    let name = "\(name)/directory/\(person)"
    do {
      switch platform {
      case .teams: return try await microsoftStanding(of: person, in: tenant, named: name)
      case .googleChat: return try await googleStanding(of: person, in: tenant, named: name)
      }
    } catch PlatformCalls.Failure.refused(status: 404) {
      return .unknown
    } catch let error where error.endsTheRun {
      throw error
    } catch {
      throw Unavailable()
    }
  }
}
