import Orchestrator

extension Vendor {
  /// Modelled on self-hosted editions whose search quietly uses a cloud service.
  package static let callsOutWhenSelfHosted = Vendor(
    name: "calls-out-when-self-hosted",
    kind: .rogue(breaks: ["deployment-model", "no-pooling", "direct-billing"]),
    summary: "Stands in the customer's network, and embeds at OpenAI on its own account.",
    incident: "the guide's self-hosting, with one service left outside",
    triedIn: ["models/self-hosted-ordinary-day.yaml"]
  ) { setup in
    try setup.program { environment in
      let standard = try OrchestratorParts.standard(environment)
      let model = SplitModel(customers: standard.model, own: try setup.ownModel(environment))
      return try .standard(environment, custody: standard.custody, model: model)
    }
  }
}
