import ArgumentParser
import Providers
import ScenarioFiles
import Secrets
import Wire

/// What the mock Azure OpenAI can be told.
struct MockAzureOptions: ParsableArguments {
  @Option(help: "A resource's name; may be repeated (default: mock-openai).")
  var resource: [String] = []

  @Option(help: "A deployment of every resource, as NAME=MODEL; may be repeated.")
  var deployment: [String] = []

  @Option(help: "What each deployment may be asked in a minute.")
  var requestsPerMinute = 100_000

  @Option(help: "The tokens that each deployment may use in a minute.")
  var tokensPerMinute = 100_000_000

  @Option(help: "How long a regenerated key's old value is still taken, such as 30s.")
  var oldKeysLast: DurationArgument?

  @Option(help: "How long a regenerated key's new value is not yet taken, such as 30s.")
  var newKeysWait: DurationArgument?

  func validate() throws {
    guard requestsPerMinute > 0, tokensPerMinute > 0 else {
      throw ValidationError("limits must be above 0")
    }
    for name in resource where !MockAzureConfiguration.AzureName.isFit(name) {
      throw ValidationError("--resource wants a name that can be the first label of a host")
    }
    _ = try resources()
  }

  /// - Throws: `ValidationError` where both the file and the command line name resources.
  func resources(_ configuration: MockAzureConfiguration) throws -> [AzureResource] {
    guard !configuration.resources.isEmpty else { return try resources() }
    guard resource.isEmpty, deployment.isEmpty else {
      throw ValidationError("--resource and --deployment go with no file that names resources")
    }
    return configuration.resources.map { resource in
      var made = AzureResource(
        name: resource.name.value,
        deployments: (resource.deployments ?? []).map { deployment in
          AzureDeployment(
            name: deployment.name.value,
            model: deployment.model.id,
            requestsPerMinute: deployment.requestsPerMinute?.value ?? requestsPerMinute,
            tokensPerMinute: deployment.tokensPerMinute?.value ?? tokensPerMinute
          )
        },
        refusesKeys: resource.keysDisabled ?? false
      )
      if let subscription = resource.subscription { made.subscription = subscription }
      if let group = resource.resourceGroup { made.resourceGroup = group }
      if let region = resource.region { made.region = region }
      made.keys[.key1] = resource.key1?.value
      made.keys[.key2] = resource.key2?.value
      return made
    }
  }

  /// - Throws: `ValidationError` for a deployment of a model that there is not, or two of a name.
  private func resources() throws -> [AzureResource] {
    let deployments = try deployment.map(Self.deployment)
    let known =
      deployments.isEmpty
      ? [
        ("gpt-4o-mini", "gpt-4o-mini"), ("gpt-4o", "gpt-4o"),
        ("text-embedding-3-small", "text-embedding-3-small"),
      ] : deployments
    guard Set(known.map(\.0)).count == known.count else {
      throw ValidationError("--deployment names one twice")
    }
    let names = resource.isEmpty ? ["mock-openai"] : resource
    guard Set(names).count == names.count else {
      throw ValidationError("--resource names one twice")
    }
    return names.map { name in
      AzureResource(
        name: name,
        deployments: known.map {
          AzureDeployment(
            name: $0.0,
            model: $0.1,
            requestsPerMinute: requestsPerMinute,
            tokensPerMinute: tokensPerMinute
          )
        }
      )
    }
  }

  private static func deployment(_ text: String) throws -> (String, String) {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, OpenAIModel.standard.contains(where: { $0.id == parts[1] }) else {
      let models = OpenAIModel.standard.map(\.id).joined(separator: ", ")
      throw ValidationError("--deployment wants NAME=MODEL, with a model of: \(models)")
    }
    return (parts[0], parts[1])
  }
}

/// `250ms`, `30s`, `1h30m` on the command line.
struct DurationArgument: ExpressibleByArgument {
  let value: Duration

  init?(argument: String) {
    guard let duration = DurationText.duration(argument) else { return nil }
    value = duration
  }
}
