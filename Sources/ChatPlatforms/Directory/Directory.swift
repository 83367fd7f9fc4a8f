import HTTPTypes
import Hummingbird
import Synchronization
import Wire
package import Worlds

/// Microsoft Graph and the Google Workspace directory over one book of people: the only source of
/// who belongs to which department.
package final class Directory: Sendable {
  static let graphHost = "graph.microsoft.com"
  static let googleHost = "admin.googleapis.com"

  let population: ChatPopulation
  let tenants: [String]
  let accessTokens: AccessTokens
  let observe: ChatObserver
  let json = JSONAnswers()
  private let departments: Mutex<[String: String]>

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
    departments = Mutex(population.people.mapValues(\.person.department))
  }

  package var hosts: [String: Responder] {
    [Self.graphHost: graphResponder(), Self.googleHost: googleResponder()]
  }

  /// Takes effect at once: the next look-up sees it.
  ///
  /// - Returns: false when there is no such person.
  @discardableResult
  package func move(person: String, to department: String) -> Bool {
    departments.withLock {
      guard $0[person] != nil else { return false }
      $0[person] = department
      return true
    }
  }

  /// Nil for people that the directory does not have.
  package func department(of person: String) -> String? {
    departments.withLock { $0[person] }
  }

  /// Takes a person out of the directory: look-ups answer 404 from here on.
  package func remove(person: String) {
    departments.withLock { $0[person] = nil }
  }
}
