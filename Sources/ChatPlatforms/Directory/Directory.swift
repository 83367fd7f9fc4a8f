import HTTPTypes
import Hummingbird
import Synchronization
import Wire
package import Worlds

/// Microsoft Graph and the Google Workspace directory over one book of people: the only source of
/// who belongs to which department, who is a guest, and whose account has ended.
package final class Directory: Sendable {
  static let graphHost = "graph.microsoft.com"
  static let googleHost = "admin.googleapis.com"
  /// Servers may send smaller pages than were asked for; these are, so that clients must follow.
  static let largestPage = 2

  /// What both directories answer in place of everything, for a while.
  package struct Refusal: Sendable, Equatable {
    package var status: Int
    package var retryAfter: Duration?

    package init(status: Int, retryAfter: Duration?) {
      self.status = status
      self.retryAfter = retryAfter
    }
  }

  /// A person's entry.
  struct Entry: Sendable, Equatable {
    var department: String
    var isActive = true
  }

  let population: ChatPopulation
  let tenants: [String]
  let accessTokens: AccessTokens
  let observe: ChatObserver
  let json = JSONAnswers()
  private let entries: Mutex<[String: Entry]>
  private let refusal = Mutex<Refusal?>(nil)

  package init(
    description: ChatWorldDescription,
    population: ChatPopulation,
    accessTokens: AccessTokens,
    observe: @escaping ChatObserver
  ) {
    self.population = population
    tenants = description.tenants.map(\.teamsTenantID)
    self.accessTokens = accessTokens
    self.observe = observe
    entries = Mutex(population.people.mapValues { Entry(department: $0.person.department) })
  }

  package var hosts: [String: Responder] {
    [Self.graphHost: graphResponder(), Self.googleHost: googleResponder()]
  }

  /// Takes effect at once: the next look-up sees it.
  ///
  /// - Returns: false when there is no such person.
  @discardableResult
  package func move(person: String, to department: String) -> Bool {
    entries.withLock {
      guard $0[person] != nil else { return false }
      $0[person]?.department = department
      return true
    }
  }

  /// Ends a person's account, or gives it back. It stays in the directory.
  package func setActive(_ isActive: Bool, person: String) {
    entries.withLock { $0[person]?.isActive = isActive }
  }

  /// Nil for people that the directory does not have.
  package func department(of person: String) -> String? {
    entry(of: person)?.department
  }

  /// Takes a person out of the directory: look-ups answer 404 from here on.
  package func remove(person: String) {
    entries.withLock { $0[person] = nil }
  }

  /// - Parameter refusal: nil answers as usual again.
  package func setRefusal(_ refusal: Refusal?) {
    self.refusal.withLock { $0 = refusal }
  }

  func entry(of person: String) -> Entry? {
    entries.withLock { $0[person] }
  }

  /// - Throws: `RefusedCall`, while the directory refuses everything.
  func throwRefusal(_ body: (Refusal) throws -> Response) throws {
    guard let refusal = refusal.withLock({ $0 }) else { return }
    var response = try body(refusal)
    if let wait = refusal.retryAfter {
      response.headers[.retryAfter] = String(wait.components.seconds)
    }
    throw RefusedCall(response: response)
  }

  /// The groups that somebody is in, the department's among them, by name.
  func groups(of identity: ChatIdentity) -> [Group] {
    guard let entry = entry(of: identity.person.id), !identity.person.isGuest else { return [] }
    let tenant = identity.tenant
    var groups = ["all-staff", "parking", "canteen"].map { name in
      Group(id: "0f0f0f0f-0000-4000-8000-\(Self.padded(name))", name: name)
    }
    if let id = tenant.groupIDs[entry.department] {
      groups.append(Group(id: id, name: entry.department))
    }
    return groups
  }

  struct Group: Sendable, Equatable {
    var id: String
    var name: String
  }

  /// Twelve hexadecimal digits.
  private static func padded(_ name: String) -> String {
    let digits = name.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return String((digits + "000000000000").prefix(12))
  }
}
