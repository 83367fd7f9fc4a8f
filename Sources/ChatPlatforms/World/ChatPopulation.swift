package import Worlds

/// A person with the ids that the platforms and directories know them by.
package struct ChatIdentity: Sendable, Equatable {
  package var person: ChatWorldDescription.Person
  package var tenant: ChatWorldDescription.Tenant
  /// In Microsoft Entra and Graph.
  package var objectID: String
  /// In Teams: `29:…`.
  package var teamsID: String
  /// In Google Chat and the Workspace directory, without `users/`.
  package var googleID: String
  package var email: String

  /// Absent for people from outside.
  var googleDomainID: String? { person.isGuest ? nil : tenant.googleDomainID }
}

/// A conversation with the id that its platform knows it by.
package struct ChatPlace: Sendable, Equatable {
  package var conversation: ChatWorldDescription.Conversation
  package var tenant: ChatWorldDescription.Tenant
  /// `a:…` and `19:…` in Teams, `spaces/…` in Google Chat.
  package var wireID: String
}

/// The people and conversations of a world under all their ids. Every id follows from the seed
/// and the name alone, so that one person more changes nobody else's.
package struct ChatPopulation: Sendable {
  package let people: [String: ChatIdentity]
  package let places: [String: ChatPlace]
  private let personByObjectID: [String: String]
  private let personByTeamsID: [String: String]
  private let personByGoogleKey: [String: String]
  private let placeByWireID: [String: String]
  private let memberships: Memberships

  /// People and conversations of tenants that the description does not have are left out.
  package init(_ description: ChatWorldDescription, randomness: Randomness) {
    let tenants = Dictionary(description.tenants.map { ($0.id, $0) }) { first, _ in first }
    var people: [String: ChatIdentity] = [:]
    var places: [String: ChatPlace] = [:]
    for person in description.people {
      guard let tenant = tenants[person.tenant] else { continue }
      people[person.id] = Self.identity(of: person, in: tenant, randomness)
    }
    let personal = description.people
      .map { person in
        ChatWorldDescription.Conversation(
          id: person.personalConversationID,
          tenant: person.tenant,
          platform: person.platform,
          kind: .personal,
          members: [person.id]
        )
      }
    for conversation in personal + description.conversations {
      guard let tenant = tenants[conversation.tenant] else { continue }
      places[conversation.id] = ChatPlace(
        conversation: conversation,
        tenant: tenant,
        wireID: Self.wireID(of: conversation, randomness)
      )
    }
    self.people = people
    self.places = places
    memberships = Memberships(places.mapValues(\.conversation.members))
    personByObjectID = Self.index(people) { [$0.objectID, $0.email] }
    personByTeamsID = Self.index(people) { [$0.teamsID] }
    personByGoogleKey = Self.index(people) { [$0.googleID, $0.email] }
    placeByWireID = Self.index(places) { [Self.root($0.wireID)] }
  }

  /// By object id or user principal name.
  package func person(objectID: String) -> ChatIdentity? {
    personByObjectID[objectID].flatMap { people[$0] }
  }

  package func person(teamsID: String) -> ChatIdentity? {
    personByTeamsID[teamsID].flatMap { people[$0] }
  }

  /// By the directory's id or the primary address.
  package func person(googleKey: String) -> ChatIdentity? {
    personByGoogleKey[googleKey].flatMap { people[$0] }
  }

  /// By the platform's id. Threads of a channel belong to the channel.
  package func place(wireID: String) -> ChatPlace? {
    placeByWireID[Self.root(wireID)].flatMap { places[$0] }
  }

  /// Where `person` writes: the conversation named, else the personal one.
  package func place(for person: ChatIdentity, in conversation: String?) -> ChatPlace? {
    places[conversation ?? person.person.personalConversationID]
  }

  /// Those who are in it now.
  package func members(of place: ChatPlace) -> [ChatIdentity] {
    memberships.members(of: place.conversation.id).compactMap { people[$0] }
  }

  /// From now on a person is in a conversation, or is not.
  package func setMember(_ person: String, of conversation: String, _ isMember: Bool) {
    memberships.set(person, of: conversation, isMember)
  }

  private static func identity(
    of person: ChatWorldDescription.Person,
    in tenant: ChatWorldDescription.Tenant,
    _ randomness: Randomness
  ) -> ChatIdentity {
    var generator = randomness.generator("chat/person/\(person.id)")
    return ChatIdentity(
      person: person,
      tenant: tenant,
      objectID: generator.guid(),
      teamsID: "29:1" + generator.alphanumerics(40),
      googleID: "1001" + generator.digits(17),
      email: "\(person.id)@\(tenant.domain)"
    )
  }

  private static func wireID(
    of conversation: ChatWorldDescription.Conversation,
    _ randomness: Randomness
  ) -> String {
    var generator = randomness.generator("chat/conversation/\(conversation.id)")
    switch (conversation.platform, conversation.kind) {
    case (.googleChat, _): return "spaces/" + generator.alphanumerics(11)
    case (.teams, .personal): return "a:1" + generator.alphanumerics(40)
    case (.teams, .group): return "19:\(generator.hex(32))@thread.v2"
    case (.teams, .channel):
      // The bot is spoken to in one thread of the channel, named by its root message.
      return "19:\(generator.hex(32))@thread.tacv2;messageid=17\(generator.digits(11))"
    }
  }

  private static func root(_ wireID: String) -> String {
    wireID.firstIndex(of: ";").map { String(wireID[..<$0]) } ?? wireID
  }

  private static func index<Value>(
    _ values: [String: Value],
    by keys: (Value) -> [String]
  ) -> [String: String] {
    var index: [String: String] = [:]
    for (id, value) in values {
      for key in keys(value) { index[key] = id }
    }
    return index
  }
}
