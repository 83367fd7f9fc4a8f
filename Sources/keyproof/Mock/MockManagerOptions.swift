import ArgumentParser
import SecretManagers
import Secrets
import Worlds

/// What the server of every mock secret manager can be told.
struct MockManagerOptions: ParsableArguments {
  @Option(
    help: "The port (by itself 8200 for vault, 8300 for AWS, 8400 for Azure); 0 takes any free one."
  )
  var port: Int?

  @Option(help: "The address to listen on. Others than 127.0.0.1 let other machines in.")
  var host = "127.0.0.1"

  @Option(help: "The seed of all randomness: credentials, tokens, ids.")
  var seed: UInt64 = 1

  func validate() throws {
    guard (0...65_535).contains(port ?? 0) else {
      throw ValidationError("--port must be from 0 to 65535")
    }
  }

  var randomness: Randomness { Randomness(seed: seed) }

  /// A credential that the greeting prints, made up from the seed.
  func credential(_ name: String, prefix: String) -> Secret {
    var generator = randomness.generator("credential/\(name)")
    return Secret(prefix + generator.alphanumerics(32))
  }

  /// Serves until the process is told to stop.
  ///
  /// - Parameter greeting: made of the origin.
  func run(
    port: Int,
    clock: any WorldClock,
    responder: @escaping Responder,
    greeting: @escaping @Sendable (_ origin: String) -> String
  ) async throws {
    let terminal = Terminal()
    let service = SocketService(
      responder: responder,
      background: { try await Task.sleep(for: .seconds(Int64.max / 2)) },
      finish: {}
    )
    let server = SocketServer(
      host: host,
      port: self.port ?? port,
      limits: ServerLimits(),
      clock: clock
    )
    let name = host.contains(":") ? "[\(host)]" : host
    try await server.run(service) { terminal.print(greeting("http://\(name):\($0)")) }
  }

  /// One line of the access log for whoever watches: never what was given out.
  static func print(_ access: SecretAccess) {
    let version = access.version.map { " version \($0)" } ?? ""
    Terminal().print(
      "\(access.operation) \(access.secret)\(version) by \(access.principal ?? "nobody"): "
        + "\(access.status)"
    )
  }
}
