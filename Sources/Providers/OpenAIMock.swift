import Hummingbird
import Secrets
import Synchronization
package import Worlds

/// OpenAI as a customer's account sees it: organisations, projects, keys that are created and
/// deleted while calls run, chat completions, embeddings, models, and the books.
///
/// Control is synchronous; everything that the clients see goes through `responder`.
package final class OpenAIMock: Sendable {
  package let host: String
  let models: [OpenAIModel]
  let clock: any WorldClock
  /// Answers what applications ask.
  let inference: InferenceService
  let settings: OpenAIMockSettings
  let sequence: CallSequence
  let state: Mutex<State>
  /// The books, call by call.
  package let ledgerStore: any LedgerStore
  let journal: Journal
  let fingerprinter: Fingerprinter
  /// The dated version of every model's name.
  private let snapshots: [String: String]
  private let observe: @Sendable (ObservedCall) -> Void

  struct State: Sendable {
    var accounts: ProviderAccounts
    var totals = KeyTotals()
    var fault: ProviderFault?
  }

  /// - Parameters:
  ///   - chunksPerAnswer: pieces of text in a streamed answer; at least 1.
  ///   - ledger: where the books are kept. Numbers of calls go on after those that it holds.
  ///   - lastOrder: the order of the last call that `ledger` holds.
  ///   - sequence: shared with other providers whose calls are to be put into one order; nil for
  ///     one that goes on after `lastOrder`.
  ///   - observe: called once for each request, at its end, outside of any lock.
  package init(
    host: String = "api.openai.com",
    models: [OpenAIModel] = OpenAIModel.standard,
    speed: ModelSpeed,
    chunksPerAnswer: Int = 10,
    settings: OpenAIMockSettings = OpenAIMockSettings(),
    ledger: any LedgerStore = MemoryLedger(),
    lastOrder: Int = 0,
    sequence: CallSequence? = nil,
    clock: any WorldClock,
    randomness: Randomness,
    observe: @escaping @Sendable (ObservedCall) -> Void
  ) {
    self.host = host
    self.models = models
    self.clock = clock
    let accounts = ProviderAccounts(
      randomness: randomness.scoped("accounts"),
      revocation: settings.revocation
    )
    fingerprinter = accounts.fingerprinter
    // Accounts are made again alike at every start; the ids of calls must not be.
    inference = InferenceService(
      speed: speed,
      chunksPerAnswer: chunksPerAnswer,
      clock: clock,
      randomness: lastOrder == 0 ? randomness : randomness.scoped("after/\(lastOrder)"),
      fingerprinter: accounts.fingerprinter,
      headers: Self.headers
    )
    self.settings = settings
    self.sequence = sequence ?? CallSequence(after: lastOrder)
    self.observe = observe
    ledgerStore = ledger
    journal = Journal(capacity: settings.journalCapacity)
    snapshots = Dictionary(models.map { ($0.id, $0.snapshot) }, uniquingKeysWith: { $1 })
    state = Mutex(State(accounts: accounts))
  }

  /// What answers the requests to `host`.
  package var responder: Responder {
    let router = Router(context: ServerContext.self)
    router.add(middleware: UnknownPaths(mock: self))
    addInferenceRoutes(to: router)
    Administration(mock: self).addRoutes(to: router)
    let built = router.buildResponder()
    return { request, context in
      guard !request.uri.path.hasEmptyParts else {
        return try await self.serve(request) { request, _ in throw self.unknownPath(request) }
      }
      return try await built.respond(to: request, context: context)
    }
  }

  /// The name under which a model is in the books.
  func snapshot(of model: String) -> String? {
    snapshots[model] ?? (models.contains { $0.snapshot == model } ? model : nil)
  }

  /// Tells the observer of a call that has ended.
  func report(_ call: ObservedCall) {
    observe(call)
  }
}

/// Answers what no route takes.
private struct UnknownPaths: RouterMiddleware {
  let mock: OpenAIMock

  func handle(
    _ request: Request,
    context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as HTTPError where error.status == .notFound {
      return try await mock.serve(request) { request, _ in
        throw self.mock.unknownPath(request)
      }
    }
  }
}
