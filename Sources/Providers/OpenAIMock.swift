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
  let state: Mutex<State>
  private let observe: @Sendable (ObservedCall) -> Void

  struct State: Sendable {
    var accounts: ProviderAccounts
    var ledger = Ledger()
    var lastOrder = 0
    var fault: ProviderFault?
  }

  /// - Parameters:
  ///   - chunksPerAnswer: pieces of text in a streamed answer; at least 1.
  ///   - observe: called once for each request, at its end, outside of any lock.
  package init(
    host: String = "api.openai.com",
    models: [OpenAIModel] = OpenAIModel.standard,
    speed: ModelSpeed,
    chunksPerAnswer: Int = 10,
    clock: any WorldClock,
    randomness: Randomness,
    observe: @escaping @Sendable (ObservedCall) -> Void
  ) {
    self.host = host
    self.models = models
    self.clock = clock
    inference = InferenceService(
      speed: speed,
      chunksPerAnswer: chunksPerAnswer,
      clock: clock,
      randomness: randomness,
      headers: Self.headers
    )
    self.observe = observe
    state = Mutex(State(accounts: ProviderAccounts(randomness: randomness.scoped("accounts"))))
  }

  /// What answers the requests to `host`.
  package var responder: Responder {
    let router = Router(context: ServerContext.self)
    router.add(middleware: UnknownPaths(mock: self))
    addInferenceRoutes(to: router)
    let built = router.buildResponder()
    return { request, context in try await built.respond(to: request, context: context) }
  }

  /// Books a call that has ended, and tells the observer.
  @Sendable
  func close(_ call: ObservedCall) {
    // Model lists cost nothing; a call that never got as far as an answer is not billed.
    if call.status == 200, call.promptTokens > 0, let keyID = call.keyID,
      let projectID = call.projectID
    {
      state.withLock { $0.ledger.book(call, keyID: keyID, projectID: projectID) }
    }
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
