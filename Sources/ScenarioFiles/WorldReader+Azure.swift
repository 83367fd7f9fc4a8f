import Yams

extension WorldReader {
  /// `azure: { resource: acme-openai, chat: assistant, embeddings: search, api-version: v1 }`.
  func azureResource(_ node: Node) -> WorldDescription.AzureResource? {
    let fields = Fields(node, what: "'azure'", shape: .azure, reporter: reporter)
    guard let fields, let resource = fields.required("resource").flatMap(resourceName) else {
      return nil
    }
    var azure = WorldDescription.AzureResource(name: resource)
    if let node = fields["chat"], let chat = deploymentName(node, what: "'chat'") {
      azure.chatDeployment = chat
    }
    if let node = fields["embeddings"], let name = deploymentName(node, what: "'embeddings'") {
      azure.embeddingsDeployment = name
    }
    if azure.chatDeployment == azure.embeddingsDeployment {
      reporter.error(
        "'chat' and 'embeddings' are both '\(azure.chatDeployment)': a deployment has one model, "
          + "so each needs one of its own",
        at: fields["embeddings"] ?? fields["chat"] ?? node
      )
    }
    if let node = fields["api-version"], let version = apiVersion(node) {
      azure.apiVersion = version == "v1" ? nil : version
    }
    return azure
  }

  /// What Azure takes as the name of a deployment.
  private func deploymentName(_ node: Node, what: String) -> String? {
    guard let name = reporter.text(node, what: what) else { return nil }
    let isGood =
      (1...64).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f: true
        default: false
        }
      }
    guard isGood else {
      reporter.error(
        "\(what) must be the name of a deployment: at most 64 letters, digits, hyphens, "
          + "underscores and full stops",
        at: node
      )
      return nil
    }
    return name
  }

  /// `v1`, `2024-10-21` or `2025-04-01-preview`. Whether it is served is the provider's to say.
  private func apiVersion(_ node: Node) -> String? {
    guard let version = reporter.text(node, what: "'api-version'") else { return nil }
    let preview = "-preview"
    let date = version.hasSuffix(preview) ? version.dropLast(preview.count) : version[...]
    let parts = date.split(separator: "-", omittingEmptySubsequences: false)
    let isDate =
      parts.map(\.utf8.count) == [4, 2, 2]
      && parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    guard version == "v1" || isDate else {
      reporter.error(
        "'api-version' must be v1, or a date such as 2024-10-21 or 2025-04-01-preview",
        at: node
      )
      return nil
    }
    return version
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
