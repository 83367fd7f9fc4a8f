import Hummingbird
import NIOCore
import Synchronization
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
    let wanted = chat.promptTokens + (chat.answerLimit(of: model) ?? 16)
    let reading = try admit(wanted, to: place, model, .chat, admission)
    if let category = ContentFilter.objection(to: call.observed.prompt) {
      throw AzureRefusal.filtered(category)
    }
    var response = try await inference.complete(chat, model: model, for: caller, plan, call)
    reading.add(to: &response.headers, place.name)
    return response
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
    let tokens = TokenEstimate.count(call.observed.prompt)
    let reading = try admit(tokens, to: place, model, .embeddings, admission)
    var response = try await inference.embed(
      embeddings,
      model: model,
      for: caller,
      plan,
      call
    )
    reading.add(to: &response.headers, place.name)
    return response
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
    let facts = SuccessFacts(
      caller: caller,
      draws: inference.draws(for: call.observed),
      processing: .zero
    )
    return inference.whole(body, facts, plan, call)
  }

  private func find(
    _ name: String,
    _ admission: Admission
  ) throws(AzureRefusal) -> (AzureDeployment, OpenAIModel) {
    guard let deployment = admission.resource.deployment(name),
      let model = models.first(where: { $0.id == deployment.model })
    else { throw .unknownDeployment }
    return (deployment, model)
  }

  /// Takes a call's tokens from what its deployment may use in a minute.
  private func admit(
    _ tokens: Int,
    to deployment: AzureDeployment,
    _ model: OpenAIModel,
    _ operation: AzureRoute.Operation,
    _ admission: Admission
  ) throws(AzureRefusal) -> AzureRateWindow.Reading {
    let place = Place(resource: admission.resource.name, deployment: deployment.name)
    let now = clock.now
    let reading = state.withLock { state in
      state.windows[place, default: AzureRateWindow()].admit(
        tokens: tokens,
        to: deployment,
        at: now
      )
    }
    guard reading.exceeded == nil else {
      throw .rateLimit(
        reading,
        operation,
        model: model.id,
        deployment: deployment.name,
        resource: admission.resource,
        version: admission.version ?? "v1"
      )
    }
    return reading
  }
}
