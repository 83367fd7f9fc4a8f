import ScenarioFiles
import Testing

/// Customers with a resource of their own, and what a story does with its two keys.
@Suite struct AzureTests {
  private static let world = """
    world: Azure
    starts: 2026-01-05T08:00:00Z
    tenants:
      acme:
        name: Acme
        azure: { resource: acme-openai, chat: helper, embeddings: vectors, api-version: v1 }
        key: azure
        departments: { hr: { } }
        people: { ana: { name: Ana, department: hr, platform: teams } }
      globex:
        name: Globex
        departments: { hr: { } }
        people: { eve: { name: Eve, department: hr, platform: teams } }
    """

  private func load(
    _ timeline: String,
    world: String = world
  ) throws -> (scenarios: [Scenario], diagnostics: [Diagnostic]) {
    let library = try TemporaryLibrary()
    try library.write("worlds/azure.yaml", world)
    return try library.load(timeline: timeline, world: "worlds/azure.yaml")
  }

  private static let asking = "  - { every: 1m, until: 9m, ask: { who: ana, text: Hm? } }\n"

  @Test func aResourceAndItsKeysAreRead() throws {
    let (scenarios, diagnostics) = try load(
      Self.asking + """
          - { at: 1m, install-key: { tenant: acme, key: azure-2 } }
          - { at: 2m, regenerate-key: { tenant: acme, key: azure-1 } }
        """
    )
    #expect(diagnostics.map(\.rendered) == [])
    let scenario = try #require(scenarios.first)
    let tenant = try #require(scenario.world.tenants.first)
    #expect(tenant.keyInstalled && tenant.beginsOnAzure)
    #expect(
      tenant.azure
        == .init(
          name: "acme-openai",
          chatDeployment: "helper",
          embeddingsDeployment: "vectors",
          apiVersion: nil
        )
    )
    #expect(scenario.world.tenants.last?.azure == nil)
    #expect(
      scenario.timeline.dropFirst().map(\.action) == [
        .installKey(tenant: "acme", key: .azure(slot: 2)),
        .regenerateKey(tenant: "acme", slot: 1),
      ]
    )
  }

  @Test(
    arguments: [
      ("install-key: { tenant: globex, key: azure-1 }", "has no 'azure' resource"),
      ("regenerate-key: { tenant: globex, key: azure-1 }", "has no 'azure' resource"),
      ("regenerate-key: { tenant: acme, key: azure-3 }", "unknown key of the resource 'azure-3'"),
      ("regenerate-key: { tenant: acme }", "needs 'key'"),
      ("create-key: { tenant: acme, key: azure-1 }", "is a key of the Azure resource"),
      ("delete-key: { tenant: acme, key: azure-2 }", "ends by 'regenerate-key'"),
      ("install-key: { tenant: acme, key: first }", "unknown key 'first'"),
    ]
  )
  func mistakesArePointedAt(action: String, message: String) throws {
    let (_, diagnostics) = try load(Self.asking + "  - { at: 1m, \(action) }")
    #expect(diagnostics.contains { $0.rendered.contains(message) }, "\(diagnostics)")
    #expect(diagnostics.allSatisfy { $0.rendered.hasPrefix("s.yaml:7:") })
  }

  @Test(
    arguments: [
      ("resource: acme-openai", "resource: Acme_OpenAI", "small letters, digits and hyphens"),
      ("{ resource: acme-openai, chat", "{ chat", "needs 'resource'"),
      ("api-version: v1", "version: v1", "'version'"),
      ("chat: helper", "chat: 'a \"b\"'", "'chat' must be the name of a deployment"),
      ("embeddings: vectors", "embeddings: ''", "'embeddings' is empty"),
      ("embeddings: vectors", "embeddings: helper", "are both 'helper'"),
      ("chat: helper, embeddings: vectors", "chat: search", "are both 'search'"),
      ("api-version: v1", "api-version: 2024-1-21", "'api-version' must be v1, or a date"),
      ("api-version: v1", "api-version: latest", "'api-version' must be v1, or a date"),
      ("name: Globex", "name: Globex\n    key: azure", "has no 'azure' resource"),
      (
        "name: Globex", "name: Globex\n    azure: { resource: acme-openai }",
        "is a resource of 'acme' already"
      ),
    ]
  )
  func worldsWithMistakesAreRefused(right: String, wrong: String, message: String) throws {
    let world = Self.world.replacing(right, with: wrong)
    let (scenarios, diagnostics) = try load(Self.asking, world: world)
    #expect(scenarios.isEmpty)
    #expect(diagnostics.contains { $0.rendered.contains(message) }, "\(diagnostics)")
  }

  @Test(arguments: ["chat: 'a b'", "embeddings: helper", "api-version: soon"])
  func aMistakeIsPointedAtInItsOwnLine(wrong: String) throws {
    let word = wrong.prefix { $0 != ":" }
    let lines = ["resource: acme-openai", "chat: helper", "embeddings: vectors", "api-version: v1"]
      .map { $0.hasPrefix(word) ? wrong : $0 }
    let world = Self.world.replacing(
      "azure: { resource: acme-openai, chat: helper, embeddings: vectors, api-version: v1 }",
      with: "azure:\n" + lines.map { "      " + $0 }.joined(separator: "\n")
    )
    let number = try #require(
      world.split(separator: "\n").firstIndex { $0.hasSuffix(wrong) }
    )
    let (_, diagnostics) = try load(Self.asking, world: world)
    #expect(diagnostics.count == 1)
    let rendered = try #require(diagnostics.first?.rendered)
    #expect(rendered.hasPrefix("worlds/azure.yaml:\(number + 1):"), "\(rendered)")
  }

  @Test(arguments: ["2024-10-21", "2025-04-01-preview"])
  func aVersionMayBeADate(version: String) throws {
    let world = Self.world.replacing("api-version: v1", with: "api-version: \(version)")
    let (scenarios, diagnostics) = try load(Self.asking, world: world)
    #expect(diagnostics.map(\.rendered) == [])
    #expect(scenarios.first?.world.tenants.first?.azure?.apiVersion == version)
  }
}
