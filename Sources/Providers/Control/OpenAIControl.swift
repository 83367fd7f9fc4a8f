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
    keyRoutes + books.routes + revocation.routes
      + BehaviourRoutes(show: { mock.behaviour }, set: { mock.behaviour = $0 }).routes + [
        ControlRoute(.get, "/accounts", showAccounts),
        ControlRoute(.post, "/organizations", createOrganization),
        ControlRoute(.post, "/projects", createProject),
        ControlRoute(.post, "/admin_keys", createAdminKey),
        reset.route,
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

  private func organization(_ id: String?) throws -> String {
    try BookRoutes.organization(id, of: mock.state.withLock { $0.accounts.organizationIDs })
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

  private var books: BookRoutes {
    BookRoutes(
      ledger: mock.ledgerStore,
      journal: mock.journal,
      prices: mock.settings.books.prices,
      snapshot: { mock.snapshot(of: $0) },
      organizations: { mock.state.withLock { $0.accounts.organizationIDs } }
    )
  }

  private var revocation: RevocationRoutes {
    RevocationRoutes(
      show: { mock.state.withLock { $0.accounts.revocation } },
      set: { mock.setRevocation($0) }
    )
  }

  /// Keys stay as they are.
  private var reset: ResetRoute {
    ResetRoute(parts: [
      (
        "ledger",
        {
          try mock.ledgerStore.clear()
          mock.state.withLock { $0.totals = KeyTotals() }
        }
      ),
      ("journal", { mock.journal.clear() }),
      ("behaviour", { mock.behaviour = ProviderBehaviour() }),
    ])
  }
}
