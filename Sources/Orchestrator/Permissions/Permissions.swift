import Worlds

/// What a message may draw on: what its asker may see, and in a group only what all may see.
struct Permissions: Sendable {
  struct Access: Hashable, Sendable {
    /// Sorted.
    var bases: [String]
    /// Everyone who reads the answer, sorted; nil when that could not be found out.
    var audience: [String]?
  }

  enum Failure: Error {
    /// The directory does not know the asker, or names a department that is not set up.
    case notAllowed
    /// The asker's account has ended.
    case deactivated
    case directoryUnavailable
  }

  private let directory: Directory
  private let rosters: Rosters

  init(
    _ configuration: OrchestratorConfiguration,
    calls: PlatformCalls
  ) throws(ConfigurationFault) {
    directory = try Directory(configuration.directory, calls: calls)
    rosters = try Rosters(configuration, calls: calls)
  }

  /// - Throws: `Failure`, or what ends the task.
  func access(
    of message: ReceivedMessage,
    in tenant: OrchestratorConfiguration.Tenant
  ) async throws -> Access {
    let own = try await bases(ofAsker: message, in: tenant)
    guard message.isGroup else {
      return Access(bases: own.sorted(), audience: [message.person])
    }
    do {
      return try await access(ofGroupAround: message, asker: own, in: tenant)
    } catch let error where error.endsTheRun {
      throw error
    } catch {
      return Access(bases: [], audience: nil)
    }
  }

  /// What the asker may see, whoever else is there.
  ///
  /// - Throws: `Failure`, or what ends the task.
  @discardableResult
  func bases(
    ofAsker message: ReceivedMessage,
    in tenant: OrchestratorConfiguration.Tenant
  ) async throws -> Set<String> {
    let standing: Standing
    do {
      standing = try await directory.standing(
        of: message.person,
        on: message.platform,
        in: tenant,
        named: message.exchange
      )
    } catch is Directory.Unavailable {
      throw Failure.directoryUnavailable
    }
    guard standing != .deactivated else { throw Failure.deactivated }
    guard let own = tenant.bases(ofAskerWith: standing) else { throw Failure.notAllowed }
    return own
  }

  private func access(
    ofGroupAround message: ReceivedMessage,
    asker own: Set<String>,
    in tenant: OrchestratorConfiguration.Tenant
  ) async throws -> Access {
    let members = try await rosters.members(around: message, in: tenant)
    let audience = Set(members.map { $0.person ?? $0.account }).union([message.person])
    let others = Set(members.compactMap(\.person)).subtracting([message.person]).sorted()
    var shared = own
    if members.contains(where: { $0.person == nil }) {
      shared.formIntersection(tenant.publicKnowledge)
    }
    // Whoever may see nothing settles it: no need to ask for the rest.
    var position = 0
    while position < others.count, !shared.isEmpty {
      let batch = others[position..<min(position + 8, others.count)]
      position += batch.count
      for bases in try await bases(of: Array(batch), around: message, in: tenant) {
        shared.formIntersection(bases)
      }
    }
    return Access(bases: shared.sorted(), audience: audience.sorted())
  }

  private func bases(
    of people: [String],
    around message: ReceivedMessage,
    in tenant: OrchestratorConfiguration.Tenant
  ) async throws -> [Set<String>] {
    try await withThrowingTaskGroup(of: Set<String>.self) { group in
      for person in people {
        group.addTask {
          let standing = try await directory.standing(
            of: person,
            on: message.platform,
            in: tenant,
            named: message.exchange
          )
          return tenant.bases(ofReaderWith: standing)
        }
      }
      var all: [Set<String>] = []
      for try await bases in group { all.append(bases) }
      return all
    }
  }
}
