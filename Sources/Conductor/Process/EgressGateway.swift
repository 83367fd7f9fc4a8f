import Hummingbird
import Logging
import NIOCore
import Worlds

/// The only way out for a vendor in a process of its own: every request that it sends comes here,
/// and goes on over the world's network, where it is seen like that of any vendor.
struct EgressGateway: Sendable {
  let forwarder: Forwarder
  /// That of the vendor's instance: observed, and struck by the story's faults.
  let transport: any HTTPTransport

  /// Serves until it is cancelled.
  ///
  /// - Parameter onListening: told the port.
  func run(onListening: @escaping @Sendable (Int) -> Void) async throws {
    var quiet = Logger(label: "gateway")
    quiet.logLevel = .critical
    let application = Application(
      responder: Answering(gateway: self),
      configuration: .init(address: .hostname("127.0.0.1", port: 0), serverName: nil),
      onServerRunning: { channel in
        if let port = channel.localAddress?.port { onListening(port) }
      },
      logger: quiet
    )
    try await application.run()
  }

  private struct Answering: HTTPResponder {
    struct Context: RequestContext {
      var coreContext: CoreRequestContextStorage
      let channel: any Channel

      init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
      }
    }

    let gateway: EgressGateway

    func respond(to request: Request, context: Context) async throws -> Response {
      do {
        return try await gateway.forwarder.forward(
          request,
          to: request.head.authority ?? "",
          through: gateway.transport
        )
      } catch {
        // To the vendor it is as if the host itself had not answered.
        try? await context.channel.close()
        throw error
      }
    }
  }
}
