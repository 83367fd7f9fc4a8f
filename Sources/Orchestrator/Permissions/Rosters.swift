import Foundation
import NIOCore
import Wire
import Worlds

/// Who is in a conversation now, asked of the platform for every message.
struct Rosters: Sendable {
  /// The roster could not be had whole: nobody knows who reads along.
  struct Unavailable: Error {}

  struct Member: Hashable, Sendable {
    /// The directory's id; nil for those whom the customer's directory does not answer for.
    var person: String?
    /// The platform's id.
    var account: String
  }

  private let googleChat: Endpoint?
  private let calls: PlatformCalls
  private let mostMembers: Int

  init(
    _ configuration: OrchestratorConfiguration,
    calls: PlatformCalls
  ) throws(ConfigurationFault) {
    googleChat =
      if let settings = configuration.googleChat {
        try Endpoint(settings.apiBase, setting: "googleChat.apiBase")
      } else {
        nil
      }
    self.calls = calls
    mostMembers = configuration.limits.rosterMembers
  }

  /// All people in the message's conversation, in the platform's order.
  ///
  /// - Throws: `Unavailable`, or what ends the task.
  func members(
    around message: ReceivedMessage,
    in tenant: OrchestratorConfiguration.Tenant
  ) async throws -> [Member] {
    do {
      switch message.platform {
      case .teams: return try await teamsMembers(message, tenant)
      case .googleChat: return try await googleMembers(message, tenant)
      }
    } catch let error where error.endsTheRun {
      throw error
    } catch {
      throw Unavailable()
    }
  }

  private func teamsMembers(
    _ message: ReceivedMessage,
    _ tenant: OrchestratorConfiguration.Tenant
  ) async throws -> [Member] {
    guard let service = Endpoint(message.address) else { throw Unavailable() }
    let path = "/v3/conversations/\(message.conversation.percentEncoded)/pagedmembers?pageSize=200"
    return try await pages { token in
      let body = try await calls.get(
        path + (token.map { "&continuationToken=\($0.percentEncoded)" } ?? ""),
        at: service,
        as: .teamsConnector,
        named: "\(message.exchange)/roster"
      )
      let page = try JSONDecoder().decode(
        BotFramework.PagedMembers.self,
        from: Data(body.readableBytesView)
      )
      let people = page.members.filter { !$0.id.hasPrefix("28:") }
      return (people.map { Self.member($0, in: tenant) }, page.continuationToken)
    }
  }

  private static func member(
    _ member: BotFramework.Member,
    in tenant: OrchestratorConfiguration.Tenant
  ) -> Member {
    let isOurs = member.tenantId == nil || member.tenantId == tenant.teamsTenantID
    // A guest has an account in the customer's directory as well, and it may have ended.
    let isKnown = isOurs && member.userRole?.lowercased() != "anonymous"
    return Member(person: isKnown ? member.directoryID : nil, account: member.id)
  }

  private func googleMembers(
    _ message: ReceivedMessage,
    _ tenant: OrchestratorConfiguration.Tenant
  ) async throws -> [Member] {
    guard let googleChat else { throw Unavailable() }
    return try await pages { token in
      let body = try await calls.get(
        "/v1/\(message.address)/members?pageSize=100"
          + (token.map { "&pageToken=\($0.percentEncoded)" } ?? ""),
        at: googleChat,
        as: .googleChat,
        named: "\(message.exchange)/roster"
      )
      let page = try JSONDecoder().decode(
        GoogleChat.MembershipList.self,
        from: Data(body.readableBytesView)
      )
      let memberships = (page.memberships ?? []).filter {
        $0.member?.type != "BOT" && $0.state != "NOT_A_MEMBER"
      }
      return (memberships.map { Self.member($0, in: tenant) }, page.nextPageToken)
    }
  }

  private static func member(
    _ membership: GoogleChat.Membership,
    in tenant: OrchestratorConfiguration.Tenant
  ) -> Member {
    // A membership without a person is that of a whole group: nobody knows who is in it.
    guard let user = membership.member, user.name.hasPrefix("users/"),
      user.domainId == nil || user.domainId == tenant.googleDomainID
    else { return Member(person: nil, account: membership.member?.name ?? membership.name) }
    return Member(person: String(user.name.dropFirst("users/".count)), account: user.name)
  }

  private func pages(
    _ page: (String?) async throws -> (members: [Member], next: String?)
  ) async throws -> [Member] {
    var members: [Member] = []
    var token: String?
    var pagesRead = 0
    repeat {
      let (more, next) = try await page(token)
      members += more
      pagesRead += 1
      guard members.count <= mostMembers, pagesRead <= 100 else { throw Unavailable() }
      token = next.flatMap { $0.isEmpty ? nil : $0 }
    } while token != nil
    return members
  }
}
