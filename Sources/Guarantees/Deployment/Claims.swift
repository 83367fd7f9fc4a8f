package import Evidence

/// Which deployment models make a promise, and how far it goes.
package struct Claims: Sendable, Equatable {
  package enum Scope: String, Sendable, Codable {
    case everything
    /// Calls of the model itself, and not the embeddings on the vendor's account.
    case modelCalls = "model-calls"
  }

  private var scopes: [Facts.Deployment: Scope]
  /// No model makes the promise: a contract may, with any.
  package private(set) var isByContract = false

  package init(_ scopes: [Facts.Deployment: Scope]) {
    self.scopes = scopes
  }

  package static let byContract: Claims = {
    var claims = Claims([:])
    claims.isByContract = true
    return claims
  }()

  /// Nil where the model does not make the promise.
  package func scope(of deployment: Facts.Deployment) -> Scope? { scopes[deployment] }

  /// Promises that depend on no key.
  package static let always = Claims(
    Dictionary(uniqueKeysWithValues: Facts.Deployment.allCases.map { ($0, .everything) })
  )

  /// Promises about a key that the customer brings.
  package static let ofCustomersKey = Claims([
    .pure: .everything, .hybrid: .modelCalls, .selfHosted: .everything,
  ])

  /// Promises about a public provider's account.
  package static let ofProvidersAccount = Claims([.pure: .everything, .hybrid: .modelCalls])

  /// Limits of every model whose program or provider stands outside of the customer's network.
  package static let outsideOfCustomersNetwork = Claims([
    .pure: .everything, .hybrid: .everything, .hosted: .everything,
  ])

  /// How far the promise goes for customers of these models together: no further than for the
  /// least of them.
  func scope(ofAll deployments: Set<Facts.Deployment>) -> Scope? {
    var least = Scope.everything
    for deployment in deployments {
      guard let scope = scopes[deployment] else { return nil }
      if scope == .modelCalls { least = .modelCalls }
    }
    return least
  }
}

extension History {
  /// The same story without what was embedded on the vendor's own account. Events keep their ids.
  var withoutVendorsEmbeddings: History {
    var vendors: Set<String> = []
    for case .keyCreated(let created) in events.lazy.map(\.kind) where created.owner == .vendor {
      vendors.insert("\(created.key)")
    }
    var history = self
    history.events.removeAll { event in
      switch event.kind {
      case .providerCall(let call):
        call.endpoint.hasSuffix("/embeddings")
          && call.key.map { vendors.contains("\($0)") } ?? false
      case .ledgerRow(let row):
        row.endpoint.hasSuffix("/embeddings") && vendors.contains("\(row.key)")
      case .usageLine(let line): line.isOnVendorAccount
      default: false
      }
    }
    return history
  }
}
