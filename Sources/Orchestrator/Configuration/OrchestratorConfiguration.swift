/// What the vendor's operator sets: platforms, directory, provider, customers. No secret in it.
package struct OrchestratorConfiguration: Codable, Sendable {
  /// The host name under which the platforms and the administrators reach this program.
  package var publicHost: String
  /// Nil when this installation does not serve Teams.
  package var teams: Teams?
  /// Nil when this installation does not serve Google Chat.
  package var googleChat: GoogleChat?
  package var directory: Directory
  package var provider: Provider
  package var tenants: [Tenant]
  /// A file of its owner alone, with 32 bytes in base64: what all customers' keys are sealed under.
  /// Not needed where `custody` keeps them, or what they are sealed under, elsewhere. A relative
  /// path begins at the storage's directory.
  package var masterKeyFile: String
  package var custody: Custody
  package var limits: Limits
  package var pricing: Pricing
  package var dashboard = Dashboard()
  /// Nil for one process alone, which needs no heartbeat.
  package var replicas: Replicas?

  package init(
    publicHost: String = "assistant.vendor.example",
    teams: Teams? = nil,
    googleChat: GoogleChat? = nil,
    directory: Directory = Directory(),
    provider: Provider = Provider(),
    tenants: [Tenant],
    masterKeyFile: String,
    custody: Custody = Custody(),
    limits: Limits = Limits(),
    pricing: Pricing = Pricing()
  ) {
    self.publicHost = publicHost
    self.teams = teams
    self.googleChat = googleChat
    self.directory = directory
    self.provider = provider
    self.tenants = tenants
    self.masterKeyFile = masterKeyFile
    self.custody = custody
    self.limits = limits
    self.pricing = pricing
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    var custody = Custody()
    try container.read(&custody, .custody)
    self.init(
      tenants: try container.decode([Tenant].self, forKey: .tenants),
      masterKeyFile: custody.needsMasterKeyFile
        ? try container.decode(String.self, forKey: .masterKeyFile)
        : try container.decodeIfPresent(String.self, forKey: .masterKeyFile) ?? "",
      custody: custody
    )
    try container.read(&publicHost, .publicHost)
    teams = try container.decodeIfPresent(Teams.self, forKey: .teams)
    googleChat = try container.decodeIfPresent(GoogleChat.self, forKey: .googleChat)
    try container.read(&directory, .directory)
    try container.read(&provider, .provider)
    try container.read(&limits, .limits)
    try container.read(&pricing, .pricing)
    try container.read(&dashboard, .dashboard)
    replicas = try container.decodeIfPresent(Replicas.self, forKey: .replicas)
  }

  /// One customer.
  package struct Tenant: Codable, Sendable {
    package var id: String
    package var name: String
    package var teamsTenantID: String?
    package var googleDomainID: String?
    /// On whose behalf the Google directory is read (domain-wide delegation).
    package var googleDirectoryAdmin: String?
    /// The SHA-256 of the administrator's token, in hexadecimal digits.
    package var adminTokenSHA256: String
    package var departments: [Department]
    /// Knowledge bases that everybody in the customer's conversations may read, guests included.
    package var publicKnowledge: [String]
    package var departmentsFrom: DepartmentSource

    package var replies: ReplyForm

    package enum ReplyForm: String, Codable, Sendable {
      /// One message, when the answer is complete.
      case whole
      /// People see the answer grow where the platform can show that: in personal chats of Teams,
      /// and in Google Chat where replies are asynchronous.
      case streamed
    }

    /// Where the directory says what department somebody belongs to.
    package enum DepartmentSource: String, Codable, Sendable {
      /// In the person's `department`: one look-up for each message.
      case property
      /// In the groups that the person is in, by `Department.groups`.
      case groups
    }
    package var rejectedKey = RejectedKey()
    /// Whether questions and answers are kept for later turns. Where not, each is erased as soon as
    /// its answer is delivered.
    package var keepsConversations = true
    package var deployment = DeploymentModel.pure
    package var tokensChargedBy = TokenCharge.usage
    /// Whether the customer subscribes from the first start on; else an administrator begins the
    /// subscription, and nobody is answered before.
    package var isSubscribed = true
    /// The base URL of the customer's own model server, where it hosts everything itself.
    package var modelServer: String?

    package init(
      id: String,
      name: String,
      teamsTenantID: String? = nil,
      googleDomainID: String? = nil,
      googleDirectoryAdmin: String? = nil,
      adminTokenSHA256: String,
      departments: [Department],
      publicKnowledge: [String] = [],
      departmentsFrom: DepartmentSource = .property,
      replies: ReplyForm = .whole,
      deployment: DeploymentModel = .pure,
      modelServer: String? = nil
    ) {
      self.replies = replies
      self.publicKnowledge = publicKnowledge
      self.departmentsFrom = departmentsFrom
      self.id = id
      self.name = name
      self.teamsTenantID = teamsTenantID
      self.googleDomainID = googleDomainID
      self.googleDirectoryAdmin = googleDirectoryAdmin
      self.adminTokenSHA256 = adminTokenSHA256
      self.departments = departments
      self.deployment = deployment
      self.modelServer = modelServer
    }

    /// All knowledge bases of the customer, sorted.
    package var bases: [String] {
      Set(departments.flatMap(\.knowledge) + publicKnowledge).sorted()
    }
  }

  /// A department as the directory names it, and the knowledge bases that its people may read.
  package struct Department: Codable, Sendable {
    package var id: String
    package var knowledge: [String]
    /// Groups of the directory whose people belong to it: ids in Entra, addresses in Google
    /// Workspace. Names will not do: anybody may give a group any name.
    package var groups: [String]

    package init(id: String, knowledge: [String], groups: [String] = []) {
      self.groups = groups
      self.id = id
      self.knowledge = knowledge
    }
  }
}

extension OrchestratorConfiguration.Tenant {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      id: try container.decode(String.self, forKey: .id),
      name: try container.decode(String.self, forKey: .name),
      adminTokenSHA256: try container.decode(String.self, forKey: .adminTokenSHA256),
      departments: try container.decode(
        [OrchestratorConfiguration.Department].self,
        forKey: .departments
      )
    )
    teamsTenantID = try container.decodeIfPresent(String.self, forKey: .teamsTenantID)
    googleDomainID = try container.decodeIfPresent(String.self, forKey: .googleDomainID)
    googleDirectoryAdmin = try container.decodeIfPresent(
      String.self,
      forKey: .googleDirectoryAdmin
    )
    try container.read(&publicKnowledge, .publicKnowledge)
    try container.read(&departmentsFrom, .departmentsFrom)
    try container.read(&replies, .replies)
    try container.read(&rejectedKey, .rejectedKey)
    try container.read(&keepsConversations, .keepsConversations)
    try container.read(&deployment, .deployment)
    try container.read(&tokensChargedBy, .tokensChargedBy)
    try container.read(&isSubscribed, .isSubscribed)
    modelServer = try container.decodeIfPresent(String.self, forKey: .modelServer)
  }
}

extension OrchestratorConfiguration.Department {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      id: try container.decode(String.self, forKey: .id),
      knowledge: try container.decode([String].self, forKey: .knowledge)
    )
    try container.read(&groups, .groups)
  }
}

extension KeyedDecodingContainer {
  /// Leaves the default where the file says nothing.
  func read<Value: Decodable>(_ value: inout Value, _ key: Key) throws {
    if let found = try decodeIfPresent(Value.self, forKey: key) { value = found }
  }
}
