import ArgumentParser

/// The product itself, as a server.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Runs the reference orchestrator as a server.",
    subcommands: [ServeOrchestratorCommand.self]
  )
}
