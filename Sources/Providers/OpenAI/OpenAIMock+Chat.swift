import Hummingbird
import Wire
import Worlds

/// `POST /v1/chat/completions`.
extension OpenAIMock {
  @Sendable
  func completeChat(_ request: Request, _ call: OngoingCall) async throws -> Response {
    let body = try await readBody(request, call)
    let parsed = Result { try ChatCompletionRequest(json: body) }
    if case .success(let chat) = parsed { call.note(chat) }
    let plan = try await plan(call, question: (try? parsed.get())?.question ?? "")
    let caller = try checkCaller(call)
    let chat: ChatCompletionRequest
    do { chat = try parsed.get() } catch { throw Refusal.parsing(error) }
    guard let model = model(chat.model) else { throw Refusal.unknownModel(chat.model) }
    return try await inference.complete(chat, model: model, for: caller, plan, call)
  }
}

extension OpenAIMock {
  /// The model with this alias or snapshot.
  func model(_ name: String) -> OpenAIModel? {
    models.first { $0.id == name || $0.snapshot == name }
  }

  /// - Throws: `Refusal` when a fault, or the credential, forbids the call.
  func checkCaller(_ call: OngoingCall) throws -> InferenceCaller {
    let key = try checkStanding(call)
    return InferenceCaller(
      keyID: key.id,
      projectID: key.project.id,
      organizationID: key.project.organizationID
    )
  }

  /// What is in store for a call; throws what strikes it at once.
  func plan(
    _ call: OngoingCall,
    question: @autoclosure () -> String = ""
  ) async throws -> CallPlan {
    var organization: String?
    if case .accepted(let key) = call.standing { organization = key.project.organizationID }
    return try await inference.plan(call, question: question(), organization: organization)
  }
}

extension OngoingCall {
  /// Notes what a request says: also that of a call that is going to be refused.
  func note(_ chat: ChatCompletionRequest) {
    let prompt = chat.messages.map(\.content).joined(separator: "\n")
    update { observed in
      observed.model = chat.model
      observed.streamed = chat.stream ?? false
      observed.prompt = prompt
    }
  }

  func note(_ embeddings: EmbeddingsRequest) {
    let prompt = embeddings.input.joined(separator: "\n")
    update { observed in
      observed.model = embeddings.model
      observed.prompt = prompt
    }
  }
}

extension Refusal {
  /// What a body that is no request of this kind gets.
  static func parsing(_ error: any Error) -> Refusal {
    Refusal(error as? RequestFault ?? .notJSON)
  }
}
