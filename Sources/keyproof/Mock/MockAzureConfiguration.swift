import Providers
import ScenarioFiles
import Secrets

/// What the configuration file of a mock Azure OpenAI says.
struct MockAzureConfiguration: MockConfigurationContent {
  var common = MockCommonConfiguration()
  var resources: [Resource] = []
  var identities: [Identity] = []
  /// How long a regenerated key's new value is not yet taken.
  var newKeysWait: ConfiguredDuration?
  var prices: [ConfiguredPrice] = []

  init() {}

  struct Resource: Decodable {
    var name: AzureName
    var subscription: String?
    var resourceGroup: String?
    var region: String?
    var keysDisabled: Bool?
    var key1: HeaderText?
    var key2: HeaderText?
    var deployments: [Deployment]?
  }

  struct Deployment: Decodable {
    var name: AzureName
    var model: KnownModel
    var requestsPerMinute: MinuteLimit?
    var tokensPerMinute: MinuteLimit?
  }

  struct Identity: Decodable {
    var tenant: String
    var clientId: String
    var clientSecret: HeaderText
    var callsModels: Bool?
    var managesKeys: Bool?
  }

  /// A name that can stand in a path, or be the first label of a host.
  struct AzureName: Decodable {
    let value: String

    init(from decoder: any Decoder) throws {
      value = try decoder.singleValueContainer().decode(String.self)
      guard Self.isFit(value) else {
        throw decoder.fault("a name has 1 to 64 of the characters a-z, A-Z, 0-9, '-', '_' and '.'")
      }
    }

    static func isFit(_ name: String) -> Bool {
      (1...64).contains(name.utf8.count)
        && name.utf8.allSatisfy { byte in
          switch byte {
          case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f: true
          default: false
          }
        }
    }
  }

  struct KnownModel: Decodable {
    let id: String

    init(from decoder: any Decoder) throws {
      id = try decoder.singleValueContainer().decode(String.self)
      let known = OpenAIModel.standard.map(\.id)
      guard known.contains(id) else {
        throw decoder.fault(
          "there is no model '\(id)'; there are: \(known.joined(separator: ", "))",
          meant: NearestWord.nearest(to: id, among: known)
        )
      }
    }
  }

  /// From 1 to a billion.
  struct MinuteLimit: Decodable {
    let value: Int

    init(from decoder: any Decoder) throws {
      value = try decoder.singleValueContainer().decode(Int.self)
      guard (1...1_000_000_000).contains(value) else {
        throw decoder.fault("\(value) is not from 1 to 1000000000")
      }
    }
  }

  private struct Books: Decodable {
    var prices: [ConfiguredPrice]?
  }

  private enum CodingKeys: CodingKey {
    case resources
    case identities
    case newKeysWait
    case books
  }

  init(from decoder: any Decoder) throws {
    common = try MockCommonConfiguration(from: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    resources = try container.decodeIfPresent([Resource].self, forKey: .resources) ?? []
    identities = try container.decodeIfPresent([Identity].self, forKey: .identities) ?? []
    newKeysWait = try container.decodeIfPresent(ConfiguredDuration.self, forKey: .newKeysWait)
    prices = try container.decodeIfPresent(Books.self, forKey: .books)?.prices ?? []
    func check(_ names: [String], _ what: String) throws {
      var seen: Set<String> = []
      guard let twice = names.first(where: { !seen.insert($0.lowercased()).inserted }) else {
        return
      }
      throw DecodingError.dataCorruptedError(
        forKey: .resources,
        in: container,
        debugDescription: "there are two \(what) '\(twice)'"
      )
    }
    try check(resources.map(\.name.value), "resources")
    for resource in resources {
      let names = resource.deployments?.map(\.name.value) ?? []
      try check(names, "deployments of '\(resource.name.value)' named")
    }
  }

  static let shape = MockCommonConfiguration.shape(with: [
    "resources": .list(
      .members([
        "name": .value, "subscription": .value, "resource_group": .value, "region": .value,
        "keys_disabled": .value, "key1": .value, "key2": .value,
        "deployments": .list(
          MockConfigurationShape.values(
            "name",
            "model",
            "requests_per_minute",
            "tokens_per_minute"
          )
        ),
      ])
    ),
    "identities": .list(
      MockConfigurationShape.values(
        "tenant",
        "client_id",
        "client_secret",
        "calls_models",
        "manages_keys"
      )
    ),
    "new_keys_wait": .value,
    "books": .members(["prices": MockCommonConfiguration.prices]),
  ])
}
