package import Worlds

/// Both platforms, the directories and the token endpoints over one description.
package struct ChatWorld: Sendable {
  package let population: ChatPopulation
  package let accessTokens: AccessTokens
  package let directory: Directory
  package let teams: TeamsPlatform
  package let googleChat: GoogleChatPlatform

  package init(
    _ description: ChatWorldDescription,
    keys: IssuerKeys,
    clock: any WorldClock,
    randomness: Randomness,
    transport: any HTTPTransport,
    teamsPolicy: DeliveryPolicy = .teams,
    googleChatPolicy: DeliveryPolicy = .googleChat,
    observe: @escaping ChatObserver
  ) {
    population = ChatPopulation(description, randomness: randomness)
    accessTokens = AccessTokens(
      description: description,
      keys: keys,
      clock: clock,
      randomness: randomness,
      observe: observe
    )
    directory = Directory(
      description: description,
      population: population,
      accessTokens: accessTokens,
      observe: observe
    )
    let parts = PlatformParts(
      description: description,
      population: population,
      keys: keys,
      accessTokens: accessTokens,
      clock: clock,
      randomness: randomness,
      transport: transport,
      observe: observe
    )
    teams = TeamsPlatform(parts, policy: teamsPolicy)
    googleChat = GoogleChatPlatform(parts, policy: googleChatPolicy)
  }

  /// Everything that answers, by host name.
  package var hosts: [String: Responder] {
    [accessTokens.hosts, directory.hosts, teams.hosts, googleChat.hosts]
      .reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }
  }
}
