import Hummingbird
package import Secrets
import Synchronization
package import Wire
package import Worlds

/// Azure OpenAI as its customers see it: resources with two keys each and deployments of models,
/// reached under a host of their own, and the part of Azure's resource manager that lists and
/// regenerates keys.
///
/// Control is synchronous; everything that the clients see goes through `hosts`.
package final class AzureOpenAIMock: Sendable {
  package static let managementHost = "management.azure.com"

  package let resources: [AzureResource]
  let models: [OpenAIModel]
  let versions: AzureAPIVersions
  let sequence: CallSequence
  let clock: any WorldClock
  let randomness: Randomness
  let inference: InferenceService
  let checkToken: AzureTokenCheck
  /// The books, call by call.
  package let ledgerStore: any LedgerStore
  let journal: Journal
  let prices: PriceTable
  let fingerprinter: Fingerprinter
  let state: Mutex<State>
  private let observe: @Sendable (ObservedCall) -> Void

  struct State: Sendable {
    var keys: AzureKeyStore
    var propagation: AzureKeyPropagation
    var totals = KeyTotals()
    var windows: [Place: AzureRateWindow] = [:]
    var fault: ProviderFault?
    /// Of answers that are no model's, which draw ids as well.
    var managementCalls = 0
  }

  /// A deployment of a resource.
  struct Place: Hashable, Sendable {
    var resource: String
    var deployment: String
  }

  /// - Parameters:
  ///   - chunksPerAnswer: pieces of text in a streamed answer; at least 1.
  ///   - ledger: where the books are kept. Numbers of calls go on after those that it holds.
  ///   - lastOrder: the order of the last call that `ledger` holds.
  ///   - journalCapacity: requests that the journal remembers; 0 for none.
  ///   - sequence: shared with other providers whose calls are to be put into one order; nil for
  ///     one that goes on after `lastOrder`.
  ///   - checkToken: of bearer tokens; without it none is good.
  ///   - observe: called once for each request to a resource, at its end, outside of any lock.
  /// - Throws: `AzureError.unknownModel` for a deployment of a model that is none of `models`, or
  ///   `valueTaken` where two keys are given the same value.
  package init(
    resources: [AzureResource],
    models: [OpenAIModel] = OpenAIModel.standard,
    versions: AzureAPIVersions = .standard,
    propagation: AzureKeyPropagation = AzureKeyPropagation(),
    speed: ModelSpeed,
    chunksPerAnswer: Int = 10,
    ledger: any LedgerStore = MemoryLedger(),
    lastOrder: Int = 0,
    journalCapacity: Int = 0,
    prices: PriceTable = .azure,
    sequence: CallSequence? = nil,
    clock: any WorldClock,
    randomness: Randomness,
    checkToken: @escaping AzureTokenCheck = { _, _ in .invalid },
    observe: @escaping @Sendable (ObservedCall) -> Void
  ) throws(AzureError) {
    for deployment in resources.flatMap(\.deployments) {
      guard models.contains(where: { $0.id == deployment.model }) else {
        throw .unknownModel(deployment.model)
      }
    }
    self.resources = resources
    self.models = models
    self.versions = versions
    self.sequence = sequence ?? CallSequence(after: lastOrder)
    self.clock = clock
    self.randomness = randomness
    self.checkToken = checkToken
    self.observe = observe
    self.prices = prices
    ledgerStore = ledger
    journal = Journal(capacity: journalCapacity)
    let keys = try AzureKeyStore(resources: resources, randomness: randomness.scoped("keys"))
    fingerprinter = keys.fingerprinter
    // Keys are made again alike at every start; the ids of calls must not be.
    inference = InferenceService(
      speed: speed,
      chunksPerAnswer: chunksPerAnswer,
      clock: clock,
      randomness: lastOrder == 0 ? randomness : randomness.scoped("after/\(lastOrder)"),
      additions: .azure,
      fingerprinter: keys.fingerprinter,
      headers: Self.headers
    )
    state = Mutex(State(keys: keys, propagation: propagation))
  }

  /// What answers the requests to each resource and to the resource manager.
  package var hosts: [String: Responder] {
    var hosts = Dictionary(
      resources.map { ($0.host, responder(of: $0)) },
      uniquingKeysWith: { first, _ in first }
    )
    hosts[Self.managementHost] = AzureResourceManager(mock: self).responder
    return hosts
  }

  /// What answers the requests to one resource.
  package func responder(of resource: AzureResource) -> Responder {
    { request, _ in try await self.serve(request, at: resource) }
  }

  /// Books a call that has ended, and tells the observer.
  @Sendable
  func close(_ call: ObservedCall) {
    if let key = call.account {
      let snapshot = snapshot(of: call.model, at: key.project.id)
      let route = AzureRoute(path: call.endpoint)
      let endpoint = route?.booked(knowsDeployment: snapshot != nil) ?? "other"
      let isBilled = call.isBillable && call.projectID != nil
      if isBilled, let keyID = call.keyID, let projectID = call.projectID {
        state.withLock {
          $0.totals.book(call, keyID: keyID, projectID: projectID, endpoint: endpoint)
        }
      }
      ledgerStore.book(
        LedgerRow(call, of: key, endpoint: endpoint, snapshot: snapshot, isBilled: isBilled)
      )
    }
    if journal.capacity > 0 { journal.add(JournalEntry(call, fingerprinter)) }
    observe(call)
  }

  /// The dated name of the model behind a deployment.
  private func snapshot(of deployment: String, at resource: String) -> String? {
    let id = resources.first { $0.name == resource }?.deployment(deployment)?.model
    return id.flatMap { id in models.first { $0.id == id }?.snapshot }
  }
}

/// What the owner of the resources does, and what the harness asks.
extension AzureOpenAIMock {
  /// The present value of one of a resource's two keys.
  ///
  /// - Throws: `AzureError.unknownResource`.
  package func key(_ slot: AzureKeySlot, of resource: String) throws(AzureError) -> AzureKey {
    try state.withLock { state throws(AzureError) in try state.keys.key(slot, of: resource) }
  }

  /// The present values of both keys, in order.
  ///
  /// - Throws: `AzureError.unknownResource`.
  package func secrets(of resource: String) throws(AzureError) -> [Secret] {
    [try key(.key1, of: resource).secret, try key(.key2, of: resource).secret]
  }

  /// Gives one of the two keys a new value; the other stays as it is.
  ///
  /// - Returns: the value that ends, and the last order given so far: where the end is immediate,
  ///   calls with a higher one were authenticated after it.
  /// - Throws: `AzureError.unknownResource`.
  @discardableResult
  package func regenerate(
    _ slot: AzureKeySlot,
    of resource: String
  ) throws(AzureError) -> (key: AzureKey, afterOrder: Int) {
    let now = clock.now
    return try state.withLock { state throws(AzureError) in
      let ended = try state.keys.regenerate(slot, of: resource, at: now, state.propagation)
      return (ended, sequence.last)
    }
  }

  /// How the ends of old values reach everybody, for keys that are regenerated from now on.
  package var oldKeys: RevocationPropagation {
    get { state.withLock { $0.propagation.oldKeys } }
    set { state.withLock { $0.propagation.oldKeys = newValue } }
  }

  func forgetTotals() { state.withLock { $0.totals = KeyTotals() } }

  /// Begins the minutes of all deployments anew.
  func resetWindows() { state.withLock { $0.windows = [:] } }

  /// The books, sorted by key, resource, path and deployment.
  package func ledger() -> [LedgerEntry] {
    state.withLock { $0.totals }.sorted
  }

  /// Puts a fault in force for the calls that are admitted from now on, in the place of any
  /// other; nil ends it.
  package func setFault(_ fault: ProviderFault?) {
    state.withLock { $0.fault = fault }
  }

  /// How the mock behaves beyond answering right.
  package var behaviour: ProviderBehaviour {
    get { inference.behaviour }
    set { inference.behaviour = newValue }
  }
}
