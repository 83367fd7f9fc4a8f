package import Worlds

/// The world of a story: customers, people, knowledge, before anything happens.
package struct WorldDescription: Sendable, Equatable {
  package var file: String
  package var title: String
  package var startsAt: Timestamp
  package var tenants: [Tenant]
  /// How fast the mock model answers.
  package var model: ModelSpeed
  package var secretManager: SecretManager
  /// How many processes of the vendor serve together, on one storage.
  package var replicas: Int
  /// What the vendor lets one customer ask in a minute; nil for as many as come.
  package var questionsAMinute: Int?
  /// How long some of a provider's machines go on to take a key that has ended; nil for none.
  package var revocationsSpreadWithin: Duration?

  package init(
    file: String,
    title: String,
    startsAt: Timestamp,
    tenants: [Tenant],
    model: ModelSpeed,
    secretManager: SecretManager = .embedded,
    replicas: Int = 1,
    questionsAMinute: Int? = nil,
    revocationsSpreadWithin: Duration? = nil
  ) {
    self.file = file
    self.title = title
    self.startsAt = startsAt
    self.tenants = tenants
    self.model = model
    self.secretManager = secretManager
    self.replicas = replicas
    self.questionsAMinute = questionsAMinute
    self.revocationsSpreadWithin = revocationsSpreadWithin
  }

  /// Where the vendor keeps its customers' keys.
  package enum SecretManager: String, Sendable, Equatable, CaseIterable {
    /// In its own database, sealed.
    case embedded
    /// There too, under a master key that Vault's transit engine keeps.
    case vaultTransit = "vault-transit"
    case vault
    case aws
    case azureKeyVault = "azure-key-vault"
  }

  package struct ModelSpeed: Sendable, Equatable {
    package var firstToken: ClosedRange<Duration>
    package var betweenTokens: ClosedRange<Duration>
    /// Of a whole call for embeddings; nil where it takes as long as ever.
    package var embedding: ClosedRange<Duration>?

    package init(
      firstToken: ClosedRange<Duration>,
      betweenTokens: ClosedRange<Duration>,
      embedding: ClosedRange<Duration>? = nil
    ) {
      self.firstToken = firstToken
      self.betweenTokens = betweenTokens
      self.embedding = embedding
    }
  }

  package struct Tenant: Sendable, Equatable {
    package var id: String
    package var name: String
    /// Whether the story begins with a working key in place.
    package var keyInstalled: Bool
    /// The customer's Azure OpenAI resource; nil where it has none.
    package var azure: AzureResource?
    /// Whether that first key is the resource's first one, and not one of OpenAI's.
    package var beginsOnAzure: Bool
    package var departments: [Department]
    package var people: [Person]
    package var conversations: [Conversation]
    package var knowledge: [KnowledgeBase]
    /// Knowledge bases that guests may read, and so everybody.
    package var guestKnowledge: [String]
    /// Whether people see answers grow.
    package var streamsReplies: Bool
    /// Whether departments are groups of the directory, and not a property of its people.
    package var departmentsAreGroups: Bool
    /// What the vendor claims to be towards this customer.
    package var deployment: Deployment
    /// Whether it is charged for tokens on the vendor's account by the seat, and not by usage.
    package var paysTokensBySeat = false
    /// Whether the vendor has promised by contract to keep nothing of what people ask.
    package var forbidsQueryLogging = false
    /// Whether the customer subscribes from the beginning; else a step begins the subscription.
    package var isSubscribed = true
    /// What the customer wants while its provider does not take its key.
    package var rejectedKey = RejectedKey()

    package init(
      id: String,
      name: String,
      keyInstalled: Bool,
      azure: AzureResource? = nil,
      beginsOnAzure: Bool = false,
      departments: [Department],
      people: [Person],
      conversations: [Conversation],
      knowledge: [KnowledgeBase],
      guestKnowledge: [String] = [],
      departmentsAreGroups: Bool = false,
      streamsReplies: Bool = false,
      deployment: Deployment = .pure
    ) {
      self.streamsReplies = streamsReplies
      self.guestKnowledge = guestKnowledge
      self.departmentsAreGroups = departmentsAreGroups
      self.deployment = deployment
      self.azure = azure
      self.beginsOnAzure = beginsOnAzure
      self.id = id
      self.name = name
      self.keyInstalled = keyInstalled
      self.departments = departments
      self.people = people
      self.conversations = conversations
      self.knowledge = knowledge
    }
  }

  /// What becomes of messages while the provider rejects a customer's key, and who is told.
  package struct RejectedKey: Sendable, Equatable {
    /// How long a message may wait for the next key; nil where each is refused at once.
    package var waitsFor: Duration?
    /// How many may wait at one time; nil for as many as the vendor lets.
    package var waitsAtMost: Int?
    /// The person who gets a chat message about it.
    package var tells: String?

    package init() {}
  }

  package enum Deployment: String, Sendable, Equatable, CaseIterable {
    case pure
    case hybrid
    case hosted
    case selfHosted = "self-hosted"
  }

  /// An Azure OpenAI resource, and what it calls the assistant's models.
  package struct AzureResource: Sendable, Equatable {
    /// The first label of its host.
    package var name: String
    package var chatDeployment: String
    package var embeddingsDeployment: String
    /// Nil for the surface without versions.
    package var apiVersion: String?

    package init(
      name: String,
      chatDeployment: String = "assistant",
      embeddingsDeployment: String = "search",
      apiVersion: String? = "2024-10-21"
    ) {
      self.name = name
      self.chatDeployment = chatDeployment
      self.embeddingsDeployment = embeddingsDeployment
      self.apiVersion = apiVersion
    }
  }

  package struct Department: Sendable, Equatable {
    /// Where guests stand in place of a department; no department may be called so.
    package static let guests = "guests"

    package var id: String
    package var knowledge: [String]

    package init(id: String, knowledge: [String]) {
      self.id = id
      self.knowledge = knowledge
    }
  }

  package struct Person: Sendable, Equatable {
    package var id: String
    package var name: String
    /// `Department.guests` for a guest, who has none.
    package var department: String
    package var platform: PlatformName
    /// Whether the story begins before they join.
    package var isAbsent = false

    package init(id: String, name: String, department: String, platform: PlatformName) {
      self.id = id
      self.name = name
      self.department = department
      self.platform = platform
    }

    package var isGuest: Bool { department == Department.guests }
  }

  package enum PlatformName: String, Sendable, Equatable, CaseIterable {
    case teams
    case googleChat = "google-chat"
  }

  package struct Conversation: Sendable, Equatable {
    package enum Kind: String, Sendable, Equatable, CaseIterable {
      case group
      case channel
    }

    package var id: String
    package var kind: Kind
    package var platform: PlatformName
    package var members: [String]

    package init(id: String, kind: Kind, platform: PlatformName, members: [String]) {
      self.id = id
      self.kind = kind
      self.platform = platform
      self.members = members
    }
  }

  package struct KnowledgeBase: Sendable, Equatable {
    package var id: String
    package var documents: [Document]

    package init(id: String, documents: [Document]) {
      self.id = id
      self.documents = documents
    }
  }

  package struct Document: Sendable, Equatable {
    package var name: String
    package var text: String

    package init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }
}
