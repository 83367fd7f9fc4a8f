import HTTPTypes
import Secrets
import Synchronization
import Wire
import Worlds

/// What the control API does with a mock OpenAI.
package struct OpenAIControl: Sendable {
  let mock: OpenAIMock

  package init(mock: OpenAIMock) {
    self.mock = mock
  }

  package var routes: [ControlRoute] {
    keyRoutes + bookRoutes
      + BehaviourRoutes(show: { mock.behaviour }, set: { mock.behaviour = $0 }).routes + [
        ControlRoute(.get, "/accounts", showAccounts),
        ControlRoute(.post, "/organizations", createOrganization),
        ControlRoute(.post, "/projects", createProject),
        ControlRoute(.post, "/admin_keys", createAdminKey),
        ControlRoute(.get, "/revocation", showRevocation),
        ControlRoute(.put, "/revocation", setRevocation),
        ControlRoute(.post, "/reset", reset),
      ]
  }

  @Sendable private func showAccounts(_ call: ControlCall) -> JSONBody {
    mock.state.withLock { state in
      let accounts = state.accounts
      return [
        "organizations": .array(
          accounts.organizationIDs.compactMap { accounts.organizations[$0] }.map { organization in
            [
              "id": .string(organization.id), "name": .string(organization.name),
              "projects": .array(
                organization.projects.compactMap { accounts.projects[$0]?.body }
              ),
            ]
          }
        )
      ]
    }
  }

  private struct New: Decodable {
    var name: String
    var organizationId: String?
    var value: String?
  }

  @Sendable private func createOrganization(_ call: ControlCall) throws -> JSONBody {
    let new = try RequestBodyDecoder.decode(New.self, from: call.body)
    return ["id": .string(try mock.createOrganization(Administration.checked(new.name)))]
  }

  @Sendable private func createProject(_ call: ControlCall) throws -> JSONBody {
    let new = try RequestBodyDecoder.decode(New.self, from: call.body)
    let name = try Administration.checked(new.name)
    let organization = try organization(new.organizationId)
    return ["id": .string(try mock.createProject(name, organization: organization))]
  }

  @Sendable private func createAdminKey(_ call: ControlCall) throws -> JSONBody {
    let new = try RequestBodyDecoder.decode(New.self, from: call.body)
    let key = try mock.createAdminKey(
      try Administration.checked(new.name),
      organization: try organization(new.organizationId),
      value: try new.value.map(Self.keyValue)
    )
    return ["id": .string(key.id), "value": key.secret.reveal { .string($0) }]
  }

  /// The one that was named, or the first.
  func organization(_ id: String?) throws -> String {
    let known = mock.state.withLock { $0.accounts.organizationIDs }
    guard let found = id ?? known.first, known.contains(found) else {
      throw ProviderAccountError.unknownOrganization(id ?? "")
    }
    return found
  }

  /// - Throws: `Refusal` for a value that no client could send.
  static func keyValue(_ text: String) throws -> Secret {
    guard (1...512).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
    else {
      let wanted = "1 to 512 visible ASCII characters"
      throw Refusal(RequestFault.invalid(parameter: "value", wanted: wanted))
    }
    return Secret(text)
  }

  private struct Reset: Decodable {
    var ledger: Bool?
    var journal: Bool?
    var behaviour: Bool?
  }

  /// Forgets what was booked and seen, and behaves as at first; keys stay as they are.
  @Sendable private func reset(_ call: ControlCall) throws -> JSONBody {
    let wanted =
      call.body.isEmpty ? Reset() : try RequestBodyDecoder.decode(Reset.self, from: call.body)
    if wanted.ledger ?? true {
      try mock.ledgerStore.clear()
      mock.state.withLock { $0.totals = KeyTotals() }
    }
    if wanted.journal ?? true { mock.journal.clear() }
    if wanted.behaviour ?? true { mock.behaviour = ProviderBehaviour() }
    return ["reset": true]
  }
}
