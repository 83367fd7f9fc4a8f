package import Secrets
package import Worlds

/// Who chats with the vendor's bot, and where: customers, people and conversations before
/// anything happens. Ids of people and conversations are unique over all tenants.
package struct ChatWorldDescription: Sendable {
  package var bot: Bot
  package var vendor: Vendor
  package var tenants: [Tenant]
  package var people: [Person]
  /// Groups and channels. A personal conversation of every person is added where none is named.
  package var conversations: [Conversation]

  package init(
    bot: Bot,
    vendor: Vendor = Vendor(),
    tenants: [Tenant],
    people: [Person],
    conversations: [Conversation] = []
  ) {
    self.bot = bot
    self.vendor = vendor
    self.tenants = tenants
    self.people = people
    self.conversations = conversations
  }

  /// The vendor's bot as the platforms have it registered.
  package struct Bot: Sendable {
    package var name: String
    package var teamsAppID: String
    package var teamsAppSecret: Secret
    /// The project number of the Chat app, which is the audience of its events' tokens.
    package var googleAudience: String
    package var googleServiceAccountEmail: String
    /// What the Chat app's console lists as its commands.
    package var commands: [String] = ["/help", "/forget"]

    package init(
      name: String = "Helper",
      teamsAppID: String,
      teamsAppSecret: Secret,
      googleAudience: String,
      googleServiceAccountEmail: String
    ) {
      self.name = name
      self.teamsAppID = teamsAppID
      self.teamsAppSecret = teamsAppSecret
      self.googleAudience = googleAudience
      self.googleServiceAccountEmail = googleServiceAccountEmail
    }
  }

  /// Where the bot listens.
  package struct Vendor: Sendable {
    package var host: String
    package var teamsPath: String
    package var googleChatPath: String

    package init(
      host: String = "assistant.vendor.example",
      teamsPath: String = "/api/messages",
      googleChatPath: String = "/api/google-chat"
    ) {
      self.host = host
      self.teamsPath = teamsPath
      self.googleChatPath = googleChatPath
    }
  }

  package enum Platform: String, Sendable, CaseIterable {
    case teams
    case googleChat = "google-chat"
  }

  package struct Tenant: Sendable, Equatable {
    package var id: String
    /// The GUID of the customer in Microsoft Entra.
    package var teamsTenantID: String
    /// The customer's id in Google Workspace, `C0…`; events carry it as `domainId`.
    package var googleDomainID: String
    /// Ids in Entra of the groups that hold a department's people, by department.
    package var groupIDs: [String: String] = [:]

    package init(id: String, teamsTenantID: String, googleDomainID: String) {
      self.id = id
      self.teamsTenantID = teamsTenantID
      self.googleDomainID = googleDomainID
    }

    /// A tenant whose platform ids follow from its name and the seed.
    package init(id: String, departments: [String] = [], derivedFrom randomness: Randomness) {
      var generator = randomness.generator("chat/tenant/\(id)")
      self.id = id
      teamsTenantID = generator.guid()
      googleDomainID = "C0" + generator.hex(7)
      for department in departments {
        var generator = randomness.generator("chat/tenant/\(id)/group/\(department)")
        groupIDs[department] = generator.guid()
      }
    }

    /// What the directories call the groups of a department: Entra by id, Google by address.
    package func groups(of department: String) -> [String] {
      [groupIDs[department], groupAddress(of: department)].compactMap { $0 }
    }

    func groupAddress(of department: String) -> String { "\(department)@\(domain)" }

    /// The domain of the customer's addresses.
    package var domain: String { "\(id).example" }
  }

  package struct Person: Sendable, Equatable {
    package var id: String
    package var name: String
    package var tenant: String
    /// Nobody's where `isGuest`.
    package var department: String
    package var platform: Platform
    /// Somebody from outside in the customer's conversations: the directory has no department.
    package var isGuest: Bool

    package init(
      id: String,
      name: String,
      tenant: String,
      department: String,
      platform: Platform,
      isGuest: Bool = false
    ) {
      self.isGuest = isGuest
      self.id = id
      self.name = name
      self.tenant = tenant
      self.department = department
      self.platform = platform
    }

    /// The id of the personal conversation that is added for this person.
    package var personalConversationID: String { "personal-\(id)" }
  }

  package struct Conversation: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
      case personal
      case group
      case channel
    }

    package var id: String
    package var tenant: String
    package var platform: Platform
    package var kind: Kind
    /// Ids of people; someone from another tenant is a guest.
    package var members: [String]

    package init(
      id: String,
      tenant: String,
      platform: Platform,
      kind: Kind,
      members: [String]
    ) {
      self.id = id
      self.tenant = tenant
      self.platform = platform
      self.kind = kind
      self.members = members
    }
  }
}

extension SeededGenerator {
  /// Eight, four, four, four and twelve hexadecimal digits, as version 4 has them.
  mutating func guid() -> String {
    "\(hex(8))-\(hex(4))-4\(hex(3))-a\(hex(3))-\(hex(12))"
  }

  /// `count` decimal digits, the first of which is not zero.
  mutating func digits(_ count: Int) -> String {
    var text = String(1 + below(9))
    for _ in 1..<count { text.append(String(below(10))) }
    return text
  }
}
