import ChatPlatforms
import Crypto
import Evidence
import Foundation
import Orchestrator
import ScenarioFiles
import Secrets
import Worlds

/// Everything that a world description becomes before the story begins: the same customers as the
/// chat platforms, the vendor's operator and the checkers each need them.
struct Cast: Sendable {
  static let vendorHost = "assistant.vendor.example"
  static let providerHost = "api.openai.com"
  /// Beside the storage of the vendor's instances, by which the vendor is told of it: what
  /// engineers see of its configuration must not depend on where the harness keeps a story's disks.
  static let masterKeyFile = "master.key"

  let chat: ChatWorldDescription
  let configuration: OrchestratorConfiguration
  let secrets: OrchestratorSecrets
  let custody: CustodyCast
  let facts: Facts
  /// OpenAI's, and those of the customers' Azure resources.
  let providerHosts: [String]
  let documents: [PlantedDocument]
  let adminTokens: [String: Secret]
  let platforms: [String: Platform]
  let tenantOfPerson: [String: String]
  let tenantOfConversation: [String: String]

  /// A document with its canary in its title and in every paragraph, so that neither a chunk nor a
  /// mention is without one.
  struct PlantedDocument: Sendable {
    var tenant: String
    var knowledge: String
    var name: String
    var text: String
    var canary: Canary
  }

  init(
    scenario: Scenario,
    run: RunSettings,
    kind: WorldKind,
    vendor: String,
    keys: IssuerKeys,
    randomness: Randomness
  ) {
    let world = scenario.world
    let bot = ChatWorldDescription.Bot(
      teamsAppID: "c0ffee00-0000-4000-8000-000000000001",
      teamsAppSecret: Secret("mock-app-secret-" + randomness.text("bot-secret", 40)),
      googleAudience: "104200000001",
      googleServiceAccountEmail: "assistant@vendor-project.iam.gserviceaccount.com"
    )
    chat = Self.chat(world, bot: bot, randomness: randomness)
    adminTokens = Dictionary(
      uniqueKeysWithValues: world.tenants.map {
        ($0.id, Secret("mock-admin-" + randomness.text("admin/\($0.id)", 40)))
      }
    )
    custody = CustodyCast(world.secretManager, randomness: randomness)
    configuration = Self.configuration(
      world,
      chat: chat,
      population: ChatPopulation(chat, randomness: randomness.scoped(Stage.chatRandomness)),
      adminTokens: adminTokens,
      custody: custody
    )
    var secrets = OrchestratorSecrets(
      teamsAppSecret: bot.teamsAppSecret,
      googleServiceAccountKeyPEM: keys.serviceAccountPrivateKey,
      googleServiceAccountKeyID: IssuerKeys.serviceAccountKeyID
    )
    custody.addCredentials(to: &secrets)
    self.secrets = secrets
    documents = Self.documents(of: world, run: run, randomness: randomness)
    let people = world.tenants.flatMap { tenant in tenant.people.map { ($0, tenant.id) } }
    platforms = Dictionary(
      people.map { ($0.0.id, $0.0.platform.evidence) },
      uniquingKeysWith: { first, _ in first }
    )
    tenantOfPerson = Dictionary(
      people.map { ($0.0.id, $0.1) },
      uniquingKeysWith: { first, _ in first }
    )
    facts = Self.facts(scenario, run: run, kind: kind, vendor: vendor, custody: custody)
    providerHosts = facts.hosts.filter { $0.role == .provider }.map(\.name)
    tenantOfConversation = Dictionary(
      facts.conversations.map { ($0.id, $0.tenant) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  private static func documents(
    of world: WorldDescription,
    run: RunSettings,
    randomness: Randomness
  ) -> [PlantedDocument] {
    let planted = world.tenants.flatMap { tenant in
      tenant.knowledge.flatMap { base in
        base.documents.map {
          PlantedDocument($0, in: base.id, of: tenant.id, randomness: randomness)
        }
      }
    }
    guard let variation = run.pair?.variation else { return planted }
    return planted.compactMap { variation.document($0) }
  }

  private static func chat(
    _ world: WorldDescription,
    bot: ChatWorldDescription.Bot,
    randomness: Randomness
  ) -> ChatWorldDescription {
    ChatWorldDescription(
      bot: bot,
      vendor: .init(host: vendorHost),
      tenants: world.tenants.map {
        .init(id: $0.id, departments: $0.departments.map(\.id), derivedFrom: randomness)
      },
      people: world.tenants.flatMap { tenant in
        tenant.people.map {
          .init(
            id: $0.id,
            name: $0.name,
            tenant: tenant.id,
            department: $0.department,
            platform: $0.platform.chat,
            isGuest: $0.isGuest
          )
        }
      },
      conversations: world.tenants.flatMap { tenant in
        tenant.conversations.map {
          .init(
            id: $0.id,
            tenant: tenant.id,
            platform: $0.platform.chat,
            kind: $0.kind == .group ? .group : .channel,
            members: $0.members
          )
        }
      }
    )
  }

  private static func configuration(
    _ world: WorldDescription,
    chat: ChatWorldDescription,
    population: ChatPopulation,
    adminTokens: [String: Secret],
    custody: CustodyCast
  ) -> OrchestratorConfiguration {
    let bot = chat.bot
    let tenants = zip(world.tenants, chat.tenants).map { tenant, ids in
      var customer = OrchestratorConfiguration.Tenant(
        id: tenant.id,
        name: tenant.name,
        teamsTenantID: ids.teamsTenantID,
        googleDomainID: ids.googleDomainID,
        googleDirectoryAdmin: "admin@\(ids.domain)",
        adminTokenSHA256: adminTokens[tenant.id]?.sha256 ?? "",
        departments: tenant.departments.map { department in
          .init(
            id: department.id,
            knowledge: department.knowledge,
            groups: tenant.departmentsAreGroups
              ? ids.groups(of: department.id) : []
          )
        },
        publicKnowledge: tenant.guestKnowledge,
        departmentsFrom: tenant.departmentsAreGroups ? .groups : .property,
        replies: tenant.streamsReplies ? .streamed : .whole,
        deployment: tenant.deployment.product,
        modelServer: tenant.deployment == .selfHosted
          ? "https://\(modelServerHost(of: tenant.id))/v1" : nil
      )
      customer.isSubscribed = tenant.isSubscribed
      customer.keepsConversations = !tenant.forbidsQueryLogging
      customer.rejectedKey = tenant.rejectedKey.product(population)
      customer.tokensChargedBy = tenant.paysTokensBySeat ? .seat : .usage
      return customer
    }
    var limits = OrchestratorConfiguration.Limits()
    limits.messagesPerMinutePerTenant = world.questionsAMinute
    var configuration = OrchestratorConfiguration(
      publicHost: vendorHost,
      teams: .init(appID: bot.teamsAppID),
      googleChat: .init(
        audience: bot.googleAudience,
        serviceAccountEmail: bot.googleServiceAccountEmail
      ),
      tenants: tenants,
      masterKeyFile: "../\(masterKeyFile)",
      custody: custody.configuration,
      limits: limits
    )
    // The least that there is: nobody guesses passwords here, and a hash costs real time.
    configuration.dashboard.passwordCost = 10
    return configuration
  }

  /// Groups and channels, and everybody's conversation with the assistant alone.
  private static func conversations(
    of tenant: WorldDescription.Tenant
  ) -> [Facts.Conversation] {
    tenant.conversations.map {
      .init(
        id: $0.id,
        tenant: tenant.id,
        platform: $0.platform.evidence,
        kind: $0.kind == .group ? .group : .channel,
        members: $0.members
      )
    }
      + tenant.people.map {
        .init(
          id: "personal-\($0.id)",
          tenant: tenant.id,
          platform: $0.platform.evidence,
          kind: .personal,
          members: [$0.id]
        )
      }
  }

  private static func facts(
    _ scenario: Scenario,
    run: RunSettings,
    kind: WorldKind,
    vendor: String,
    custody: CustodyCast
  ) -> Facts {
    let tenants = scenario.world.tenants
    var facts = Facts(
      scenario: scenario.file,
      world: kind,
      seed: RunSettings.mixed(run.seed, with: run.challenge),
      vendor: vendor,
      startedAt: scenario.world.startsAt,
      tenants: tenants.map { tenant in
        .init(
          id: tenant.id,
          providerHosts: tenant.providerHosts,
          deployment: tenant.deployment.claim,
          secretManager: custody.watched,
          contracts: tenant.forbidsQueryLogging ? ["no-query-logging"] : nil,
          rejectedKey: tenant.rejectedKey.fact,
          seatTokensCents: tenant.paysTokensBySeat
            ? OrchestratorConfiguration.Pricing().seatTokensCents : nil
        )
      },
      people: tenants.flatMap { tenant in
        tenant.people.map {
          .init(
            id: $0.id,
            tenant: tenant.id,
            department: $0.department,
            platform: $0.platform.evidence
          )
        }
      },
      conversations: tenants.flatMap(conversations),
      knowledge: tenants.flatMap { tenant in
        tenant.knowledge.map { base in
          .init(
            id: base.id,
            tenant: tenant.id,
            departments: tenant.readers(of: base.id)
          )
        }
      },
      hosts: hosts(scenario.world)
        + custody.hosts.map {
          .init(name: $0, role: .secretManager, zone: vendorZone(scenario.world))
        },
      terms: terms,
      inputs: scenario.inputs.map(Facts.Input.init),
      checks: Facts.Check.all(of: scenario)
    )
    if !scenario.demonstrates.isEmpty { facts.demonstrates = scenario.demonstrates }
    return facts
  }
}

extension Cast.PlantedDocument {
  init(
    _ document: WorldDescription.Document,
    in knowledge: String,
    of tenant: String,
    randomness: Randomness
  ) {
    let id = "\(tenant)/\(knowledge)/\(document.name)"
    var generator = randomness.generator("canary/\(id)")
    let marker = CanarySearch.marker(.document, digits: generator.hex(CanarySearch.digitCount))
    self.tenant = tenant
    self.knowledge = knowledge
    name = document.name
    canary = Canary(id: id, kind: .document, value: marker)
    text = document.text.split(separator: "\n\n", omittingEmptySubsequences: true)
      .map { Self.isHeading($0) ? String($0) : "\($0) [\(marker)]" }
      .joined(separator: "\n\n")
  }

  /// Below the title: that one is named under answers, and so has the canary too.
  private static func isHeading(_ paragraph: Substring) -> Bool {
    paragraph.hasPrefix("##") && !paragraph.contains("\n")
  }
}

extension WorldDescription.Tenant {
  /// Departments that may read a knowledge base; what guests may read everybody may.
  fileprivate func readers(of base: String) -> [String] {
    guard guestKnowledge.contains(base) else {
      return departments.filter { $0.knowledge.contains(base) }.map(\.id)
    }
    return departments.map(\.id) + [WorldDescription.Department.guests]
  }
}

extension WorldDescription.PlatformName {
  var chat: ChatWorldDescription.Platform { self == .teams ? .teams : .googleChat }
  var evidence: Platform { self == .teams ? .teams : .googleChat }
}

extension Randomness {
  /// Letters and digits of one purpose.
  func text(_ name: String, _ count: Int) -> String {
    var generator = generator(name)
    return generator.alphanumerics(count)
  }
}

extension Secret {
  fileprivate var sha256: String {
    reveal { SHA256.hash(data: Data($0.utf8)) }.map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
