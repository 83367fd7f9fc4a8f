import Evidence
import Guarantees

/// A question that the guide tells a buyer to ask a vendor, with the sentence of the guide that it
/// comes from.
struct BuyerQuestion: Sendable {
  /// What answers it.
  enum Answered: Sendable {
    /// The verdicts on these promises.
    case promises([String])
    /// Whose account the calls for embeddings ran on, beside the verdicts on these promises.
    case embeddings([String])
    /// No promise: what was seen of this data in this network.
    case seen(DataFlow.Kind, Facts.Zone)
  }

  /// Short, and stable over versions of the wording.
  var id: String
  var question: String
  /// The guide's own words.
  var source: String
  /// The answer in words where all that answers it held, or where the data was seen.
  var affirmed: String
  var answered: Answered

  var guarantees: [String] {
    switch answered {
    case .promises(let ids), .embeddings(let ids): ids
    case .seen: []
    }
  }
}

extension BuyerQuestion {
  /// In the order in which a buyer asks. No more than fit on one sheet of paper.
  static let all: [BuyerQuestion] = custody + changes + money + data

  private static let custody = [
    BuyerQuestion(
      id: "storage",
      question: "How is our key stored?",
      source: "Ask vendors specifically how they store BYOK keys before providing yours.",
      affirmed: "Nowhere in plaintext: files, logs, replies and pages were searched for its value.",
      answered: .promises(["encrypted-custody"])
    ),
    BuyerQuestion(
      id: "retrieval",
      question: "When is it taken out of its safe?",
      source: "is retrieved by the application only at the time of an API call",
      affirmed: "For a call only, by the secret manager's own access log.",
      answered: .promises(["just-in-time-retrieval"])
    ),
    BuyerQuestion(
      id: "engineers",
      question: "Can the vendor's engineers see it?",
      source: "It should not be accessible to application engineers via normal deployment tooling",
      affirmed: "Not with the tools of the deployment.",
      answered: .promises(["engineer-exclusion"])
    ),
    BuyerQuestion(
      id: "pooling",
      question: "Does anybody else's traffic run on it, or ours on another key?",
      source: "Your API key is not pooled with other customers on the vendor's account",
      affirmed: "No: each call ran on the key of the customer whose texts it carried.",
      answered: .promises(["no-pooling", "right-destination"])
    ),
  ]

  private static let changes = [
    BuyerQuestion(
      id: "rotation",
      question: "What happens when we rotate it?",
      source: "A good BYOK implementation makes this easy - you delete the old key from OpenAI, "
        + "generate a new one, and update it in the tool's admin settings in under five minutes "
        + "with no data loss.",
      affirmed: "No message was lost, with the new key first and with the old key gone first.",
      answered: .promises(["uninterrupted-rotation", "rotation-without-loss"])
    ),
    BuyerQuestion(
      id: "revocation",
      question: "What happens when we delete it?",
      source: "You can revoke access instantly by rotating or deleting your key in OpenAI",
      affirmed: "Every later call failed, nothing took the key's place, and people were told.",
      answered: .promises(["instant-revocation", "no-calls-after-revocation"])
    ),
  ]

  private static let money = [
    BuyerQuestion(
      id: "billing",
      question: "Who pays for the model, and is there a markup?",
      source: "Model API costs are billed directly to your OpenAI account with no vendor markup",
      affirmed: "The customer's own account, to the token; invoices carry no markup on it.",
      answered: .promises(["direct-billing"])
    ),
    BuyerQuestion(
      id: "embeddings",
      question: "Who pays for embeddings and other services?",
      source: "You provide your key for LLM calls, but the vendor manages embeddings, vector "
        + "storage, or other AI services under their own accounts.",
      affirmed: "As the vendor says of its model.",
      answered: .embeddings(["deployment-model"])
    ),
    BuyerQuestion(
      id: "usage",
      question: "Do we see every token ourselves?",
      source: "You have full visibility into token usage through the OpenAI dashboard",
      affirmed: "Yes, in the provider's usage and cost interfaces, under the customer's key.",
      answered: .promises(["usage-visibility"])
    ),
    BuyerQuestion(
      id: "azure",
      question: "May we bring an Azure OpenAI key?",
      source: "ChatGridAI accepts both OpenAI.com API keys and Azure OpenAI endpoint keys.",
      affirmed: "Yes, and the calls are in the books of the Azure resource.",
      answered: .promises(["azure-parity"])
    ),
    BuyerQuestion(
      id: "latency",
      question: "Is the assistant slower with our key?",
      source: "No meaningful performance difference.",
      affirmed: "No, within margins that were fixed before the measurement.",
      answered: .promises(["latency-neutrality"])
    ),
  ]

  private static let data = [
    BuyerQuestion(
      id: "departments",
      question: "Does each person see only what they may?",
      source: "determines which knowledge base and permissions apply based on their department",
      affirmed: "Yes: by department, by customer, and for genuine callers only.",
      answered: .promises(["department-isolation", "tenant-isolation", "authenticated-callers"])
    ),
    BuyerQuestion(
      id: "bypass",
      question: "Do our messages bypass the vendor?",
      source: "Your messages bypass the vendor's application servers - they still do auth and RAG",
      affirmed: "No. A key of one's own changes who pays, not this.",
      answered: .seen(.question, .vendor)
    ),
    BuyerQuestion(
      id: "provider",
      question: "Does the model's provider process our data?",
      source: "OpenAI never processes your data - they still receive and respond to the API call",
      affirmed: "Yes: what was retrieved for a question travels in its prompt.",
      answered: .seen(.retrievedText, .provider)
    ),
  ]
}
