import Hummingbird
import Wire
import Worlds

/// What a resource answers to requests that it admitted.
extension AzureOpenAIMock {
  func answer(
    _ request: Request,
    _ call: OngoingCall,
    _ admission: Admission
  ) async throws -> Response {
    let body = try await readBody(request, call)
    switch admission.route?.operation {
    case .chat?: return try await completeChat(body, request, call, admission)
    case .embeddings?: return try await embed(body, request, call, admission)
    case .listModels?, .showModel?: return try await listModels(request, call, admission)
    case .createResponse?: return try await createResponse(body, request, call, admission)
    case .countInputTokens?: return try await countInputTokens(body, request, call, admission)
    case .stored(let operation)?:
      let plan = try await plan(call, question: "", admission)
      let caller = try checkCaller(call, admission, request)
      return try inference.answer(operation, for: caller, plan, call)
    case nil:
      _ = try checkCaller(call, admission, request)
      throw AzureRefusal.notFound
    }
  }

  private func completeChat(
    _ body: [UInt8],
    _ request: Request,
    _ call: OngoingCall,
    _ admission: Admission
  ) async throws -> Response {
    let deployment = admission.route?.deployment
    let parsed = Result { try ChatCompletionRequest(json: body, modelOtherwise: deployment) }
    if case .success(let chat) = parsed {
      call.note(chat)
      if let deployment { call.update { $0.model = deployment } }
    }
    let plan = try await plan(call, question: (try? parsed.get())?.question ?? "", admission)
    let caller = try checkCaller(call, admission, request)
    let chat: ChatCompletionRequest
    do { chat = try parsed.get() } catch { throw Refusal.parsing(error) }
    let (place, model) = try find(deployment ?? chat.model, admission)
    guard case .chat = model.kind else {
      throw AzureRefusal.unsupported(.chat, model: model.id)
    }
    return try await inference.complete(
      chat,
      model: model,
      for: caller,
      limit: limit(of: place, model, .chat, admission, call),
      plan,
      call
    )
  }

  private func embed(
    _ body: [UInt8],
    _ request: Request,
    _ call: OngoingCall,
    _ admission: Admission
  ) async throws -> Response {
    let deployment = admission.route?.deployment
    let parsed = Result { try EmbeddingsRequest(json: body, modelOtherwise: deployment) }
    if case .success(let embeddings) = parsed {
      call.note(embeddings)
      if let deployment { call.update { $0.model = deployment } }
    }
    let plan = try await plan(call, question: call.observed.prompt, admission)
    let caller = try checkCaller(call, admission, request)
    let embeddings: EmbeddingsRequest
    do { embeddings = try parsed.get() } catch { throw Refusal.parsing(error) }
    let (place, model) = try find(deployment ?? embeddings.model, admission)
    guard case .embeddings = model.kind else {
      throw AzureRefusal.unsupported(.embeddings, model: model.id)
    }
    return try await inference.embed(
      embeddings,
      model: model,
      for: caller,
      limit: limit(of: place, model, .embeddings, admission, call),
      plan,
      call
    )
  }

  /// A resource lists the models that it could have; the surface without versions names
  /// deployments.
  private func listModels(
    _ request: Request,
    _ call: OngoingCall,
    _ admission: Admission
  ) async throws -> Response {
    let plan = try await plan(call, question: "", admission)
    let caller = try checkCaller(call, admission, request)
    let names =
      admission.route?.isV1 == true
      ? admission.resource.deployments.map { ($0.name, $0.model) } : models.map { ($0.id, $0.id) }
    let listed = names.compactMap { name, id in
      models.first { $0.id == id }.map { AzureModelBody(name: name, model: $0) }
    }
    let body: [UInt8]
    if case .showModel(let name)? = admission.route?.operation {
      call.update { $0.model = name }
      guard let shown = listed.first(where: { $0.name == name }) else {
        throw AzureRefusal.notFound
      }
      body = shown.json()
    } else {
      body = AzureModelBody.list(listed)
    }
    return inference.free(body, for: caller, plan, call)
  }

  func find(
    _ name: String,
    _ admission: Admission
  ) throws(AzureRefusal) -> (AzureDeployment, OpenAIModel) {
    guard let deployment = admission.resource.deployment(name),
      let model = models.first(where: { $0.id == deployment.model })
    else { throw .unknownDeployment }
    return (deployment, model)
  }
}
