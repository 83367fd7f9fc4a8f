import ArgumentParser
import Foundation
import Guarantees
import Hummingbird
import Logging
import Orchestrator
import Worlds

struct ServeOrchestratorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "orchestrator",
    abstract: "Runs the assistant: chat platforms in front, the customer's provider behind.",
    discussion: """
      Sources/Orchestrator/README.md describes the configuration file and the environment \
      variables that stand above it. Secrets are named by file or variable, never given here.
      """
  )

  @Option(help: "The configuration file (YAML or JSON).")
  var config: String?

  @Option(help: "Makes a folder with a configuration to begin with and its master key, and ends.")
  var new: String?

  func validate() throws {
    guard (config == nil) != (new == nil) else {
      throw ValidationError("either --config FILE or --new FOLDER is needed")
    }
  }

  mutating func run() async throws {
    let terminal = Terminal()
    if let new { return try StarterFolder(path: new).make(terminal: terminal) }
    let path = config ?? ""
    let environment = ProcessInfo.processInfo.environment
    // Paths in the file lead from the folder that it stands in, wherever the process was started.
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    let file = ConfigurationFile(path: path, terminal: terminal)
    let (configuration, server) = try file.load { text in
      let configuration = try ServeConfiguration.read(text, environment: environment)
        .withPaths(from: folder)
      let server = try OrchestratorServer(configuration, environment: environment)
      return (configuration, server)
    }
    if configuration.server.stopsWithInput { Self.stopWithInput() }
    try await server.run()
  }

  /// Whoever started this process holds the other end, and takes it along when it is killed.
  private static func stopWithInput() {
    Thread.detachNewThread {
      while true {
        let data = FileHandle.standardInput.availableData
        if data.isEmpty { _exit(ExitStatus.interrupted.rawValue) }
      }
    }
  }
}

extension ServeConfiguration {
  func withPaths(from folder: URL) -> ServeConfiguration {
    func path(_ path: String) -> String {
      URL(fileURLWithPath: path, relativeTo: folder).standardizedFileURL.path
    }
    var result = self
    result.server.storage = path(server.storage)
    result.server.portFile = server.portFile.map(path)
    result.orchestrator.masterKeyFile = path(orchestrator.masterKeyFile)
    for source in SecretSources.all {
      result.secrets[keyPath: source]?.file = secrets[keyPath: source]?.file.map(path)
    }
    return result
  }
}
