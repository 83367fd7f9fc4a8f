import Synchronization
import Worlds

/// What stands between a call that is in order and its answer: the deployment's minute, and the
/// content filter behind it.
extension AzureOpenAIMock {
  func limit(
    of deployment: AzureDeployment,
    _ model: OpenAIModel,
    _ operation: AzureRoute.Operation,
    _ admission: Admission,
    _ call: OngoingCall
  ) -> OwnLimit {
    { prompt, answer in
      // Calls that state no limit of their answer are counted with the least there is.
      let isChat = operation != .embeddings
      let tokens = prompt + (answer ?? (isChat ? 16 : 0))
      let place = Place(resource: admission.resource.name, deployment: deployment.name)
      let now = self.clock.now
      let reading = self.state.withLock { state in
        state.windows[place, default: AzureRateWindow()].admit(
          tokens: tokens,
          to: deployment,
          at: now
        )
      }
      guard reading.exceeded == nil else {
        throw AzureRefusal.rateLimit(
          reading,
          operation,
          model: model.id,
          deployment: deployment.name,
          resource: admission.resource,
          version: admission.version ?? "v1"
        )
      }
      if isChat, let category = ContentFilter.objection(to: call.observed.prompt) {
        throw AzureRefusal.filtered(category)
      }
      return OwnAllowance(headers: reading.headers(deployment.name)) {
        self.state.withLock { $0.windows[place]?.giveBack(tokens: tokens, admittedAt: now) }
      }
    }
  }
}
