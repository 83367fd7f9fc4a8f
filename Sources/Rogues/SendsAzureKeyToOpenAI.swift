import Orchestrator
import Secrets
import Wire
import Worlds

extension Vendor {
  /// Modelled on assafelovic/gpt-researcher #1061 and continuedev/continue #373: one setting held
  /// the key and another its address, and a part that read only the first sent it to OpenAI.
  package static let sendsAzureKeyToOpenAI = Vendor(
    name: "sends-azure-key-to-openai",
    kind: .rogue(breaks: ["right-destination", "azure-parity"]),
    summary: "Tries every key at OpenAI first, a key of an Azure resource too.",
    incident: "assafelovic/gpt-researcher #1061, continuedev/continue #373",
    triedIn: ["azure/ordinary-day.yaml"]
  ) { setup in
    try setup.program { environment in
      let standard = try OrchestratorParts.standard(environment)
      let custody = AddresslessCustody(base: standard.custody)
      let model = HopefulModel(
        base: standard.model,
        wrong: try OpenAILanguageModel(environment, custody: custody, retries: RetryPolicy.none)
      )
      return try .standard(environment, custody: standard.custody, model: model)
    }
  }
}

/// Gives out the customer's key without the address that belongs to it.
private struct AddresslessCustody: CustodyVariant {
  let base: any KeyCustody

  func open(for tenant: String) async throws -> OpenedKey? {
    guard var key = try await base.open(for: tenant) else { return nil }
    key.credential.destination = .openAI
    return key
  }

  /// That OpenAI does not take the key is no reason to note it down.
  func record(rejectedAt: Timestamp?, version: Int64, of tenant: String) throws {}
}

private struct HopefulModel: ModelVariant {
  let base: any LanguageModel
  let wrong: any LanguageModel

  func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]] {
    do {
      return try await wrong.embed(texts, for: call)
    } catch ModelFailure.keyRejected {
      return try await base.embed(texts, for: call)
    }
  }
}
