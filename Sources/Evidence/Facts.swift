package import Worlds

/// What the harness itself put into the world before the story began and what it knows of it:
/// the first line of the evidence, and the ground truth that checkers judge against.
package struct Facts: Sendable, Codable, Equatable {
  /// The name of a vendor that runs as an operating-system process of its own.
  package static let processVendor = "process"

  package var scenario: String
  package var world: WorldKind
  package var seed: UInt64
  package var vendor: String
  package var startedAt: Timestamp
  package var tenants: [Tenant]
  package var people: [Person]
  package var conversations: [Conversation]
  package var knowledge: [KnowledgeBase]
  /// Host names by what they are, so that a destination can be judged.
  package var hosts: [Host]
  /// Promises of the vendor about itself, by guarantee; what is not claimed is not judged.
  package var claims: [String]
  /// Nil where the vendor has none that the harness knows.
  package var terms: Terms?
  /// The files that the story was made of.
  package var inputs: [Input]
  /// What the scenario's writer wants judged beside the catalogue; nil where there is nothing.
  package var checks: [Check]?
  /// Limits that the story is there to demonstrate; nil where there are none.
  package var demonstrates: [String]?
  /// How many times the story was played again, with a crash at another operation each time; nil
  /// where it was played as it stands.
  package var crashes: Int?

  package init(
    scenario: String,
    world: WorldKind,
    seed: UInt64,
    vendor: String,
    startedAt: Timestamp,
    tenants: [Tenant] = [],
    people: [Person] = [],
    conversations: [Conversation] = [],
    knowledge: [KnowledgeBase] = [],
    hosts: [Host] = [],
    claims: [String] = [],
    terms: Terms? = nil,
    inputs: [Input] = [],
    checks: [Check]? = nil
  ) {
    self.scenario = scenario
    self.world = world
    self.seed = seed
    self.vendor = vendor
    self.startedAt = startedAt
    self.tenants = tenants
    self.people = people
    self.conversations = conversations
    self.knowledge = knowledge
    self.hosts = hosts
    self.claims = claims
    self.terms = terms
    self.inputs = inputs
    self.checks = checks
  }

  /// A file of a scenario library, by its content.
  package struct Input: Sendable, Codable, Equatable {
    /// From the library's root; a file from elsewhere below `outside/`.
    package var path: String
    /// Hexadecimal digits.
    package var sha256: String

    package init(path: String, sha256: String) {
      self.path = path
      self.sha256 = sha256
    }
  }

  package struct Tenant: Sendable, Codable, Equatable {
    package var id: String
    /// Host names to which this tenant's key may travel, as its administrator set them.
    package var providerHosts: [String]
    /// What the vendor claims to be towards this customer.
    package var deployment: Deployment
    /// The secret manager that keeps this tenant's key, by its kind, where its access log is part
    /// of the evidence; nil where the vendor keeps the key itself.
    package var secretManager: String?
    /// Promises that the vendor has made this customer by contract, beyond those of its model; nil
    /// where there are none.
    package var contracts: [String]?
    /// What it wants while its provider rejects its key; nil where every message is refused and
    /// nobody is told.
    package var rejectedKey: RejectedKey?
    /// What the vendor reckons that a seat's tokens cost in a month at list prices, where this
    /// customer is charged for them by the seat; nil where it is charged by usage.
    package var seatTokensCents: Int64?

    package init(
      id: String,
      providerHosts: [String],
      deployment: Deployment = .pure,
      secretManager: String? = nil,
      contracts: [String]? = nil,
      rejectedKey: RejectedKey? = nil,
      seatTokensCents: Int64? = nil
    ) {
      self.seatTokensCents = seatTokensCents
      self.contracts = contracts
      self.rejectedKey = rejectedKey
      self.id = id
      self.deployment = deployment
      self.providerHosts = providerHosts
      self.secretManager = secretManager
    }
  }

  package struct Person: Sendable, Codable, Equatable {
    package var id: String
    package var tenant: String
    /// At the start; moves are events.
    package var department: String
    package var platform: Platform

    package init(id: String, tenant: String, department: String, platform: Platform) {
      self.id = id
      self.tenant = tenant
      self.department = department
      self.platform = platform
    }
  }

  package struct Conversation: Sendable, Codable, Equatable {
    package var id: String
    package var tenant: String
    package var platform: Platform
    package var kind: Kind
    /// Person ids, at the start.
    package var members: [String]

    package enum Kind: String, Sendable, Codable {
      case personal
      case group
      case channel
    }

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

  package struct KnowledgeBase: Sendable, Codable, Equatable {
    package var id: String
    package var tenant: String
    /// Departments that may read it, at every moment of the story.
    package var departments: [String]

    package init(id: String, tenant: String, departments: [String]) {
      self.id = id
      self.tenant = tenant
      self.departments = departments
    }
  }

  package struct Host: Sendable, Codable, Equatable {
    package enum Role: String, Sendable, Codable {
      case vendor
      case provider
      case chatPlatform
      case directory
      case secretManager
      case stranger
    }

    package var name: String
    package var role: Role
    /// As the harness placed it.
    package var zone: Zone

    package init(name: String, role: Role, zone: Zone? = nil) {
      self.zone = zone ?? role.zone
      self.name = name
      self.role = role
    }
  }
}

package enum WorldKind: String, Sendable, Codable, CaseIterable {
  case simulated
  case loopback
}

package enum Platform: String, Sendable, Codable, CaseIterable {
  case teams
  case googleChat = "google-chat"
}
