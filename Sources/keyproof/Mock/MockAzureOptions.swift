import ArgumentParser
import Providers
import ScenarioFiles

/// What the mock Azure OpenAI can be told.
struct MockAzureOptions: ParsableArguments {
  @Option(help: "The port; 0 takes any that is free, and prints it.")
  var port = 8_081

  @Option(help: "The address to listen on. Others than 127.0.0.1 let other machines in.")
  var host = "127.0.0.1"

  @Option(help: "The seed of all randomness: keys, ids, delays.")
  var seed: UInt64 = 1

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

  @Option(help: "The bearer token of the control API (default: a new one, printed).")
  var controlToken: String?

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port must be from 0 to 65535")
    }
    guard requestsPerMinute > 0, tokensPerMinute > 0 else {
      throw ValidationError("limits must be above 0")
    }
    if let controlToken, !MockOptions.isHeaderText(controlToken) {
      throw ValidationError("--control-token must be 1 to 512 visible ASCII characters")
    }
    _ = try resources()
  }

  /// - Throws: `ValidationError` for a deployment of a model that there is not, or two of a name.
  func resources() throws -> [AzureResource] {
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
