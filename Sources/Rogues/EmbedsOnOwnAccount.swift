import Orchestrator
import Secrets

extension Vendor {
  /// Modelled on openslop/openslop #716 and cognizant-ai-lab/neuro-san-studio #1405: the answers
  /// run on the customer's key, the embeddings on whatever key the server has.
  package static let embedsOnOwnAccount = Vendor(
    name: "embeds-on-own-account",
    kind: .rogue(breaks: ["no-pooling", "direct-billing", "deployment-model"]),
    summary: "Embeds documents and questions on its own account, and says nothing of it.",
    incident: "openslop/openslop #716, cognizant-ai-lab/neuro-san-studio #1405",
    triedIn: ["billing/ordinary-day.yaml"]
  ) { setup in
    try setup.program { environment in
      let standard = try OrchestratorParts.standard(environment)
      let model = SplitModel(customers: standard.model, own: try setup.ownModel(environment))
      return try .standard(environment, custody: standard.custody, model: model)
    }
  }
}
