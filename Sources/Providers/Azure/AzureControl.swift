import HTTPTypes
import Secrets
import Synchronization
import Wire
import Worlds

/// What the control API does with a mock Azure OpenAI.
package struct AzureControl: Sendable {
  private let mock: AzureOpenAIMock

  package init(mock: AzureOpenAIMock) {
    self.mock = mock
  }

  package var routes: [ControlRoute] {
    [
      ControlRoute(.get, "/resources", showResources),
      ControlRoute(.post, "/resources/:resource/keys/:key/regenerate", regenerate),
      reset.route,
    ] + books.routes + RevocationRoutes(show: { mock.oldKeys }, set: { mock.oldKeys = $0 }).routes
      + BehaviourRoutes(show: { mock.behaviour }, set: { mock.behaviour = $0 }).routes
  }

  /// A project of the books is a resource here, and an organisation a subscription.
  private var books: BookRoutes {
    BookRoutes(
      ledger: mock.ledgerStore,
      journal: mock.journal,
      prices: mock.prices,
      snapshot: { name in mock.models.first { $0.id == name }?.snapshot },
      organizations: {
        mock.resources.map(\.subscription).reduce(into: []) { known, id in
          if !known.contains(id) { known.append(id) }
        }
      }
    )
  }

  /// Keys stay as they are.
  private var reset: ResetRoute {
    ResetRoute(parts: [
      (
        "ledger",
        {
          try mock.ledgerStore.clear()
          mock.forgetTotals()
        }
      ),
      ("journal", { mock.journal.clear() }),
      ("behaviour", { mock.behaviour = ProviderBehaviour() }),
      ("limits", { mock.resetWindows() }),
    ])
  }

  @Sendable private func showResources(_ call: ControlCall) throws -> JSONBody {
    ["resources": .array(try mock.resources.map(body))]
  }

  private func body(_ resource: AzureResource) throws -> JSONBody {
    [
      "name": .string(resource.name),
      "region": .string(resource.region),
      "subscription": .string(resource.subscription),
      "resource_group": .string(resource.resourceGroup),
      "key1": try mock.key(.key1, of: resource.name).secret.reveal { .string($0) },
      "key2": try mock.key(.key2, of: resource.name).secret.reveal { .string($0) },
      "deployments": .array(
        resource.deployments.map { deployment in
          [
            "name": .string(deployment.name), "model": .string(deployment.model),
            "requests_per_minute": .integer(deployment.requestsPerMinute),
            "tokens_per_minute": .integer(deployment.tokensPerMinute),
          ]
        }
      ),
    ]
  }

  /// `key1` or `key2`, as the resource manager does it, without a token of Entra.
  @Sendable private func regenerate(_ call: ControlCall) throws -> JSONBody {
    let name = call.parameter("resource")
    guard let resource = mock.resources.first(where: { $0.name == name }) else {
      throw Refusal(404, "There is no resource '\(name.prefix(64))'.")
    }
    guard let slot = AzureKeySlot(rawValue: call.parameter("key").capitalizedFirst) else {
      throw Refusal(404, "A resource has a 'key1' and a 'key2'.")
    }
    try mock.regenerate(slot, of: name)
    return try body(resource)
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
