import Providers
import Secrets
import Worlds

/// Makes a mock OpenAI, with its accounts, of what the command line and the file say.
struct MockOpenAISetup {
  let mock: OpenAIMock
  /// What the person who started it needs to know.
  private(set) var organizationID = ""
  private(set) var projectID = ""
  private(set) var keys: [IssuedKey] = []
  private(set) var adminKeys: [Secret] = []

  /// - Parameter given: values of keys that the command line names.
  /// - Throws: `ProviderAccountError` for a value that is there twice.
  init(
    _ configuration: MockConfiguration,
    keys given: [String],
    session: MockSession
  ) throws {
    mock = OpenAIMock(
      host: session.options.host,
      speed: configuration.common.speed,
      settings: configuration.settings,
      ledger: session.books.ledger,
      lastOrder: try session.books.ledger.lastOrder(),
      clock: session.clock,
      randomness: session.randomness,
      observe: { _ in }
    )
    if let behaviour = configuration.common.behaviour { mock.behaviour = behaviour }
    if configuration.organizations.isEmpty {
      let keys = given.isEmpty ? [MockConfiguration.Key(name: "default")] : []
      try add(
        MockConfiguration.Organization(
          name: "Mock organization",
          projects: [.init(name: "Default project", keys: keys)]
        ),
        clock: session.clock
      )
    }
    for organization in configuration.organizations {
      try add(organization, clock: session.clock)
    }
    if projectID.isEmpty {
      projectID = try mock.createProject("Default project", organization: organizationID)
    }
    for (number, value) in given.enumerated() {
      let key = try mock.createKey(
        "key \(number + 1)",
        project: projectID,
        value: Secret(value)
      )
      keys.insert(key, at: number)
    }
  }

  private mutating func add(
    _ organization: MockConfiguration.Organization,
    clock: any WorldClock
  ) throws {
    let id = try mock.createOrganization(organization.name)
    if organizationID.isEmpty { organizationID = id }
    for key in organization.adminKeys ?? [.init(name: "default")] {
      let made = try mock.createAdminKey(key.name, organization: id, value: key.value?.value)
      adminKeys.append(made.secret)
    }
    for project in organization.projects ?? [] {
      let project = (try mock.createProject(project.name, organization: id), project.keys ?? [])
      if projectID.isEmpty { projectID = project.0 }
      for key in project.1 {
        let made = try mock.createKey(
          key.name,
          project: project.0,
          value: key.value?.value,
          expiresAt: key.expiresIn.map { clock.now + $0.value },
          restriction: KeyRestriction(scopes: key.scopes ?? [], endpoints: key.endpoints ?? [])
        )
        if key.disabled ?? false { try mock.disableKey(id: made.id) }
        keys.append(made)
      }
    }
  }
}
