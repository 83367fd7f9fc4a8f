import Yams

extension WorldReader {
  private static let azureWords = ["resource", "chat", "embeddings", "api-version"]

  /// `azure: { resource: acme-openai, chat: assistant, embeddings: search, api-version: v1 }`.
  func azureResource(_ node: Node) -> WorldDescription.AzureResource? {
    let fields = Fields(node, what: "'azure'", allowed: Self.azureWords, reporter: reporter)
    guard let fields, let resource = fields.required("resource").flatMap(resourceName) else {
      return nil
    }
    var azure = WorldDescription.AzureResource(name: resource)
    if let chat = fields["chat"].map({ reporter.text($0, what: "'chat'") }) {
      azure.chatDeployment = chat ?? ""
    }
    if let embeddings = fields["embeddings"].map({ reporter.text($0, what: "'embeddings'") }) {
      azure.embeddingsDeployment = embeddings ?? ""
    }
    if let node = fields["api-version"] {
      let version = reporter.text(node, what: "'api-version'")
      azure.apiVersion = version == "v1" ? nil : version
    }
    return azure
  }

  /// What Azure takes as the name of a resource that has a host of its own.
  private func resourceName(_ node: Node) -> String? {
    guard let name = reporter.text(node, what: "'resource'") else { return nil }
    let isGood =
      (2...64).contains(name.utf8.count) && name.first != "-" && name.last != "-"
      && name.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
      }
    guard isGood else {
      reporter.error(
        "'resource' must be small letters, digits and hyphens, such as acme-openai",
        at: node
      )
      return nil
    }
    return name
  }
}
