import Hummingbird
import Worlds

/// The data plane.
extension OpenAIMock {
  /// How the mock behaves beyond answering right. Setting it starts the counts of its rules and
  /// the allowances of its limits anew; calls that run go on as they began.
  package var behaviour: ProviderBehaviour {
    get { inference.behaviour }
    set { inference.behaviour = newValue }
  }

  /// The paths that applications use.
  func addInferenceRoutes(to router: Router<ServerContext>) {
    router.post("/v1/chat/completions") { request, _ in
      try await self.serve(request, self.completeChat)
    }
    router.post("/v1/embeddings") { request, _ in
      try await self.serve(request, self.embed)
    }
    router.get("/v1/models") { request, _ in
      try await self.serve(request) { _, call in try await self.listModels(call) }
    }
    router.get("/v1/models/:id") { request, context in
      let id = context.parameters.get("id") ?? ""
      return try await self.serve(request) { _, call in try await self.showModel(id, call) }
    }
    router.post("/v1/responses") { request, _ in
      try await self.serve(request, self.createResponse)
    }
    router.post("/v1/responses/input_tokens") { request, _ in
      try await self.serve(request, self.countInputTokens)
    }
    router.get("/v1/responses/:id") { request, context in
      let id = context.parameters.get("id") ?? ""
      return try await self.serve(request) { _, call in try await self.answer(.show(id), call) }
    }
    router.delete("/v1/responses/:id") { request, context in
      let id = context.parameters.get("id") ?? ""
      return try await self.serve(request) { _, call in try await self.answer(.delete(id), call) }
    }
    router.get("/v1/responses/:id/input_items") { request, context in
      let id = context.parameters.get("id") ?? ""
      return try await self.serve(request) { _, call in try await self.answer(.listInput(id), call)
      }
    }
    router.post("/v1/responses/:id/cancel") { request, context in
      let id = context.parameters.get("id") ?? ""
      return try await self.serve(request) { _, call in try await self.answer(.cancel(id), call) }
    }
  }
}
