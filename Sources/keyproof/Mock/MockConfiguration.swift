import Providers

/// What the configuration file of a mock OpenAI says.
struct MockConfiguration: MockConfigurationContent {
  var common = MockCommonConfiguration()
  var organizations: [Organization] = []
  var access = Access()
  var books = Books()

  init() {}

  struct Organization: Decodable {
    var name: String
    var adminKeys: [AdminKey]?
    var projects: [Project]?
  }

  struct AdminKey: Decodable {
    var name: String
    var value: HeaderText?
  }

  struct Project: Decodable {
    var name: String
    var keys: [Key]?
  }

  struct Key: Decodable {
    var name: String
    var value: HeaderText?
    var expiresIn: ConfiguredDuration?
    var scopes: [String]?
    var endpoints: [String]?
    var disabled: Bool?
  }

  struct Access: Decodable {
    var missingScopeStatus: MissingScopeStatus?
    var deleteServiceAccountKeys: Bool?
  }

  /// 403 or 401.
  struct MissingScopeStatus: Decodable {
    let value: Int

    init(from decoder: any Decoder) throws {
      value = try decoder.singleValueContainer().decode(Int.self)
      guard [401, 403].contains(value) else { throw decoder.fault("\(value) is not 401 or 403") }
    }
  }

  struct Books: Decodable {
    var usageDelay: ConfiguredDuration?
    var costsDelay: ConfiguredDuration?
    var amounts: BookSettings.AmountForm?
    var prices: [ConfiguredPrice]?
  }

  private enum CodingKeys: CodingKey {
    case organizations
    case access
    case books
  }

  init(from decoder: any Decoder) throws {
    common = try MockCommonConfiguration(from: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    organizations =
      try container.decodeIfPresent([Organization].self, forKey: .organizations) ?? []
    access = try container.decodeIfPresent(Access.self, forKey: .access) ?? Access()
    books = try container.decodeIfPresent(Books.self, forKey: .books) ?? Books()
  }

  static let shape = MockCommonConfiguration.shape(with: [
    "organizations": .list(
      .members([
        "name": .value,
        "admin_keys": .list(MockConfigurationShape.values("name", "value")),
        "projects": .list(
          .members([
            "name": .value,
            "keys": .list(
              MockConfigurationShape.values(
                "name",
                "value",
                "expires_in",
                "scopes",
                "endpoints",
                "disabled"
              )
            ),
          ])
        ),
      ])
    ),
    "access": MockConfigurationShape.values("missing_scope_status", "delete_service_account_keys"),
    "books": .members([
      "usage_delay": .value, "costs_delay": .value, "amounts": .value,
      "prices": MockCommonConfiguration.prices,
    ]),
  ])

  /// What it means to the mock.
  var settings: OpenAIMockSettings {
    var settings = OpenAIMockSettings()
    settings.journalCapacity = common.journalCapacity
    settings.missingScopeStatus = access.missingScopeStatus?.value ?? 403
    settings.deletesServiceAccountKeys = access.deleteServiceAccountKeys ?? true
    settings.revocation = common.revocation?.value ?? .immediate
    settings.books.usageDelay = books.usageDelay?.value ?? .zero
    settings.books.costsDelay = books.costsDelay?.value ?? .zero
    settings.books.amounts = books.amounts ?? .number
    for price in books.prices ?? [] { settings.books.prices.set(price.value) }
    return settings
  }
}
